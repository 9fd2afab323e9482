"""Moves made on both sides: one request to the target, the same to the model, the answers compared.

In come moves, out comes the first difference with the calls up to it. What a move needs and nobody
made yet is made first, on both sides too. After a difference the two stand apart: the model is
emptied and what the target holds is read into it again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from generator.api.exchange import CallRecord, Determined, Principal, Request, Response
from generator.api.model import Operation
from generator.contract.calling.connection import NoAnswer
from generator.contract.calling.credentials import Credentials, Fixed, credentials_for, exchanged
from generator.contract.cleaning import goes_along
from generator.contract.drawing.arguments import Arguments
from generator.contract.judging.answer import Answer
from generator.contract.judging.ledger import Entry
from generator.contract.judging.paging import size_parameter
from generator.contract.lockstep.adopting import Held, held
from generator.contract.lockstep.compare import Comparison, Sides
from generator.contract.lockstep.moves import Move
from generator.contract.lockstep.pool import Pool
from generator.contract.lockstep.steps import PLAIN, Apart, Due, Fork, Step
from generator.contract.lockstep.twin import Twin
from generator.contract.lockstep.ways import Asked, Way, described, ways
from generator.contract.pointer import MISSING, Missing
from generator.contract.world import Thing, Unreachable, World

_APART = 0x5EED
_READS = frozenset({"read", "list"})


class Stepper:
    """The two sides, kept together."""

    def __init__(self, world: World, twin: Twin[Any], seed: int) -> None:
        self.operations = world.api.operations
        self.ways: list[tuple[Way, ...]] = [ways(world, each) for each in self.operations]
        self._world = world
        self._twin = twin
        self._principals = world.target.principals
        # Another seed than a mock under test has: what both choose alike could not be told apart.
        self._state: Any = twin.emptied(twin.start(seed + _APART, self._principals))
        self._signed: dict[Principal, Credentials] = {}
        self._comparison = Comparison(world.api, world.kinds)
        self._held = Held()
        self._pool = Pool(())
        self._steps: list[Step] = []
        self._fork: Fork[Any] | None = None
        self._together = False

    def run(self, moves: Sequence[Move]) -> Apart | None:
        """Make the moves and remove again what they made: the first difference."""
        if not self._together:
            self._adopt()
        self._pool, self._steps, self._fork = Pool(self._held.things), [], None
        before = set(self._world.ledger)
        self._world.recent = lambda kind: self._pool.choose(kind, 0, own=False)
        apart: Apart | None = None
        gone: Apart | None = None
        try:
            apart = next(filter(None, self._all(moves)), None)
        except NoAnswer:
            # Whether the call was done is not known.
            self._together = False
        finally:
            gone = self._removed([each for each in self._world.ledger if each not in before])
        return apart or gone

    def _adopt(self) -> None:
        self._held = held(self._world)
        state = self._twin.emptied(self._state)
        for tenant, thing in self._held.owned:
            state = self._twin.adopted(state, thing.kind, thing.keys, thing.fields, tenant)
        self._state, self._together = state, True
        self._comparison = Comparison(self._world.api, self._world.kinds)

    def _all(self, moves: Sequence[Move]) -> Iterator[Apart | None]:
        waiting = iter(moves)
        for move in waiting:
            # Once a sequence: two forks in it could not be told from each other.
            other = next(waiting, None) if move.beside and not self._fork else None
            if other is not None and self._plain(move, other):
                yield self._made_at_once(move, other)
            else:
                yield from (self._made(each) for each in (move, other) if each is not None)

    def _plain(self, *moves: Move) -> bool:
        """Whether all are as described: of two faults in one call the first told is left open."""
        return all(self._way(each).name == PLAIN for each in moves)

    def _way(self, move: Move) -> Way:
        known = self.ways[move.operation % len(self.operations)]
        return known[move.way % len(known)]

    def _made(self, move: Move) -> Apart | None:
        due = self._due(move)
        try:
            return self._called(due) if isinstance(due, Due) else due
        except Unreachable:
            return None

    def _made_at_once(self, *moves: Move) -> Apart | None:
        """Two moves at the same time: one order of them or the other must explain the answers."""
        dues = list[Due]()
        for move in moves:
            due = self._due(move)
            if not isinstance(due, Due):
                return due
            dues.append(due)
        names = [each.operation.name for each in dues]
        dues = [each.at_once(name) for each, name in zip(dues, reversed(names), strict=True)]
        try:
            targets = self._world.at_once([(e.operation, e.request, e.principal) for e in dues])
        except Unreachable:
            return None
        return self._explained(list(zip(dues, targets, strict=True)))

    def _explained(self, made: list[tuple[Due, Answer]]) -> Apart | None:
        fork = Fork(self._state, self._comparison.pairs, len(self._steps), made[::-1])
        self._comparison.pairs = fork.pairs.copy()
        told = self._all_judged(made)
        if told is None:
            # The other order may be the one: what a later call shows tells.
            self._fork = fork
        elif self._taken(fork) is not None:
            self._together = False
            return told
        for due, target in made:
            self._noted(due.operation, due.thing, target)
        return None

    def _taken(self, fork: Fork[Any]) -> Apart | None:
        """Go the other way of a fork; what that way does not explain."""
        self._state, self._comparison.pairs = fork.state, fork.pairs
        del self._steps[fork.steps :]
        return self._all_judged(fork.made)

    def _all_judged(self, made: Sequence[tuple[Due, Answer]]) -> Apart | None:
        return next((apart for each in made if (apart := self._judged(*each))), None)

    def _due(self, move: Move) -> Due | Apart | None:
        """The call of a move; what it needs is made first, and that may tell the sides apart."""
        operation = self.operations[move.operation % len(self.operations)]
        way = self._way(move)
        try:
            thing, apart = self._subject(operation, move.thing)
            if apart is not None:
                return apart
            if thing is not None and self._pool.gone(thing):
                way = self._way(replace(move, way=0))
            asked = way.make(self._world, operation, thing, move.value)
            return self._asking(operation, thing, way.name, asked) if asked else None
        except Unreachable:
            return None

    def _asking(self, operation: Operation, thing: Thing | None, way: str, asked: Asked) -> Due:
        request = self._world.request(operation, thing, arguments=asked.arguments, body=asked.body)
        caller = asked.principal
        if isinstance(caller, Missing):
            caller = self._world.principal_for(operation)
        return Due(operation, thing, way, asked.arguments, request, caller)

    def _subject(self, operation: Operation, number: int) -> tuple[Thing | None, Apart | None]:
        """What the operation is called on; made first where there is none."""
        use = operation.behaviours.resource
        if use is None:
            return None, None
        inside = use.role in ("create", "list", "upsert")
        kind = self._world.kinds[use.resource].resource.parent if inside else use.resource
        if not kind:
            return None, None
        return self._had(kind, number, own=use.role not in _READS)

    def _had(self, kind: str, number: int, *, own: bool) -> tuple[Thing | None, Apart | None]:
        resource = self._world.kinds[kind].resource
        if resource.singleton:
            above, apart = self._had(resource.parent, number, own=own)
            return (Thing(kind, above.keys, {}) if above else None), apart
        only_own = own and not self._world.target.disposable
        found = self._pool.choose(kind, number, own=only_own)
        return (found, None) if found else self._put(kind)

    def _put(self, kind: str) -> tuple[Thing | None, Apart | None]:
        create = self._world.kinds[kind].creator
        parent = self._world.kinds[kind].resource.parent
        if create is None:
            raise Unreachable(f"no operation creates {kind}")
        above, apart = self._had(parent, 0, own=True) if parent else (None, None)
        if apart is not None:
            return None, apart
        asked = described(self._world, create, above, 0)
        apart = self._called(self._asking(create, above, PLAIN, asked))
        thing = self._pool.choose(kind, 0, own=True)
        if thing is None and apart is None:
            raise Unreachable(f"no {kind} could be made")
        return thing, apart

    def _called(self, due: Due) -> Apart | None:
        target = self._world.send(due.operation, due.request, due.principal)
        apart = self._judged(due, target)
        if self._fork is not None:
            self._fork.made.append((due, target))
            if apart is not None:
                fork, self._fork = self._fork, None
                apart = apart if self._taken(fork) else None
        if apart is not None:
            self._together = False
        else:
            self._noted(due.operation, due.thing, target)
        return apart

    def _judged(self, due: Due, target: Answer) -> Apart | None:
        """The target's answer beside the model's; without a difference the model takes it over."""
        model, decided = self._modelled(due.operation, due.request, due.principal)
        self._steps.append(Step(due.way, target, model))
        first = due.principal in self._principals[:1]
        sides = Sides(
            operation=due.operation,
            model=model,
            target=target,
            decided=decided,
            adopted=self._held.keys,
            sure=due.operation.behaviours.visibility is None or first,
            whole=self._whole(due.operation, due.arguments, model),
        )
        found = next(self._comparison.differences(sides), None)
        if found is not None:
            return Apart(tuple(self._steps), found)
        self._state = self._twin.agreed(self._state, self._comparison.pairs.fresh())
        return None

    def _modelled(
        self, operation: Operation, request: Request, principal: Principal | None
    ) -> tuple[Answer, Determined]:
        """The model's answer; it is asked to sign in like the target."""
        decided = Determined()

        def step(signed: Request) -> Response:
            nonlocal decided
            self._state, response, decided = self._twin.step(self._state, signed)
            return response

        _, response = exchanged(self._credentials(principal), request, step)
        return _answer(operation, request, response), decided

    def _credentials(self, principal: Principal | None) -> Credentials:
        if principal is None:
            return Fixed()
        if principal not in self._signed:
            scheme = self._world.api.security_schemes.get(principal.scheme)
            self._signed[principal] = credentials_for(principal, scheme)
        return self._signed[principal]

    def _whole(self, operation: Operation, arguments: Arguments, model: Answer) -> bool:
        """Whether an answer shows a whole list: of a part of an unordered one nothing is known."""
        paging = operation.behaviours.pagination
        if paging is None or paging.style == "single":
            return True
        if {paging.page, paging.size, paging.offset, paging.cursor} & set(arguments.query):
            return False
        total = model.at(paging.total) if paging.total else MISSING
        shown = len(self._world.items(model))
        limit = self._world.default_size(operation) if size_parameter(operation) else None
        return total == shown or (limit is not None and (limit == 0 or shown < limit))

    def _noted(self, operation: Operation, thing: Thing | None, answer: Answer) -> None:
        use = operation.behaviours.resource
        if use is None or not answer.success:
            return
        kind = self._world.kinds[use.resource]
        if use.role == "delete" and thing is not None:
            self._pool.drop(thing)
            self._held = self._held.without(thing)
        elif use.role in ("create", "update", "replace", "read") and not kind.resource.singleton:
            item = self._world.item(answer)
            if kind.resource.key in item:
                parent = thing if use.role == "create" else self._above(thing)
                self._seen(self._world.thing(kind, parent, item), use.role)

    def _above(self, thing: Thing | None) -> Thing | None:
        if thing is None:
            return None
        keys = {name: key for name, key in thing.keys.items() if name != thing.kind}
        return Thing("", keys, {})

    def _seen(self, thing: Thing, role: str) -> None:
        if role == "create" or self._world.ledger.made(thing.keys):
            self._pool.add(thing)

    def _removed(self, entries: Sequence[Entry]) -> Apart | None:
        """Remove what a sequence made, and look: what stays would tell later sequences apart."""
        things = [Thing(each.kind, dict(each.keys), dict(each.names)) for each in entries]
        apart: Apart | None = None
        for thing, entry in zip(things, entries, strict=True):
            operation = self._world.kinds[thing.kind].one("delete")
            if operation is not None and not goes_along(self._world, thing):
                caller = self._world.same_tenant(operation, entry.principal)
                apart = self._checked(operation, thing, Asked(principal=caller)) or apart
        for listing, parent in self._lists_of(things):
            apart = apart or (self._checked(listing, parent, Asked()) if self._together else None)
        return apart

    def _checked(self, operation: Operation, thing: Thing | None, asked: Asked) -> Apart | None:
        """A call on both sides, compared while they stand together."""
        together, found = self._together, None
        try:
            found = self._called(self._asking(operation, thing, PLAIN, asked))
        except Unreachable:
            return None
        except NoAnswer:
            self._together = False
            return None
        last = self._steps[-1]
        self._together = together and found is None and last.model.status == last.target.status
        return found if together else None

    def _lists_of(self, things: Sequence[Thing]) -> Iterator[tuple[Operation, Thing | None]]:
        """The lists in which things stood, but for those that lay in another of them."""
        inside = {thing.kind for thing in things}
        for kind, thing in {thing.kind: thing for thing in things}.items():
            listing = next(self._world.kinds[kind].by_role("list"), None)
            if listing is not None and not inside & (set(thing.keys) - {kind}):
                yield listing, self._above(thing)


def _answer(operation: Operation, request: Request, response: Response) -> Answer:
    return Answer(operation, CallRecord(operation.name, "", request, response, 0.0, "model"))

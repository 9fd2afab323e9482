"""The target as laws see it: things that can be made, adopted, read and removed.

In come an Api, a target and a run's marks; calls go out. What cannot be had is `Unreachable` and
says what is missing. Only what the run made is ever deleted, unless the target is disposable.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from generator.api.exchange import Principal, Request
from generator.api.model import Api, Operation, Parameter
from generator.contract.calling.callers import callers
from generator.contract.calling.client import Client, Due
from generator.contract.calling.target import Target
from generator.contract.drawing.arguments import Arguments, request_for
from generator.contract.drawing.bodies import Bodies
from generator.contract.drawing.draw import Draw
from generator.contract.judging.answer import Answer
from generator.contract.judging.ledger import Ledger
from generator.contract.judging.paging import pages, size_bound
from generator.contract.kinds import Kind, Kinds, by_path, use_of
from generator.contract.pointer import MISSING, Missing, items, mapping


class Unreachable(Exception):
    """Something that a check needs cannot be had; the text says what, and why."""


@dataclass(frozen=True, slots=True)
class Thing:
    """One resource: the keys of itself and of what it lies in, and its fields as last seen."""

    kind: str
    keys: Mapping[str, str]
    fields: Mapping[str, object]
    answer: Answer | None = None

    @property
    def key(self) -> str:
        """Its own key; empty for a singleton."""
        return self.keys.get(self.kind, "")


class World:
    """What a run knows of its target, and all that it does to it."""

    def __init__(
        self,
        api: Api,
        target: Target,
        client: Client,
        ledger: Ledger,
        draw: Draw,
        inferred: frozenset[str] = frozenset(),
        methods: Mapping[str, frozenset[str]] | None = None,
    ) -> None:
        self.methods = methods or {}
        self.api = api
        self.inferred = inferred
        self.target = target
        self.client = client
        self.ledger = ledger
        self.draw = draw
        self.kinds = Kinds(api)
        self.bodies = Bodies(api, self.kinds, draw)
        self.recent: Callable[[str], Thing | None] = lambda _: None
        self._had: dict[str, Thing] = {}

    def call(
        self,
        operation: Operation,
        thing: Thing | None = None,
        *,
        principal: Principal | Missing | None = MISSING,
        arguments: Arguments | None = None,
        query: Mapping[str, object] | None = None,
        body: object | Missing = MISSING,
    ) -> Answer:
        """Call an operation on a thing, or below one; as one who may, if nobody is named."""
        request = self.request(operation, thing, arguments=arguments, query=query, body=body)
        caller = self.principal_for(operation) if isinstance(principal, Missing) else principal
        return self.send(operation, request, caller)

    def request(
        self,
        operation: Operation,
        thing: Thing | None = None,
        *,
        arguments: Arguments | None = None,
        query: Mapping[str, object] | None = None,
        body: object | Missing = MISSING,
    ) -> Request:
        """The request that such a call would send."""
        given = arguments or Arguments()
        given = replace(
            given,
            path={**self._drawn(operation), **self._path(operation, thing), **given.path},
            query={**given.query, **(query or {})},
            body=given.body if isinstance(body, Missing) else body,
        )
        try:
            return request_for(self.api, self.target.prefix, operation, given, self.draw)
        except KeyError as error:
            raise Unreachable(f"nothing gives a value for path parameter {error}") from error

    def send(self, operation: Operation, request: Request, principal: Principal | None) -> Answer:
        """Send a request as it is."""
        self._refuse_foreign(operation, request)
        return self.send_as_is(operation, request, principal)

    def send_as_is(
        self, operation: Operation, request: Request, principal: Principal | None
    ) -> Answer:
        """Send a request, whatever it may destroy; Unreachable where the run is not let in."""
        self._end_unless_admitted(self.client.admission.known(operation, principal))
        answer = Answer(operation, self.client.send(operation.name, request, principal))
        self._judged(answer, principal)
        return answer

    def at_once(self, calls: Sequence[tuple[Operation, Request, Principal | None]]) -> list[Answer]:
        """Send requests at the same time; the answers in the order of the requests."""
        for operation, request, principal in calls:
            self._refuse_foreign(operation, request)
            self._end_unless_admitted(self.client.admission.known(operation, principal))
        due = [Due(operation.name, request, principal) for operation, request, principal in calls]
        records = zip(calls, self.client.at_once(due), strict=True)
        answers = [Answer(operation, record) for (operation, _, _), record in records]
        for answer, (_, _, principal) in zip(answers, calls, strict=True):
            self._judged(answer, principal)
        return answers

    def principal_for(self, operation: Operation) -> Principal | None:
        """The first principal whose roles allow the operation, else the first of all."""
        principals = callers(self.api, operation, self.target.principals)
        access = operation.behaviours.access
        needed = [*(access.creating or []), *access.roles] if access else []
        if not needed or not principals:
            return principals[0] if principals else None
        return next((each for each in principals if self.may(each, needed)), principals[0])

    def same_tenant(self, operation: Operation, name: str) -> Principal | None:
        """Who may call the operation on what this principal made."""
        maker = next((each for each in self.target.principals if each.name == name), None)
        if maker is None:
            return self.principal_for(operation)
        access = operation.behaviours.access
        able = [
            each
            for each in self.target.principals
            if self.may(each, access.roles if access else [])
        ]
        same = (each for each in able if each.tenant == maker.tenant)
        return next(same, None) or next(iter(able), maker)

    def may(self, principal: Principal, needed: list[str]) -> bool:
        """Whether one of the roles is among a principal's, or implied by one of them."""
        declared = self.api.behaviours.auth
        auth = declared.get(principal.scheme)
        implies = declared.get(auth.callers_of, auth).implies if auth else {}
        held, waiting = set(principal.roles), list(principal.roles)
        while waiting:
            implied = set(implies.get(waiting.pop(), [])) - held
            held |= implied
            waiting += implied
        return bool(held & set(needed)) or not needed

    def body(self, operation: Operation) -> object:
        """A valid body of an operation on a resource; Unreachable where none could be drawn."""
        for body in self.bodies.of(operation, {}):
            return body
        raise Unreachable("no valid body could be drawn")

    def any(self, name: str) -> Thing:
        """Some thing of a kind: one that the run made if it can, else one that is there."""
        if name not in self._had:
            try:
                self._had[name] = self.make(name)
            except Unreachable as reason:
                self._had[name] = self._adopted(name, reason)
        return self._had[name]

    def make(
        self,
        name: str,
        parent: Thing | None = None,
        fields: Mapping[str, object] | None = None,
    ) -> Thing:
        """A new thing of a kind, with these fields where its request takes them."""
        kind = self.kinds[name]
        if kind.resource.singleton:
            return self._singleton(kind, parent or self.make(kind.resource.parent))
        create = kind.creator
        if create is None:
            raise Unreachable(f"no operation creates {name}")
        above = parent or (self.any(kind.resource.parent) if kind.resource.parent else None)
        return self._created(kind, create, above, fields or {})

    def views(self) -> Iterator[tuple[str, World]]:
        """The same world through the eyes of each tenant's principals."""
        principals = self.target.principals
        tenants = dict.fromkeys(each.tenant for each in principals)
        for tenant in tenants or {"": None}:
            own = tuple(each for each in principals if each.tenant == tenant)
            target = replace(self.target, principals=own)
            yield tenant, World(
                self.api, target, self.client, self.ledger, self.draw, self.inferred, self.methods
            )

    def deleted(self, operation: Operation, thing: Thing) -> Answer:
        """Delete a thing that the run made, or made up, whether it is there still or not."""
        request, caller = self.request(operation, thing), self.principal_for(operation)
        return Answer(operation, self.client.send(operation.name, request, caller))

    def read(self, thing: Thing) -> Answer:
        """Read a thing by its key; Unreachable where no operation does."""
        operation = self.kinds[thing.kind].one("read")
        if operation is None:
            raise Unreachable(f"no operation reads {thing.kind}")
        return self.call(operation, thing)

    def item(self, answer: Answer) -> dict[str, object]:
        """The thing that stands in an answer; of a receipt, what it says of the thing."""
        receipt = use_of(answer.operation).receipt
        if receipt is None:
            return mapping(answer.at(use_of(answer.operation).item))
        told = mapping(answer.at(""))
        return {field: told[name] for name, field in receipt.fields.items() if name in told}

    def items(self, answer: Answer) -> list[dict[str, object]]:
        """The things that stand in a list's answer."""
        paging = answer.operation.behaviours.pagination
        pointer = paging.items if paging else use_of(answer.operation).item
        return [mapping(each) for each in items(answer.at(pointer))]

    def everything(self, operation: Operation, parent: Thing | None) -> list[dict[str, object]]:
        """All items of a list, read to its end."""
        found: list[dict[str, object]] = []
        most = size_bound(self.api, operation, "maximum")
        for page in pages(operation, lambda query: self.call(operation, parent, query=query), most):
            if not page.answer.success:
                raise Unreachable(f"{operation.name} answered {page.answer}")
            found += [mapping(each) for each in page.items]
        return found

    def lists_all(self, operation: Operation) -> bool:
        """Whether a list that is read to its end shows everything: not known of a mere guess."""
        guessed = use_of(operation).resource in self.inferred
        queried = any(each.location == "query" for each in operation.parameters)
        return not guessed or operation.behaviours.pagination is not None or not queried

    def default_size(self, operation: Operation) -> int | None:
        """How many items a page of a list has where nobody says."""
        return size_bound(self.api, operation, "default")

    def standing(self, name: str) -> Iterator[Thing]:
        """The things of a kind that can be seen, those that the run made included."""
        kind = self.kinds[name]
        for parent in self.standing(kind.resource.parent) if kind.resource.parent else (None,):
            if kind.resource.singleton and parent is not None:
                yield self._singleton(kind, parent)
            elif (listing := next(kind.by_role("list"), None)) is not None:
                for fields in self.everything(listing, parent):
                    yield self.thing(kind, parent, fields)

    def thing(self, kind: Kind, parent: Thing | None, fields: Mapping[str, object]) -> Thing:
        """The thing that these fields describe."""
        above: Mapping[str, str] = parent.keys if parent else {}
        return Thing(kind.name, {**above, kind.name: str(fields.get(kind.resource.key))}, fields)

    def unkeyed(self, operation: Operation) -> Iterator[Parameter]:
        """The path parameters that are no keys: they may have any value that is described."""
        keys = self.kinds.keys(operation)
        for each in operation.parameters:
            if each.location == "path" and each.name not in keys:
                yield each

    def _judged(self, answer: Answer, principal: Principal | None) -> None:
        admission = self.client.admission
        self._end_unless_admitted(admission.judged(answer.operation, principal, answer.status))

    def _end_unless_admitted(self, reason: str) -> None:
        if reason:
            raise Unreachable(reason)

    def _refuse_foreign(self, operation: Operation, request: Request) -> None:
        use = operation.behaviours.resource
        destroys = operation.method == "DELETE" or (use is not None and use.role == "delete")
        risked = self.target.disposable or operation.name in self.target.destructive
        if destroys and not risked and not self.ledger.owns(operation, request):
            raise Unreachable(f"{operation.name} would delete what the run did not make")

    def _path(self, operation: Operation, thing: Thing | None) -> dict[str, object]:
        if thing is None:
            return {}
        use, keys = operation.behaviours.resource, self.kinds.keys(operation)
        found: dict[str, object] = {}
        found |= {name: thing.keys[of] for name, of in keys.items() if of in thing.keys}
        if use and by_path(operation) and use.by and use.by.field in thing.fields:
            return {**found, use.by.parameter: str(thing.fields[use.by.field])}
        return found

    def _drawn(self, operation: Operation) -> dict[str, object]:
        return {each.name: self.draw.parameter(each) for each in self.unkeyed(operation)}

    def _singleton(self, kind: Kind, parent: Thing) -> Thing:
        thing = Thing(kind.name, parent.keys, {})
        answer = self.read(thing)
        return replace(thing, fields=self.item(answer), answer=answer)

    def _created(
        self, kind: Kind, create: Operation, parent: Thing | None, fields: Mapping[str, object]
    ) -> Thing:
        said = "no valid body could be drawn"
        for body in self.bodies.of(create, fields):
            answer = self.call(create, parent, body=body)
            item = self.item(answer)
            if answer.success and kind.resource.key in item:
                told = item if use_of(create).receipt is None else {**mapping(body), **item}
                return replace(self.thing(kind, parent, told), answer=answer)
            said = f"{create.name} answered {answer}"
        raise Unreachable(said)

    def _adopted(self, name: str, reason: Unreachable) -> Thing:
        found = next(self.standing(name), None)
        if found is None:
            raise Unreachable(f"{reason}, and no {name} is there to adopt")
        return found

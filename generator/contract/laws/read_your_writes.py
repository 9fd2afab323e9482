"""What was written is what is read: after a create, in the list, after an update."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import ClassVar

import generator.contract.laws.updating as updating
from generator.api.model import Operation
from generator.contract.judging.answer import Answer
from generator.contract.kinds import Kind, Kinds, use_of
from generator.contract.laws.compare import above, differences, part, readable, settled
from generator.contract.laws.law import Law
from generator.contract.pointer import look, mapping
from generator.contract.world import Thing, Unreachable, World
from generator.report import Finding


class ReadYourWrites(Law):
    """A thing that was created or updated reads back as it was written, and stands in the list."""

    id: ClassVar[str] = "read-your-writes"
    says: ClassVar[str] = "A read after a write shows what was written."
    needs: ClassVar[tuple[str, ...]] = ("x-lockstep-resource",)

    def subjects(self, kinds: Kinds) -> Iterator[Operation]:
        """Creates, replacements, upserts and updates of kinds that can be read."""
        for kind in kinds:
            if kind.one("read") is not None:
                yield from kind.by_role("create", "replace")
        yield from (each for each in updating.upserts(kinds) if _readable(kinds, each))
        yield from updating.subjects(kinds)

    def check(self, world: World, operation: Operation) -> Iterator[Finding]:
        """Write, read, compare."""
        kind = world.kinds[use_of(operation).resource]
        if use_of(operation).role == "create":
            yield from self._created(world, kind, world.make(kind.name))
            if whole := updating.full(world, kind):
                yield from self._created(world, kind, whole)
        elif use_of(operation).role == "replace":
            yield from self._replaced(world, kind, operation)
        else:
            yield from self._updated(world, kind, operation)

    def _created(self, world: World, kind: Kind, thing: Thing) -> Iterator[Finding]:
        assert thing.answer is not None
        read = world.read(thing)
        if not read.success:
            yield self.broken(
                world,
                [thing.answer, read],
                "what was created cannot be read",
                expected="2xx",
                actual=str(read),
            )
            return
        seen, names = world.item(read), settled(world, kind)
        written = sent(thing.answer)
        answers = [thing.answer, read]
        as_sent = names & readable(world, kind, written)
        yield from self._compare(world, answers, written, seen, as_sent, "sent to create")
        yield from self._compare(world, answers, thing.fields, seen, names, "answered on create")
        yield from self._listed(world, kind, thing, seen)

    def _listed(
        self, world: World, kind: Kind, thing: Thing, seen: dict[str, object]
    ) -> Iterator[Finding]:
        listing = next(kind.by_role("list"), None)
        if listing is None or thing.answer is None or not world.lists_all(listing):
            return
        found = world.everything(listing, above(world, kind, thing))
        same = [each for each in found if str(each.get(kind.resource.key)) == thing.key]
        last = world.call(listing, above(world, kind, thing))
        if len(same) != 1:
            yield self.broken(
                world,
                [thing.answer, last],
                "what was created does not stand in the list exactly once",
                expected=f"{thing.key} once",
                actual=f"{len(same)} times among {len(found)}",
            )
            return
        names = settled(world, kind)
        yield from self._compare(
            world, [thing.answer, last], seen, same[0], names, "read by its key"
        )

    def _replaced(self, world: World, kind: Kind, operation: Operation) -> Iterator[Finding]:
        """A replacement reads back as it was sent, field by field."""
        thing = world.make(kind.name)
        key = kind.resource.key
        for body in world.bodies.of(operation, {key: thing.fields[key]} if key else {}):
            answer = world.call(operation, thing, body=body)
            if not answer.success:
                raise Unreachable(f"{operation.name} answered {answer}")
            read = world.read(thing)
            wanted = sent(answer)
            names = settled(world, kind) & wanted.keys() & readable(world, kind, wanted)
            # What a write answers may leave fields out, but has none as they were before.
            told = world.item(answer) if use_of(operation).receipt is None else {}
            yield from self._compare(
                world, [answer], wanted, told, names & told.keys(), "sent to replace"
            )
            yield from self._compare(
                world, [answer, read], wanted, world.item(read), names, "sent to replace"
            )

    def _updated(self, world: World, kind: Kind, operation: Operation) -> Iterator[Finding]:
        thing = world.make(kind.name)
        if use_of(operation).receipt is not None:
            # A receipt tells little of what was made.
            thing = replace(thing, fields={**thing.fields, **world.item(world.read(thing))})
        for update in updating.updates(world, operation, thing):
            if _completed(kind, update.field):
                continue
            answer = world.call(operation, thing, body=update.body)
            if not answer.success:
                raise Unreachable(f"{operation.name} answered {answer}")
            read = world.read(thing)
            wanted = {update.field: update.value}
            names = readable(world, kind, wanted)
            if use_of(operation).receipt is None:
                yield from self._compare(
                    world, [answer], wanted, world.item(answer), names, "sent to update"
                )
            yield from self._compare(
                world, [answer, read], wanted, world.item(read), names, "sent to update"
            )

    def _compare(
        self,
        world: World,
        answers: list[Answer],
        written: Mapping[str, object],
        seen: dict[str, object],
        names: frozenset[str],
        what: str,
    ) -> Iterator[Finding]:
        lost = [name for name in sorted(names) if name in written and name not in seen]
        wrong = [*differences(written, seen, names), *(lost if "sent" in what else [])]
        if wrong:
            yield self.broken(
                world,
                answers,
                f"{', '.join(wrong)} is not what was {what}",
                expected=part(written, wrong),
                actual=part(seen, wrong),
            )


def _completed(kind: Kind, name: str) -> bool:
    """Whether the server adds members of its own to what is sent."""
    return name in kind.resource.fields and bool(kind.resource.fields[name].members)


def _readable(kinds: Kinds, operation: Operation) -> bool:
    return kinds[use_of(operation).resource].one("read") is not None


def sent(answer: Answer) -> dict[str, object]:
    """What a recorded write sent of its thing."""
    return mapping(look(answer.sent, use_of(answer.operation).request))

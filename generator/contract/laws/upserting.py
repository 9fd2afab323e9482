"""An upsert makes what is not there and changes what is: never a second one, nor at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar

import generator.contract.laws.updating as updating
from generator.api.model import Operation
from generator.contract.judging.answer import Answer
from generator.contract.kinds import Kinds, use_of
from generator.contract.laws.at_once import creates, told
from generator.contract.laws.law import Law
from generator.contract.pointer import look, mapping
from generator.contract.smoke import subject
from generator.contract.world import Unreachable, World
from generator.report import Finding


class Upsert(Law):
    """The same call twice makes one thing, and says so: made at first, changed after."""

    id: ClassVar[str] = "upsert"
    says: ClassVar[str] = "An upsert makes a thing once, and changes that one after."
    needs: ClassVar[tuple[str, ...]] = ("x-lockstep-resource.by",)

    def subjects(self, kinds: Kinds) -> Iterator[Operation]:
        """Upserts that find their thing by what the body names."""
        yield from updating.upserts(kinds)

    def check(self, world: World, operation: Operation) -> Iterator[Finding]:
        """Call it twice with one body; then count."""
        kind, parent = world.kinds[use_of(operation).resource], subject(world, operation)
        body = world.body(operation)
        first, again = (world.call(operation, parent, body=body) for _ in range(2))
        if not (first.success and again.success):
            raise Unreachable(f"{operation.name} answered {again if first.success else first}")
        key = kind.resource.key
        keys = [str(world.item(each).get(key)) for each in (first, again)]
        if keys[0] != keys[1]:
            title = "the same upsert twice made two things"
            yield self.broken(world, [first, again], title, expected=keys[0], actual=keys[1])
        yield from self._told(world, first, again)
        listing = next(kind.by_role("list"), None)
        by = use_of(operation).by
        if listing is not None and by is not None:
            named = look(body, by.body)
            same = [e for e in world.everything(listing, parent) if e.get(by.field) == named]
            if len(same) != 1:
                title = "what was upserted does not stand in the list exactly once"
                seen = world.call(listing, parent)
                yield self.broken(
                    world, [first, again, seen], title, expected="1", actual=str(len(same))
                )

    def _told(self, world: World, first: Answer, again: Answer) -> Iterator[Finding]:
        """Whether the receipts say what was done."""
        receipt = use_of(first.operation).receipt
        if receipt is None:
            return
        for answer, members in ((first, receipt.created), (again, receipt.updated)):
            if not _has(answer, members):
                title = "an upsert does not say what it did"
                yield self.broken(world, [answer], title, expected=members, actual=str(answer))


class ParallelUpserts(Law):
    """Equal upserts at once make one thing, and one of them says so."""

    id: ClassVar[str] = "parallel-upserts"
    says: ClassVar[str] = "Upserts of one thing at the same time make it once."
    needs: ClassVar[tuple[str, ...]] = ("x-lockstep-resource.by",)

    def subjects(self, kinds: Kinds) -> Iterator[Operation]:
        """Upserts that find their thing by what the body names."""
        yield from updating.upserts(kinds)

    def check(self, world: World, operation: Operation) -> Iterator[Finding]:
        """Call it at once with one body."""
        kind, parent = world.kinds[use_of(operation).resource], subject(world, operation)
        body = world.body(operation)
        done = creates(world, operation, parent, body)
        keys = sorted({world.thing(kind, parent, told(world, each)).key for each in done})
        created = receipt.created if (receipt := use_of(operation).receipt) else {}
        made = [each for each in done if created and _has(each, created)]
        if len(keys) > 1:
            title = "equal upserts at once made more than one thing"
            yield self.broken(world, done, title, expected="one key", actual=keys)
        elif len(made) > 1:
            title = f"{len(made)} equal upserts at once say that they made the thing"
            yield self.broken(world, made, title, expected="one of them", actual=len(made))


def _has(answer: Answer, members: Mapping[str, object]) -> bool:
    told = mapping(answer.value)
    return all(told.get(name) == value for name, value in members.items())

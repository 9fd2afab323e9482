"""An upsert makes what is not there and changes what is: never a second one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar

from generator.api.model import Operation
from generator.contract.answer import Answer
from generator.contract.kinds import Kinds, use_of
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
        for kind in kinds:
            for operation in kind.by_role("upsert"):
                by = use_of(operation).by
                if by is not None and by.body:
                    yield operation

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


def _has(answer: Answer, members: Mapping[str, object]) -> bool:
    told = mapping(answer.value)
    return all(told.get(name) == value for name, value in members.items())

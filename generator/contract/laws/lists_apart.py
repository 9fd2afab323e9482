"""What lies in one thing does not stand in the list of another."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from generator.api.model import Operation
from generator.contract.kinds import Kind, Kinds, use_of
from generator.contract.laws.law import Law
from generator.contract.world import Thing, World
from generator.report import Finding


class ListsApart(Law):
    """The list of a new thing stays as it is when something is made in its neighbour."""

    id: ClassVar[str] = "lists-apart"
    says: ClassVar[str] = "A list below a thing shows what lies in that thing alone."
    needs: ClassVar[tuple[str, ...]] = ("x-lockstep-resource.parent",)

    def subjects(self, kinds: Kinds) -> Iterator[Operation]:
        """Lists below things that can be made, of things that can be made."""
        for kind in kinds:
            parent = kinds[kind.resource.parent] if kind.resource.parent else None
            if kind.creator is not None and parent is not None and parent.creator is not None:
                yield from kind.by_role("list")

    def check(self, world: World, operation: Operation) -> Iterator[Finding]:
        """Make something beside a new thing and look at the list of that one."""
        kind = world.kinds[use_of(operation).resource]
        neighbour, other = (world.make(kind.resource.parent) for _ in range(2))
        before = _keys(world, kind, operation, other)
        made = world.make(kind.name, neighbour)
        odd = _keys(world, kind, operation, other) - before
        if odd and made.answer is not None:
            yield self.broken(
                world,
                [made.answer, world.call(operation, other)],
                f"what was made in one {kind.resource.parent} stands in the list of another",
                expected=f"no {made.key}",
                actual=sorted(odd),
            )


def _keys(world: World, kind: Kind, listing: Operation, parent: Thing) -> set[str]:
    return {str(each.get(kind.resource.key)) for each in world.everything(listing, parent)}

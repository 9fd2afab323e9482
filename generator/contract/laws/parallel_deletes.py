"""Deletes at the same time as what they do not agree with: another delete, a create below."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from generator.api.behaviours import Guard
from generator.api.model import Operation
from generator.contract.judging.refusals import declared, listed, statuses
from generator.contract.kinds import Kinds, use_of
from generator.contract.laws.at_once import besides, deletes
from generator.contract.laws.law import Law
from generator.contract.world import World
from generator.report import Finding


class ParallelDeletes(Law):
    """Of deletes at once of one thing one succeeds, where deleting what is gone is refused."""

    id: ClassVar[str] = "parallel-deletes"
    says: ClassVar[str] = "Of calls at the same time that delete one thing one does it."
    needs: ClassVar[tuple[str, ...]] = ("x-lockstep-resource", "x-lockstep-errors.faults")

    def subjects(self, kinds: Kinds) -> Iterator[Operation]:
        """Deletes of things that the run can make, where what is gone has a status."""
        for kind in kinds:
            for operation in kind.by_role("delete"):
                refused = declared(kinds.api, operation, "not-found") is not None
                if kind.creator is not None and refused:
                    yield operation

    def check(self, world: World, operation: Operation) -> Iterator[Finding]:
        """Make a thing and delete it more than once."""
        thing = world.make(use_of(operation).resource)
        done = deletes(world, operation, thing)
        gone = statuses(world.api, operation, "not-found")
        if len(done) > 1 and not gone & {each.status for each in done}:
            title = f"{len(done)} deletes at once of one {thing.kind} were answered as done"
            wanted = f"one 2xx, then {listed(gone)}"
            yield self.broken(world, done, title, expected=wanted, actual=len(done))


class ParallelGuard(Law):
    """What guards a thing cannot be put into it while it is deleted: one of the two is refused."""

    id: ClassVar[str] = "parallel-guard"
    says: ClassVar[str] = "A guard holds against calls that come at the same time."
    needs: ClassVar[tuple[str, ...]] = ("x-lockstep-guard",)

    def subjects(self, kinds: Kinds) -> Iterator[Operation]:
        """Deletes with a guard, where the run can make the thing and what guards it."""
        for kind in kinds:
            for operation in kind.by_role("delete"):
                if kind.creator is not None and any(_guards(kinds, operation)):
                    yield operation

    def check(self, world: World, operation: Operation) -> Iterator[Finding]:
        """Delete a thing while something is put into it."""
        for guard in _guards(world.kinds, operation):
            kind, name = world.kinds[guard.has], use_of(operation).resource
            for both in filter(None, besides(world, operation, kind)):
                title = f"a {name} was deleted while a {kind.name} was put into it"
                wanted = f"one 2xx, then {guard.status} or a refusal"
                yield self.broken(world, both, title, expected=wanted, actual="both 2xx")


def _guards(kinds: Kinds, operation: Operation) -> Iterator[Guard]:
    """The guards of an operation by what can be put into its thing."""
    for guard in operation.behaviours.guards:
        kind = kinds[guard.has]
        if kind.creator is not None and kind.resource.parent == use_of(operation).resource:
            yield guard

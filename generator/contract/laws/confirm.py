"""Without its confirmation a destructive call is refused, and nothing happens."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from generator.api.model import Operation
from generator.contract.kinds import Kinds, fault, use_of
from generator.contract.laws.law import Law
from generator.contract.smoke import subject
from generator.contract.world import World
from generator.report import Finding


class ConfirmNeeded(Law):
    """Any other value than the confirmation is refused, and the thing stays."""

    id: ClassVar[str] = "confirm"
    says: ClassVar[str] = "Nothing happens without the confirmation."
    needs: ClassVar[tuple[str, ...]] = ("x-lockstep-confirm",)

    def subjects(self, kinds: Kinds) -> Iterator[Operation]:
        """Operations with a confirmation in the query."""
        for kind in kinds:
            for operation in kind.operations:
                if any(each.behaviours.confirm for each in operation.parameters):
                    yield operation

    def check(self, world: World, operation: Operation) -> Iterator[Finding]:
        """Call it with another value, then look whether the thing stands."""
        thing = subject(world, operation)
        kind = world.kinds[use_of(operation).resource]
        wanted = fault(world.api, operation, "unconfirmed").status
        for parameter in operation.parameters:
            if parameter.behaviours.confirm is None:
                continue
            answer = world.call(operation, thing, query={parameter.name: "lockstep-no"})
            if answer.status != wanted:
                title = "an unconfirmed call is not refused"
                yield self.broken(world, [answer], title, expected=str(wanted), actual=str(answer))
            elif thing is not None and kind.one("read") and not world.read(thing).success:
                yield self.broken(world, [answer], "an unconfirmed call was carried out")

"""An alternative key reaches the same thing as its own key."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from generator.api.model import Operation
from generator.contract.kinds import Kinds, use_of
from generator.contract.laws.compare import above
from generator.contract.laws.law import Law
from generator.contract.laws.updating import updates
from generator.contract.smoke import candidates
from generator.contract.world import Unreachable, World
from generator.report import Finding


class AlternativeKeys(Law):
    """What an operation does by an alternative key is done to that thing, and to no other."""

    id: ClassVar[str] = "alternative-keys"
    says: ClassVar[str] = "An alternative key reaches the same thing as its own key."
    needs: ClassVar[tuple[str, ...]] = ("x-lockstep-resource.by",)

    def subjects(self, kinds: Kinds) -> Iterator[Operation]:
        """Operations that find their thing by another field than its key."""
        for kind in kinds:
            yield from (each for each in kind.by_role("read", "update") if use_of(each).by)

    def check(self, world: World, operation: Operation) -> Iterator[Finding]:
        """Make two, act on the first by its other key, look at both."""
        kind = world.kinds[use_of(operation).resource]
        thing = world.make(kind.name)
        other = world.make(kind.name, above(world, kind, thing))
        update = next(updates(world, operation, thing), None)
        body = update.body if update else next(candidates(world, operation, thing))
        answer = world.call(operation, thing, body=body)
        if not answer.success:
            raise Unreachable(f"{operation.name} answered {answer}")
        answered = str(world.item(answer).get(kind.resource.key))
        if answered != thing.key:
            title = "an alternative key reaches another thing"
            yield self.broken(world, [answer], title, expected=thing.key, actual=answered)
        if update is None or kind.one("read") is None:
            return
        read, spared = world.read(thing), world.read(other)
        if world.item(read).get(update.field) != update.value:
            title = "what was done by an alternative key does not show by the key"
            yield self.broken(
                world,
                [answer, read],
                title,
                expected={update.field: update.value},
                actual=str(read),
            )
        if world.item(spared).get(update.field) != other.fields.get(update.field):
            title = "what was done by an alternative key changed another thing"
            yield self.broken(world, [answer, spared], title, actual=str(spared))

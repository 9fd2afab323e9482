"""A guarded operation is refused while its condition holds, and leaves everything as it was."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from generator.api.behaviours import Guard
from generator.api.model import Operation
from generator.contract.judging.answer import Answer
from generator.contract.judging.error_codes import error_code
from generator.contract.kinds import Kinds, use_of
from generator.contract.laws.law import Law
from generator.contract.pointer import MISSING
from generator.contract.world import Thing, Unreachable, World
from generator.report import Finding


class GuardHolds(Law):
    """While a thing has others below it, the operation gets the guard's status and code."""

    id: ClassVar[str] = "guard"
    says: ClassVar[str] = "A guard refuses, and leaves the state as it was."
    needs: ClassVar[tuple[str, ...]] = ("x-lockstep-guard",)

    def subjects(self, kinds: Kinds) -> Iterator[Operation]:
        """Operations with a guard."""
        for kind in kinds:
            yield from (each for each in kind.operations if each.behaviours.guards)

    def check(self, world: World, operation: Operation) -> Iterator[Finding]:
        """Call it on a thing that has what the guard names."""
        for guard in operation.behaviours.guards:
            thing = self._guarded(world, operation, guard)
            answer = world.call(operation, thing)
            code = error_code(world.api, answer.call.response)
            if answer.status != guard.status or (guard.code and code not in (MISSING, guard.code)):
                yield self.broken(
                    world,
                    [answer],
                    f"the guard on {guard.has} does not refuse",
                    expected=f"{guard.status} {guard.code}".rstrip(),
                    actual=str(answer),
                )
            elif world.kinds[use_of(operation).resource].one("read") is not None:
                yield from self._kept(world, thing, answer)

    def _kept(self, world: World, thing: Thing, answer: Answer) -> Iterator[Finding]:
        read = world.read(thing)
        if not read.success:
            title = "a refused call was carried out"
            yield self.broken(world, [answer, read], title, expected="2xx", actual=str(read))

    def _guarded(self, world: World, operation: Operation, guard: Guard) -> Thing:
        name = use_of(operation).resource
        if world.kinds[guard.has].creator is not None:
            thing = world.make(name)
            world.make(guard.has, thing)
            return thing
        # Nothing can be put below a thing of the run's own, and a guard that fails would destroy
        # somebody's data: only a disposable target is asked.
        if not world.target.disposable and use_of(operation).role == "delete":
            raise Unreachable(
                f"no operation creates {guard.has}, so the guard would be tried on data"
            )
        child = next(world.standing(guard.has), None)
        if child is None:
            raise Unreachable(f"there is no {guard.has}")
        keys = {kind: key for kind, key in child.keys.items() if kind != guard.has}
        return Thing(name, keys, {})

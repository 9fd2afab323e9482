"""An unknown version, or none, is refused as declared, and nothing is done."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from generator.api.model import Operation
from generator.contract.drawing.arguments import Arguments
from generator.contract.kinds import Kinds, fault, use_of
from generator.contract.laws.law import Law
from generator.contract.pointer import MISSING
from generator.contract.smoke import candidates, subject
from generator.contract.world import Unreachable, World
from generator.report import Finding
from generator.wire import is_json

_UNKNOWN = "1815-12-10"


class VersionRefused(Law):
    """A version that does not exist and a type that names none get the declared status."""

    id: ClassVar[str] = "version-refused"
    says: ClassVar[str] = "A missing or unknown version is refused, and nothing is done."
    needs: ClassVar[tuple[str, ...]] = ("x-lockstep-version",)

    def subjects(self, kinds: Kinds) -> Iterator[Operation]:
        """Every operation on a resource, where versions are declared."""
        if kinds.api.behaviours.version is not None:
            yield from (each for kind in kinds for each in kind.operations)

    def check(self, world: World, operation: Operation) -> Iterator[Finding]:
        """Call with an unknown version, then with none."""
        thing = subject(world, operation)
        body = next(iter(candidates(world, operation, thing)), MISSING)
        wanted = fault(world.api, operation, "not-acceptable").status
        for accept in self._refused(world):
            answer = world.call(operation, thing, arguments=Arguments(accept=accept, body=body))
            if answer.status != wanted:
                title = "a version that does not exist, or none, is not refused"
                yield self.broken(
                    world, [answer], title, expected=f"{wanted} for {accept}", actual=str(answer)
                )
            elif use_of(operation).role == "delete" and thing and self._readable(world, operation):
                read = world.read(thing)
                if not read.success:
                    title = "a call that was refused for its version was carried out"
                    yield self.broken(world, [answer, read], title, actual=str(read))
                    raise Unreachable("the thing is gone")

    def _refused(self, world: World) -> Iterator[str]:
        version = world.api.behaviours.version
        assert version is not None
        yield version.template.replace("{version}", _UNKNOWN)
        if is_json(version.template.replace("{version}", version.current)):
            yield "application/json"

    def _readable(self, world: World, operation: Operation) -> bool:
        return world.kinds[use_of(operation).resource].one("read") is not None

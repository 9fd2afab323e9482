"""A replacement is the whole new state: what it leaves out does not stay."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar

import generator.contract.laws.updating as updating
from generator.api import walk
from generator.api.model import Operation
from generator.contract.judging.answer import Answer
from generator.contract.kinds import Kinds, use_of
from generator.contract.laws.compare import differences, part, readable, settled
from generator.contract.laws.law import Law
from generator.contract.pointer import placed
from generator.contract.world import Thing, Unreachable, World
from generator.diagnostics import Where
from generator.report import Finding


class Replace(Law):
    """After a replacement a thing reads as it was sent; what was left out is not as it was."""

    id: ClassVar[str] = "replace"
    says: ClassVar[str] = "A replacement is the whole new state of a thing."
    wfc: ClassVar[int | None] = 117
    needs: ClassVar[tuple[str, ...]] = ("x-lockstep-resource.role: replace",)

    def subjects(self, kinds: Kinds) -> Iterator[Operation]:
        """Replacements of things that can be read."""
        for kind in kinds:
            if kind.one("read") is not None:
                yield from kind.by_role("replace")

    def check(self, world: World, operation: Operation) -> Iterator[Finding]:
        """Replace by all fields, then by the required ones."""
        kind = world.kinds[use_of(operation).resource]
        schema = updating.request_schema(world, operation)
        if schema is None:
            raise Unreachable(f"{operation.name} has no body that a schema describes")
        thing = world.make(kind.name)
        names = settled(world, kind)
        kept = updating.base(world, operation, thing, schema)
        full = {**kept, **self._changed(world, schema, thing)}
        answer, read = self._replaced(world, operation, thing, full)
        names &= readable(world, kind, full)
        wrong = list(differences(full, world.item(read), names))
        wrong += sorted(each for each in full if each in names and each not in world.item(read))
        if wrong:
            title = f"{', '.join(wrong)} is not what the replacement sent"
            yield self.broken(
                world, [answer, read], title, expected=part(full, wrong), actual=str(read)
            )
        shown = [name for name in full if name not in kept and name in world.item(read)]
        answer, read = self._replaced(world, operation, thing, kept)
        stayed = [name for name in shown if world.item(read).get(name) == full[name]]
        if stayed:
            title = f"{', '.join(stayed)} stayed, though the replacement left it out"
            yield self.broken(
                world, [answer, read], title, expected=f"no {', '.join(stayed)}", actual=str(read)
            )

    def _changed(self, world: World, schema: Where, thing: Thing) -> dict[str, object]:
        """Other values than the thing has, and than defaults, for what may be sent."""
        key = world.kinds[thing.kind].resource.key
        return {
            name: value
            for name, place in walk.properties(world.api, schema).items()
            if name != key
            if (value := updating.other(world, place, thing.fields.get(name))) is not None
        }

    def _replaced(
        self, world: World, operation: Operation, thing: Thing, fields: Mapping[str, object]
    ) -> tuple[Answer, Answer]:
        body = placed(use_of(operation).request, fields)
        answer = world.call(operation, thing, body=body)
        if not answer.success:
            raise Unreachable(f"{operation.name} answered {answer}")
        return answer, world.read(thing)

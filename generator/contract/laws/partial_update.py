"""A partial update changes the fields that it names: absent keeps, null clears, a value sets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar

import generator.contract.laws.updating as updating
from generator.api import walk
from generator.api.model import Operation
from generator.contract.judging.answer import Answer
from generator.contract.kinds import Kind, use_of
from generator.contract.laws.compare import above, differences, part, readable, settled
from generator.contract.pointer import placed
from generator.contract.world import Thing, Unreachable, World
from generator.report import Finding


class PartialUpdate(updating.OfUpdates):
    """Fields that an update does not name stay; null empties; other things are not touched."""

    id: ClassVar[str] = "partial-update"
    says: ClassVar[str] = "An update changes the fields that it names, in one thing, and no others."
    wfc: ClassVar[int | None] = 119

    def check(self, world: World, operation: Operation) -> Iterator[Finding]:
        """Change one field after the other and look at all the others."""
        kind = world.kinds[use_of(operation).resource]
        thing = updating.full(world, kind) or world.make(kind.name)
        other = self._other(world, kind, thing)
        before = world.item(world.read(thing))
        for update in updating.updates(world, operation, thing):
            answer = self._done(world, operation, thing, update.body)
            read = world.read(thing)
            after = world.item(read)
            named = updating.named(operation, update.body).items()
            new = {name for name, value in named if before.get(name) != value}
            names = settled(world, kind) - {update.field} - new
            yield from self._kept(world, [answer, read], before, after, names)
            before = after
        yield from self._cleared(world, operation, kind, thing)
        if other is not None:
            read = world.read(other)
            names = settled(world, kind)
            yield from self._spared(world, read, other.fields, names)

    def _other(self, world: World, kind: Kind, thing: Thing) -> Thing | None:
        if kind.resource.singleton:
            return None
        return world.make(kind.name, above(world, kind, thing))

    def _done(self, world: World, operation: Operation, thing: Thing, body: object) -> Answer:
        answer = world.call(operation, thing, body=body)
        if not answer.success:
            raise Unreachable(f"{operation.name} answered {answer}")
        return answer

    def _kept(
        self,
        world: World,
        answers: list[Answer],
        before: Mapping[str, object],
        after: Mapping[str, object],
        names: frozenset[str],
    ) -> Iterator[Finding]:
        changed = [*differences(before, after, names)]
        changed += sorted(name for name in names if name in before and name not in after)
        if changed:
            yield self.broken(
                world,
                answers,
                f"an update changed {', '.join(changed)}, which it did not name",
                expected=part(before, changed),
                actual=part(after, changed),
            )

    def _spared(
        self, world: World, read: Answer, before: Mapping[str, object], names: frozenset[str]
    ) -> Iterator[Finding]:
        changed = list(differences(before, world.item(read), names))
        if changed:
            title = "an update of one thing changed another"
            yield self.broken(
                world, [read], title, expected=part(before, changed), actual=str(read)
            )

    def _cleared(
        self, world: World, operation: Operation, kind: Kind, thing: Thing
    ) -> Iterator[Finding]:
        schema = updating.request_schema(world, operation)
        properties = walk.properties(world.api, schema) if schema else {}
        shown = settled(world, kind)
        for name, place in properties.items():
            if name not in shown or "null" not in walk.types(world.api, place):
                continue
            value = next(world.draw.changed(place, None), None)
            assert schema is not None
            kept = updating.base(world, operation, thing, schema)
            for sent in (value, None):
                if name not in readable(world, kind, {name: sent}):
                    continue
                body = placed(use_of(operation).request, {**kept, name: sent})
                answer = self._done(world, operation, thing, body)
                read = world.read(thing)
                if world.item(read).get(name) != sent:
                    title = (
                        f"{name} does not read as the {'null' if sent is None else 'value'} sent"
                    )
                    yield self.broken(
                        world, [answer, read], title, expected={name: sent}, actual=str(read)
                    )

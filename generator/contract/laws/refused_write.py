"""A write that is refused changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

import generator.contract.laws.updating as updating
from generator.api import walk
from generator.api.model import Operation
from generator.contract.judging.answer import Answer
from generator.contract.kinds import Kind, Kinds, use_of
from generator.contract.laws.compare import differences, part, settled
from generator.contract.laws.law import Law
from generator.contract.pointer import look, mapping, placed
from generator.contract.smoke import subject
from generator.contract.world import Thing, Unreachable, World
from generator.report import Finding

_MOST_BODIES = 4


class RefusedWrite(Law):
    """Bodies that the schema forbids are refused, and leave things and lists as they were."""

    id: ClassVar[str] = "refused-write"
    says: ClassVar[str] = "A write that is refused changes nothing."
    wfc: ClassVar[int | None] = 114
    needs: ClassVar[tuple[str, ...]] = ("x-lockstep-resource",)

    def subjects(self, kinds: Kinds) -> Iterator[Operation]:
        """Updates of what can be read, and creates of what can be listed."""
        yield from updating.subjects(kinds)
        for kind in kinds:
            if next(kind.by_role("list"), None) is not None:
                yield from kind.by_role("create")

    def check(self, world: World, operation: Operation) -> Iterator[Finding]:
        """Send forbidden bodies, then look."""
        kind = world.kinds[use_of(operation).resource]
        if use_of(operation).role == "create":
            yield from self._not_created(world, kind, operation)
        else:
            yield from self._not_updated(world, kind, operation)

    def _not_updated(self, world: World, kind: Kind, operation: Operation) -> Iterator[Finding]:
        thing = world.make(kind.name)
        for body in forbidden(world, operation, thing):
            before = world.item(world.read(thing))
            answer = world.call(operation, thing, body=body)
            read = world.read(thing)
            after = world.item(read)
            names = settled(world, kind)
            changed = [*differences(before, after, names)]
            changed += sorted(name for name in names if (name in before) != (name in after))
            yield from self._judged(world, answer)
            if not answer.success and changed:
                title = f"a refused update changed {', '.join(changed)}"
                yield self.broken(
                    world, [answer, read], title, expected=part(before, changed), actual=str(read)
                )

    def _not_created(self, world: World, kind: Kind, operation: Operation) -> Iterator[Finding]:
        listing = next(kind.by_role("list"))
        parent = subject(world, operation)
        for body in forbidden(world, operation, None):
            before = len(world.everything(listing, parent))
            answer = world.call(operation, parent, body=body)
            after = len(world.everything(listing, parent))
            yield from self._judged(world, answer)
            if not answer.success and before != after:
                title = "a refused create made something"
                seen = world.call(listing, parent)
                yield self.broken(
                    world, [answer, seen], title, expected=str(before), actual=str(after)
                )

    def _judged(self, world: World, answer: Answer) -> Iterator[Finding]:
        if not 400 <= answer.status < 500:
            title = "a body that the schema forbids is not refused"
            yield self.broken(world, [answer], title, expected="4xx", actual=str(answer))


def forbidden(world: World, operation: Operation, thing: Thing | None) -> Iterator[object]:
    """Bodies that the schema forbids, each for one field, the others being fine."""
    schema = updating.request_schema(world, operation)
    content = world.bodies.content(operation)
    if schema is None or content is None or content.schema is None:
        raise Unreachable(f"{operation.name} has no body that a schema describes")
    update = next(updating.updates(world, operation, thing), None) if thing else None
    fine = update.body if update else next(iter(world.bodies.of(operation, {})), None)
    pointer, drawn = use_of(operation).request, 0
    inner = mapping(look(fine, pointer))
    for name, place in walk.properties(world.api, schema).items():
        for wrong in ({"lockstep": name}, ["lockstep"], 1815.1210, "\u0000lockstep"):
            body = placed(pointer, {**inner, name: wrong})
            sendable = not world.api.schemas[place].read_only
            if sendable and not world.draw.valid(content.schema, body) and drawn < _MOST_BODIES:
                drawn += 1
                yield body
                break

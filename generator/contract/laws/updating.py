"""Updates of one field at a time, drawn for laws about writing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from generator.api import walk
from generator.api.model import Operation
from generator.contract.kinds import Kind, Kinds, use_of
from generator.contract.laws.compare import readable
from generator.contract.laws.law import Law
from generator.contract.pointer import look, mapping, placed
from generator.contract.world import Thing, Unreachable, World
from generator.diagnostics import Where

_MOST_FIELDS = 6


@dataclass(frozen=True, slots=True)
class Update:
    """A body that changes one field of a thing to a value."""

    field: str
    value: object
    body: object


def subjects(kinds: Kinds) -> Iterator[Operation]:
    """Updates of things that can be read by their key."""
    for kind in kinds:
        if kind.one("read") is not None:
            yield from kind.by_role("update")


def upserts(kinds: Kinds) -> Iterator[Operation]:
    """Upserts that find their thing by what the body names."""
    for kind in kinds:
        for operation in kind.by_role("upsert"):
            by = use_of(operation).by
            if by is not None and by.body:
                yield operation


class OfUpdates(Law):
    """A law about updates of things that can be read."""

    needs: ClassVar[tuple[str, ...]] = ("x-lockstep-resource",)

    def subjects(self, kinds: Kinds) -> Iterator[Operation]:
        """Updates of things that can be read."""
        return subjects(kinds)


def updates(world: World, operation: Operation, thing: Thing) -> Iterator[Update]:
    """One update for each of the first few fields that the request takes and the thing shows."""
    schema = request_schema(world, operation)
    if schema is None:
        return
    properties = walk.properties(world.api, schema)
    kept = base(world, operation, thing, schema)
    use, kind = use_of(operation), world.kinds[use_of(operation).resource]
    tried = [name for name in properties if name in thing.fields]
    names = {kind.resource.key, use.by.field if use.by else ""}
    tried = [name for name in tried if name not in names]
    for name in tried[:_MOST_FIELDS]:
        if world.api.schemas[properties[name]].read_only:
            continue
        for value in world.draw.changed(properties[name], thing.fields[name]):
            if readable(world, kind, {name: value}):
                yield Update(name, value, placed(use.request, {**kept, name: value}))
                break


def named(operation: Operation, body: object) -> Mapping[str, object]:
    """The fields that a body sends of its thing."""
    return mapping(look(body, use_of(operation).request))


def base(world: World, operation: Operation, thing: Thing, schema: Where) -> Mapping[str, object]:
    """The fields that every such request needs, its key too, as the thing has them."""
    use, key = use_of(operation), world.kinds[use_of(operation).resource].resource.key
    needed = {*walk.required(world.api, schema), key, *([use.by.field] if use.by else [])}
    properties = walk.properties(world.api, schema)
    return {
        name: thing.fields[name] if name in thing.fields else world.draw.value(properties[name])
        for name in properties
        if name in needed and not world.api.schemas[properties[name]].read_only
    }


def full(world: World, kind: Kind) -> Thing | None:
    """A new thing with values for what its request may leave out, where that is taken."""
    schema = request_schema(world, kind.creator) if kind.creator is not None else None
    more = _optional(world, kind, schema) if schema is not None else {}
    try:
        return world.make(kind.name, None, more) if more else None
    except Unreachable:
        return None


def _optional(world: World, kind: Kind, schema: Where) -> dict[str, object]:
    """Other values than the defaults for what a request may send and need not."""
    needed = walk.required(world.api, schema)
    left_out = {kind.resource.key, *needed, *world.bodies.naming(kind)}
    return {
        name: value
        for name, place in walk.properties(world.api, schema).items()
        if name not in left_out
        if (value := other(world, place, None)) is not None
    }


def other(world: World, place: Where, current: object) -> object:
    """Another value for a field than it has, and than its default; None where there is none."""
    node = world.api.schemas[place]
    if node.read_only or node.write_only:
        return None
    default = node.keywords.get("default", current)
    values = world.draw.changed(place, current)
    return next((each for each in values if each and each != default), None)


def request_schema(world: World, operation: Operation) -> Where | None:
    """The schema of the thing in an operation's request."""
    content = world.bodies.content(operation)
    if content is None or content.schema is None:
        return None
    return walk.at(world.api, content.schema, use_of(operation).request.split("/")[1:])

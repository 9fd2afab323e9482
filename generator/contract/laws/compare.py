"""Representations compared: which fields two views of one thing must agree on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.api import walk
from generator.api.model import Api
from generator.contract.kinds import Kind
from generator.contract.world import Thing, World
from generator.diagnostics import Where


def fields_of(api: Api, kind: Kind) -> Mapping[str, Where]:
    """The declared fields of a kind's representation."""
    schema = schema_of(api, kind)
    return walk.properties(api, schema) if schema else {}


def schema_of(api: Api, kind: Kind) -> Where | None:
    """The schema of a kind's representation, found by its pointer."""
    pointer = kind.resource.schema.removeprefix("#")
    return next((place for place in api.schemas if place.pointer == pointer), None)


def settled(world: World, kind: Kind) -> frozenset[str]:
    """Fields that are the same in every view: no links, no secrets, no time of the last change.

    Of a resource that nobody declared, nothing that the server alone writes: it may be such a time.
    """
    sources = kind.resource.fields
    guessed = kind.name in world.inferred
    return frozenset(
        name
        for name, place in fields_of(world.api, kind).items()
        if not world.api.schemas[place].write_only
        and world.api.schemas[place].opaque != "secret"
        and not (guessed and world.api.schemas[place].read_only)
        and not (name in sources and (sources[name].links or sources[name].now == "updated"))
    )


def readable(world: World, kind: Kind, written: Mapping[str, object]) -> frozenset[str]:
    """The fields that can read as they were written: what is read has a schema of its own."""
    known = fields_of(world.api, kind)
    fits = world.draw.conform.valid
    return frozenset(
        name
        for name, value in written.items()
        if name not in known or fits(known[name], value, "response")
    )


def differences(
    first: Mapping[str, object], second: Mapping[str, object], names: frozenset[str]
) -> Iterator[str]:
    """The names of fields that both have and that differ."""
    for name in sorted(names):
        if name in first and name in second and first[name] != second[name]:
            yield name


def part(of: Mapping[str, object], names: list[str]) -> dict[str, object]:
    """Some fields of a representation."""
    return {name: of[name] for name in names if name in of}


def above(world: World, kind: Kind, thing: Thing) -> Thing | None:
    """What a thing lies in."""
    if not kind.resource.parent:
        return None
    keys = {name: key for name, key in thing.keys.items() if name != kind.name}
    return Thing(kind.resource.parent, keys, {})

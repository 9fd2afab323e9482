"""New items: what the caller gave, completed with what the server fills in by itself.

In come a kind of resource, the fields that were given and who gave them; out comes the state with
the item in it, and with the singletons that live and die with it. Values that nobody declares but
the schema requires are made, seeded by the state, so the same history makes the same values.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from random import Random
from typing import Any

from generator.api import walk
from generator.api.behaviours import FieldSource
from generator.api.exchange import Principal
from generator.api.texts import typed
from generator.diagnostics import Where
from generator.mock.blueprint import Blueprint, Kind
from generator.mock.items.sources import Circumstances, moment, sourced
from generator.mock.samples import generator
from generator.mock.state import Fields, Item, State, TablePath, passed, put
from generator.mock.values import ABSENT

_ATTEMPTS = 100

Make = Callable[[State, TablePath, Fields, Principal], tuple[State, str]]
"""Makes an item in a table; gives the state after it and the item's key."""


def maker(blueprint: Blueprint, kind: Kind) -> Make:
    """The function that makes items of a kind."""
    singletons = [blueprint.kinds[name] for name in kind.singletons if name in blueprint.kinds]
    key_name = kind.resource.key

    def make(
        state: State, path: TablePath, given: Fields, principal: Principal
    ) -> tuple[State, str]:
        state = passed(state)
        fields = complete(blueprint, kind, state, path, given, principal)
        key = str(fields.get(key_name, "")) if key_name else ""
        state = put(state, path, key, Item(fields, principal.tenant))
        for each in singletons:
            inside = (each.name, *path[1:], key)
            state, _ = maker(blueprint, each)(state, inside, {}, principal)
        return state, key

    return make


def complete(
    blueprint: Blueprint,
    kind: Kind,
    state: State,
    path: TablePath,
    given: Fields,
    principal: Principal,
) -> dict[str, Any]:
    """The given fields with all that the server adds, in the order of the schema."""
    random = generator(state.seed, state.tick, kind.name)
    properties = walk.properties(blueprint.api, kind.schema)
    required = walk.required(blueprint.api, kind.schema)
    now = Circumstances(state, _parent(state, kind, path), principal, random)
    table = state.table(path)
    made: dict[str, Any] = {}
    for name in dict.fromkeys((*properties, *kind.resource.fields, *sorted(required), *given)):
        place = properties.get(name)
        source = kind.resource.fields.get(name)
        value = given.get(name, ABSENT)
        if value is ABSENT and source is not None:
            value = sourced(blueprint, source, place, now)
        if (
            value is ABSENT
            and place is not None
            and (name in required or name == kind.resource.key)
        ):
            value = _made(blueprint, place, random, source)
        if value is ABSENT and name in required and name not in properties:
            value = name  # nothing says what it is
        if name == kind.resource.key and name not in given:
            numbered = _numbered(blueprint, place, state, value)
            value = _unused(blueprint, kind, place, random, numbered, table)
        if value is not ABSENT:
            made[name] = value
    return made


def addressable(blueprint: Blueprint, kind: Kind, key: object) -> bool:
    """Whether the path that leads to things of a kind takes the key."""
    if kind.address is None:
        return True
    read = typed(str(key), walk.types(blueprint.api, kind.address))
    return blueprint.samples.fits(kind.address, read)


def _fitting(blueprint: Blueprint, place: Where, value: object, random: Random) -> Any:
    """The key as its field's schema wants it: as text where it is no number there."""
    for each in (value, str(value)):
        if blueprint.samples.fits(place, each):
            return each
    return blueprint.samples.opaque(place, random)


def touched(
    blueprint: Blueprint, kind: Kind, state: State, fields: Mapping[str, Any]
) -> dict[str, Any]:
    """The fields with the times of the last change set to now."""
    changed = dict(fields)
    properties = walk.properties(blueprint.api, kind.schema)
    for name, source in kind.resource.fields.items():
        if source.now == "updated":
            changed[name] = moment(blueprint, properties.get(name), state, source.plus)
    return changed


def _parent(state: State, kind: Kind, path: TablePath) -> Fields:
    if not kind.ancestors:
        return {}
    item = state.find((kind.ancestors[-1], *path[1:-1]), path[-1])
    return item.fields if item is not None else {}


def _made(blueprint: Blueprint, place: Where, random: Random, source: FieldSource | None) -> Any:
    schema = blueprint.api.schemas[place]
    if schema.write_only or (source is not None and source.links):
        return ABSENT
    return (
        blueprint.samples.opaque(place, random)
        if schema.opaque
        else blueprint.samples.shown(place, random)
    )


def _numbered(blueprint: Blueprint, place: Where | None, state: State, value: Any) -> Any:
    """The number of what happens now for a key that is a number: no key comes twice."""
    if place is None or "integer" not in walk.types(blueprint.api, place):
        return value
    return state.tick if blueprint.samples.fits(place, state.tick) else value


def _unused(
    blueprint: Blueprint,
    kind: Kind,
    place: Where | None,
    random: Random,
    value: Any,
    table: Mapping[str, Item],
) -> Any:
    """A key that the table has not yet, and that can be asked for."""
    source = kind.address or place
    for _ in range(_ATTEMPTS):
        if value is not ABSENT and str(value) not in table and addressable(blueprint, kind, value):
            break
        value = blueprint.samples.opaque(source, random) if source is not None else ABSENT
        if value is not ABSENT and place is not None:
            value = _fitting(blueprint, place, value, random)
    return value if value is not ABSENT else f"{random.getrandbits(64):016x}"

"""What a write makes of an item's fields: merged, replaced, unique.

In come kept and given fields, out come the fields after the write, or a refusal; nothing here knows
how the item was found.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from generator.api import walk
from generator.api.behaviours import ResourceUse
from generator.mock.blueprint import Blueprint, Kind
from generator.mock.calls import Call, Refused
from generator.mock.items.finding import Found
from generator.mock.items.making import complete, touched
from generator.mock.items.owning import tenant_finder
from generator.mock.pointers import lookup, split
from generator.mock.state import Fields, Item, State, TablePath, passed, put
from generator.mock.values import is_object


def sender(blueprint: Blueprint, kind: Kind, use: ResourceUse) -> Callable[[Call], dict[str, Any]]:
    """The function that gives the resource's fields in a request body, without what is ignored."""
    tokens = split(use.request)
    known = _known(blueprint, kind) if "unknown-fields" in use.ignores else None
    without_null = "null-fields" in use.ignores
    fits = _fitting(blueprint, kind) if kind.inferred else None

    def sent(call: Call) -> dict[str, Any]:
        value = lookup(call.body, tokens)
        fields = value if is_object(value) else {}
        return {
            name: member
            for name, member in fields.items()
            if name not in use.echo
            and (known is None or name in known)
            and not (without_null and member is None)
            and (fits is None or fits(name, member))
        }

    return sent


def _known(blueprint: Blueprint, kind: Kind) -> frozenset[str] | None:
    """The names in the stored schema, required ones too; None where it names nothing."""
    properties = walk.properties(blueprint.api, kind.schema)
    return frozenset((*properties, *walk.required(blueprint.api, kind.schema))) or None


def _fitting(blueprint: Blueprint, kind: Kind) -> Callable[[str, Any], bool]:
    """Whether a member may be kept: what a request takes is not what the stored schema takes."""
    properties = walk.properties(blueprint.api, kind.schema)
    return lambda name, member: (
        name not in properties or blueprint.samples.fits(properties[name], member)
    )


def merged(blueprint: Blueprint, kind: Kind, kept: Fields, given: Fields) -> dict[str, Any]:
    """The kept fields with the given ones; null takes a field away that cannot be null."""
    properties = walk.properties(blueprint.api, kind.schema)
    fields = {**kept, **given}
    for name, value in given.items():
        where = properties.get(name)
        if value is None and (where is None or not blueprint.samples.fits(where, None)):
            del fields[name]
    return fields


def renewed(
    blueprint: Blueprint, kind: Kind, call: Call, path: TablePath, kept: Fields, given: Fields
) -> dict[str, Any]:
    """The given fields with what only the server writes of the kept ones."""
    properties = walk.properties(blueprint.api, kind.schema)
    sources = kind.resource.fields
    server = {
        name: value
        for name, value in kept.items()
        if (name in sources and sources[name].default is msgspec.UNSET)
        or name == kind.resource.key
        or (name in properties and blueprint.api.schemas[properties[name]].read_only)
    }
    return complete(blueprint, kind, call.state, path, {**server, **given}, call.principal)


def write(
    blueprint: Blueprint,
    kind: Kind,
    call: Call,
    path: TablePath,
    key: str,
    item: Item,
    fields: dict[str, Any],
) -> Found:
    """Put changed fields into the call's state; the key does not change."""
    tenant = tenant_finder(kind)(call.state, path, fields, item.fields, item.tenant)
    call.state = passed(call.state)
    if kind.resource.key in item.fields:
        fields[kind.resource.key] = item.fields[kind.resource.key]
    changed = Item(touched(blueprint, kind, call.state, fields), tenant)
    call.state = put(call.state, path, key, changed)
    return path, key, changed


def refuse_duplicate(
    kind: Kind, state: State, path: TablePath, given: Fields, key: str | None
) -> None:
    """Refuse a key that is taken, and a field's value that another item has and none may share."""
    table = state.table(path)
    chosen = given.get(kind.resource.key)
    if key is None and chosen is not None and str(chosen) in table:
        raise Refused("duplicate", kind.resource.key, chosen)
    for name in kind.resource.unique:
        for other, item in table.items():
            if other != key and name in given and item.fields.get(name) == given[name]:
                raise Refused("duplicate", name, given[name])

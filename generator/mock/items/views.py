"""Items as an answer shows them: stored fields without secrets, with their links.

Compiled for an operation's answer from the schema of the item there; a member that the schema
requires and the item lacks is filled with a sample.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from generator.api import walk
from generator.diagnostics import Where
from generator.mock.blueprint import Blueprint, Kind
from generator.mock.calls import Call
from generator.mock.items.links import ItemLinks, Keys, item_links
from generator.mock.samples import generator
from generator.mock.state import Fields
from generator.mock.values import ABSENT

View = Callable[[Call, Fields, Keys, bool], dict[str, Any]]
"""From a call, an item's fields and keys, and whether it stands in a list, to what is shown."""


def view(blueprint: Blueprint, kind: Kind, schema: Where | None) -> View:
    """The view of a kind of item, as this schema wants it."""
    shape = schema if schema is not None else kind.schema
    hidden = _hidden(blueprint, kind, shape)
    fillers = _fillers(blueprint, kind, shape)
    links = _links(blueprint, kind, shape)
    only = _only(blueprint, shape)

    def show(call: Call, fields: Fields, keys: Keys, in_list: bool) -> dict[str, Any]:
        shown = {**fillers, **fields} if fillers else dict(fields)
        for name in hidden:
            shown.pop(name, None)
        for name, write in links:
            shown[name] = write(call, fields, keys, in_list)
        return shown if only is None else {name: shown[name] for name in shown if name in only}

    return show


def _hidden(blueprint: Blueprint, kind: Kind, shape: Where) -> tuple[str, ...]:
    api = blueprint.api
    names = {
        name
        for place in (kind.schema, shape)
        for name, child in walk.properties(api, place).items()
        if api.schemas[child].write_only
    }
    return tuple(sorted(names))


def _fillers(blueprint: Blueprint, kind: Kind, shape: Where) -> dict[str, Any]:
    """What the shape requires and the stored schema does not promise."""
    properties = walk.properties(blueprint.api, shape)
    missing = walk.required(blueprint.api, shape) - walk.required(blueprint.api, kind.schema)
    made = {
        name: blueprint.samples.shown(properties[name], generator(0, "view", shape, name))
        for name in sorted(missing)
        if name in properties and not blueprint.api.schemas[properties[name]].write_only
    }
    return {name: value for name, value in made.items() if value is not ABSENT}


def _links(blueprint: Blueprint, kind: Kind, shape: Where) -> list[tuple[str, ItemLinks]]:
    names = walk.properties(blueprint.api, shape)
    return [
        (name, item_links(blueprint, kind, source.links, source.in_lists))
        for name, source in kind.resource.fields.items()
        if source.links and (name in names or not names)
    ]


def _only(blueprint: Blueprint, shape: Where) -> frozenset[str] | None:
    """The names that a closed schema allows; None for an open one."""
    for part in walk.parts(blueprint.api, shape):
        for keyword in ("additionalProperties", "unevaluatedProperties"):
            rest = blueprint.api.schemas[part].one(keyword)
            if rest is not None and blueprint.api.schemas[rest].never:
                return frozenset(walk.properties(blueprint.api, shape))
    return None

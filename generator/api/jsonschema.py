"""An Api's schema as one self-contained JSON Schema of the 2020-12 dialect.

Every schema that is reached becomes a member of `$defs` by number, and every edge a `$ref`, so
cycles need no care. The list of places that comes along leads from a number back to the
description.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from generator.api.model import Api
from generator.api.schema import Child, Schema
from generator.api.walk import parts, properties, reachable
from generator.diagnostics import Where

Direction = Literal["request", "response"]
Edge = dict[str, str] | Literal[False]

_KEPT = frozenset(
    "enum const multipleOf maximum exclusiveMaximum minimum exclusiveMinimum maxLength minLength"
    " pattern maxItems minItems uniqueItems maxContains minContains maxProperties minProperties"
    " required dependentRequired format".split()
)
_INTEGERS = {"int32": 32, "int64": 64}
"""Formats of integers with how many bits they have."""


def json_schema(api: Api, place: Where, direction: Direction) -> tuple[dict[str, Any], list[Where]]:
    """The schema with all that it reaches, and the places behind the numbers in `$defs`."""
    places = reachable(api, [place])
    edges: dict[Where, Edge] = {
        where: False if api.schemas[where].never else {"$ref": f"#/$defs/{number}"}
        for number, where in enumerate(places)
    }
    hidden = _hidden(api, places, direction)
    absent = _absent(api, places, hidden)
    refused = _refused(api, places, hidden) if direction == "request" else {}
    definitions = {
        str(number): _definition(api.schemas[where], edges, absent, refused)
        for number, where in enumerate(places)
    }
    document = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$ref": "#/$defs/0",
        "$defs": definitions,
    }
    return document, places


def _hidden(api: Api, places: list[Where], direction: Direction) -> frozenset[Where]:
    """The schemas whose value does not travel in this direction, alone or through a reference."""
    attribute = "read_only" if direction == "request" else "write_only"
    return frozenset(where for where in places if getattr(api.schemas[where], attribute))


def _absent(api: Api, places: list[Where], hidden: frozenset[Where]) -> dict[Where, set[str]]:
    """By schema, the properties that do not travel, whichever part of an object declares them."""
    found: dict[Where, set[str]] = {}
    for family in (parts(api, where) for where in places if hidden):
        declared = (api.schemas[part].properties.items() for part in family)
        names = {name for each in declared for name, child in each if child in hidden}
        for part in family if names else ():
            found.setdefault(part, set()).update(names)
    return found


def _refused(api: Api, places: list[Where], hidden: frozenset[Where]) -> dict[Where, set[str]]:
    """By schema, the properties that may not travel: hidden, and nowhere declared again.

    A base says that `type` is read-only, an heir what it may be: the heir's word counts, as it does
    for the fields of its class.
    """
    found = {
        where: {name for name, child in api.schemas[where].properties.items() if child in hidden}
        for where in places
        if hidden
    }
    for where in places if hidden else ():
        counting = properties(api, where)
        for part in parts(api, where):
            found[part] -= {name for name in found[part] if counting[name] not in hidden}
    return found


def _definition(
    schema: Schema,
    edges: dict[Where, Edge],
    absent: Mapping[Where, set[str]],
    refused: Mapping[Where, set[str]],
) -> dict[str, Any] | bool:
    if schema.never:
        return False
    made: dict[str, Any] = {
        key: value for key, value in schema.keywords.items() if key in _KEPT and value is not None
    }
    if schema.types:
        made["type"] = sorted(schema.types)
    made.update(_bounds(schema))
    for key, child in schema.children.items():
        made[key] = _child(child, edges)
    # https://spec.openapis.org/oas/v3.0.4.html#fixed-fields-for-schema-object : what is read-only
    # and required is required of answers alone.
    gone = absent.get(schema.where, ())
    if gone and "required" in made:
        made["required"] = [name for name in made["required"] if name not in gone]
    made.get("properties", {}).update(dict.fromkeys(refused.get(schema.where, ()), False))
    return made


def _bounds(schema: Schema) -> dict[str, int | float]:
    """The bounds that an integer format has (https://spec.openapis.org/registry/format/)."""
    bits = _INTEGERS.get(str(schema.keywords.get("format")))
    if bits is None:
        return {}
    bounds: dict[str, int | float] = {}
    for keyword, limit, closer in (
        ("minimum", -(1 << bits - 1), max),
        ("maximum", (1 << bits - 1) - 1, min),
    ):
        declared = schema.keywords.get(keyword)
        bounds[keyword] = closer(limit, declared) if isinstance(declared, int | float) else limit
    return bounds


def _child(child: Child, edges: dict[Where, Edge]) -> Any:
    if isinstance(child, Where):
        return edges[child]
    if isinstance(child, tuple):
        return [edges[each] for each in child]
    return {name: edges[each] for name, each in child.items()}

"""What of a schema a client must notice: types, null, and fields that have to be there.

In: an Api and the place of a schema. Out: whether a value has the structure that the schema asks
for, and where it first has not. Limits, patterns, formats, listed values and closed objects are no
part of it: a client outlives them when the server's next release changes them. Where alternatives
stand beside properties, fields are asked for that no property describes, or a tag is one that
nobody knows, it asks for less than the schema. What has properties and no type is an object, and
what says that it may be null may, whatever its parts say: that is what the author meant.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, cast

import jsonschema_rs

from generator.api import Api, walk
from generator.api.jsonschema import Direction, json_schema
from generator.diagnostics import Where

_KEPT = frozenset("$ref type properties items additionalProperties allOf anyOf oneOf".split())
_TYPES: Mapping[type, str] = {
    str: "string",
    bool: "boolean",
    int: "integer",
    float: "number",
    type(None): "null",
}
_MEANT = {"properties": "object", "items": "array"}
Token = str | int


class Structure:
    """Judges values by the structure of the schemas of one Api.

    `open_places` are schemas that the client reads as plain JSON, whatever they say.
    """

    def __init__(self, api: Api, direction: Direction, open_places: frozenset[Where]) -> None:
        self._api = api
        self._direction: Direction = direction
        self._open = open_places
        self._tags = _tags(api)
        self._heirs = _heirs(api)
        self._compiled: dict[Where, Any] = {}

    def fault(self, place: Where, value: object) -> tuple[Token, ...] | None:
        """The path of the first part that has another structure, None where all is as it must."""
        if place not in self._compiled:
            self._compiled[place] = jsonschema_rs.Draft202012Validator(self._loosened(place))
        error = next(iter(self._compiled[place].iter_errors(value)), None)
        return None if error is None else tuple(cast("list[Token]", error.instance_path))

    def _loosened(self, place: Where) -> dict[str, Any]:
        document, places = json_schema(self._api, place, self._direction)
        narrowed = _narrowed(self._api, places)
        merged = {part for where in places for part in self._api.schemas[where].many("allOf")}
        document["$defs"] = {
            str(number): self._schema(
                document["$defs"][str(number)], where, narrowed.get(where, set()), where in merged
            )
            for number, where in enumerate(places)
        }
        return document

    def _schema(self, schema: Any, place: Where, narrowed: set[str], merged: bool) -> Any:
        if place in self._open or not isinstance(schema, dict) or self._is_constant(place):
            return True
        told = cast("dict[str, Any]", schema)
        kept = {name: value for name, value in told.items() if name in _KEPT and value is not False}
        if "properties" in kept:
            kept["properties"] = {
                name: each
                for name, each in kept["properties"].items()
                if each is not False
                and name not in self._tags.get(place, ())
                and name not in narrowed
            }
            kept.pop("additionalProperties", None)
        if "prefixItems" in told or "patternProperties" in told:
            kept.pop("items", None)
            kept.pop("additionalProperties", None)
        if "type" not in kept and (types := _types_of(told)):
            kept["type"] = types
        self._choose(kept, merged)
        needed = dict.fromkeys(told.get("required", ()))
        kept["required"] = [each for each in needed if self._is_noticed(place, each)]
        either = self._or_unknown(kept, place)
        beside = not either.keys().isdisjoint(("allOf", "anyOf"))
        own = self._api.schemas[place]
        if (beside and own.nullable) or None in (own.enum or ()):
            return {"anyOf": [either, {"type": "null"}]}
        return either

    def _or_unknown(self, kept: dict[str, Any], place: Where) -> dict[str, Any]:
        """The schema, or an object with a tag that the description does not know."""
        told = self._api.schemas[place].discriminator
        if told is None:
            return kept
        known = [*told.mapping, *self._names_below(place)]
        tag = {"type": "object", "properties": {told.property: {"not": {"enum": known}}}}
        return {"anyOf": [kept, tag]}

    def _names_below(self, place: Where) -> list[str]:
        """The names of the branches of a schema, and of those that take it in."""
        schema = self._api.schemas[place]
        branches = (*schema.many("oneOf"), *schema.many("anyOf"))
        named = [self._api.schemas[each].name for each in (place, *branches)]
        return [name for name in (*named, *self._heirs.get(place, ())) if name]

    def _choose(self, kept: dict[str, Any], merged: bool) -> None:
        """One of the alternatives is enough; beside other keywords they are only more fields."""
        branches = [*kept.pop("oneOf", ()), *kept.pop("anyOf", ())]
        if branches and not merged and kept.keys().isdisjoint(("properties", "allOf", "items")):
            kept["anyOf"] = [each for each in branches if each is not False]

    def _is_noticed(self, place: Where, name: str) -> bool:
        """Whether a client misses a field: one that is described, and whose value it cannot tell.

        An object without its tag is taken for a variant of the next release.
        """
        where = walk.properties(self._api, place).get(name)
        if where is None or name in self._tags.get(place, ()):
            return False
        return not self._is_constant(where)

    def _is_constant(self, place: Where) -> bool:
        listed = walk.keyword(self._api, place, "enum")
        alone = isinstance(listed, list) and len(cast("list[object]", listed)) == 1
        return alone or walk.keyword(self._api, place, "const") is not None


def assumed(api: Api, places: Iterable[Where]) -> list[str]:
    """The tags of schemas that may come without one."""
    tags = _tags(api)
    return sorted({name for place in places for name in tags.get(place, ())})


def _tags(api: Api) -> dict[Where, frozenset[str]]:
    """By schema, the properties that tell it from the other alternatives of a union."""
    found: dict[Where, frozenset[str]] = {}
    for place, schema in api.schemas.items():
        told = schema.discriminator
        if told is not None:
            branches = (*schema.many("oneOf"), *schema.many("anyOf"), *told.mapping.values())
            for each in (place, *branches):
                found[each] = found.get(each, frozenset()) | {told.property}
    for place in api.schemas:
        above = [found[part] for part in walk.parts(api, place)[1:] if part in found]
        if above:
            found[place] = frozenset[str]().union(found.get(place, frozenset()), *above)
    return found


def _heirs(api: Api) -> dict[Where, list[str]]:
    """By schema, the names of those that take it in."""
    found: dict[Where, list[str]] = {}
    for place, schema in api.schemas.items():
        for part in walk.parts(api, place)[1:]:
            found.setdefault(part, []).append(schema.name)
    return found


def _narrowed(api: Api, places: Iterable[Where]) -> dict[Where, set[str]]:
    """By schema, the properties of which another part of one of the schemas says what they are."""
    found: dict[Where, set[str]] = {}
    for place in places:
        is_merged = "allOf" in api.schemas[place].children
        counting = walk.properties(api, place) if is_merged else {}
        for part in walk.parts(api, place) if counting else ():
            names = api.schemas[part].properties.items()
            found.setdefault(part, set()).update(n for n, child in names if child != counting[n])
    return found


def _types_of(schema: Mapping[str, Any]) -> list[str]:
    """The types of the values that a schema lists, or those that its keywords are for."""
    if "properties" in schema or "items" in schema:
        return [name for word, name in _MEANT.items() if word in schema]
    values: list[Any] = schema.get("enum", [schema["const"]] if "const" in schema else [])
    kinds: list[type] = [type(value) for value in values]
    names = {_TYPES.get(kind, "") for kind in kinds}
    return sorted(names) if "" not in names else []

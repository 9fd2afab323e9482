"""Walks over the schemas of an Api: what is reachable, and objects with their allOf taken in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.api.model import Api, Content, Operation
from generator.api.schema import Schema
from generator.diagnostics import Where


def reachable(api: Api, roots: Iterable[Where]) -> list[Where]:
    """The places of all schemas that the roots lead to, themselves included, each once."""
    found: dict[Where, None] = {}
    waiting = list(roots)
    while waiting:
        place = waiting.pop()
        if place not in found:
            found[place] = None
            waiting.extend(api.schemas[place].places())
    return list(found)


def parts(api: Api, place: Where) -> list[Where]:
    """The schema and everything that its allOf takes in, itself first, each once."""
    if "allOf" not in api.schemas[place].children:
        return [place]
    found: dict[Where, None] = {}
    waiting = [place]
    while waiting:
        current = waiting.pop(0)
        if current not in found:
            found[current] = None
            waiting.extend(api.schemas[current].many("allOf"))
    return list(found)


def properties(api: Api, place: Where) -> dict[str, Where]:
    """Properties by name, those of allOf included; a schema's own declaration wins.

    What its allOf says in place is its own, too, unless it says less than the schema it refers to:
    `allOf: [{$ref: Base}, {properties: ...}]` makes narrower what the base has.
    """
    schema = api.schemas[place]
    if "allOf" not in schema.children:
        return dict(schema.properties)
    found: dict[str, Where] = {}
    for part in parts(api, place):
        is_own = part.pointer.startswith(f"{place.pointer}/allOf/") and part != place
        for name, child in api.schemas[part].properties.items():
            known = found.setdefault(name, child)
            if is_own and known != child and name not in schema.properties:
                found[name] = max((child, known), key=lambda each: _weight(api.schemas[each]))
    return found


def _weight(schema: Schema) -> int:
    """How much a schema says: what is in a value, its type, or nothing."""
    if schema.children or schema.enum or "const" in schema.keywords:
        return 2
    return int(bool(schema.types or schema.never))


def required(api: Api, place: Where) -> frozenset[str]:
    """Names of required properties, those of allOf included."""
    return frozenset(name for part in parts(api, place) for name in api.schemas[part].required)


def types(api: Api, place: Where) -> frozenset[str]:
    """The JSON types that a value may have, as far as type keywords say; empty means any."""
    declared = [api.schemas[part].types for part in parts(api, place) if api.schemas[part].types]
    return declared[0].intersection(*declared) if declared else frozenset[str]()


def keyword(api: Api, place: Where, name: str) -> object:
    """The first value of a plain keyword on the schema or in its allOf, or None."""
    schema = api.schemas[place]
    if name in schema.keywords or "allOf" not in schema.children:
        return schema.keywords.get(name)
    for part in parts(api, place):
        if name in api.schemas[part].keywords:
            return api.schemas[part].keywords[name]
    return None


def keywords(api: Api, place: Where) -> dict[str, object]:
    """All plain keywords of the schema and its allOf; a schema's own value wins."""
    if "allOf" not in api.schemas[place].children:
        return dict(api.schemas[place].keywords)
    found: dict[str, object] = {}
    for part in parts(api, place):
        for name, value in api.schemas[part].keywords.items():
            found.setdefault(name, value)
    return found


def child(api: Api, place: Where, name: str) -> Where | None:
    """The first child schema of a keyword like items on the schema or in its allOf, or None."""
    for part in parts(api, place):
        found = api.schemas[part].one(name)
        if found is not None:
            return found
    return None


def at(api: Api, place: Where, tokens: Iterable[str]) -> Where | None:
    """The schema of the value that a JSON pointer's keys lead to, as far as properties say."""
    current: Where | None = place
    for token in tokens:
        if current is None:
            return None
        current = properties(api, current).get(token) or child(api, current, "items")
    return current


def contents(operation: Operation) -> Iterator[Content]:
    """Every body content of an operation, of the request first."""
    if operation.body:
        yield from operation.body.content
    for response in operation.responses:
        yield from response.content

"""The text of a parameter read by its schema: JSON types from text, arrays and objects by style.

In come the texts that a request carries and the parameter's schema, out comes the value that the
schema judges. What cannot be read as a declared type stays text, so that the schema refuses it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import unquote_to_bytes

import msgspec

from generator.api import walk
from generator.api.model import Api, Parameter
from generator.diagnostics import Where

_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,300})")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,300})(?:\.[0-9]{1,300})?(?:[eE][+-]?[0-9]{1,2})?")
_SEPARATORS = {"form": ",", "simple": ",", "spaceDelimited": " ", "pipeDelimited": "|"}
_BOOLEANS = {"true": True, "false": False}

Read = Callable[[Sequence[str]], Any]


def decoded(text: str, plus: bool = False) -> str | None:
    """The percent-decoded text; None where it is not UTF-8."""
    if plus:
        text = text.replace("+", " ")
    if "%" not in text and text.isascii():
        return text
    try:
        return unquote_to_bytes(text.encode("latin-1")).decode("utf-8")
    except UnicodeError:
        return None


def reader(api: Api, parameter: Parameter) -> Read:
    """A function from the parameter's texts (one for each time it is sent) to its value."""
    if parameter.content is not None:
        return lambda texts: _json(texts[-1])
    if parameter.style in ("label", "matrix"):
        return _prefixed(parameter, _plain_reader(api, parameter))
    return _plain_reader(api, parameter)


def _plain_reader(api: Api, parameter: Parameter) -> Read:
    place = parameter.schema
    types = types_of(api, place) if place else frozenset[str]()
    if "array" in types:
        return _array_reader(api, parameter)
    if "object" in types and place is not None and not parameter.explode:
        return _object_reader(api, place, _SEPARATORS.get(parameter.style, ","))
    return lambda texts: typed(texts[-1], types)


def typed(text: str, types: frozenset[str]) -> Any:
    """The text as the first type that it can be; integers before numbers before booleans."""
    if "integer" in types and _INTEGER.fullmatch(text):
        return int(text)
    if "number" in types and _NUMBER.fullmatch(text):
        return float(text) if "." in text or "e" in text.lower() else int(text)
    if "boolean" in types and text in _BOOLEANS:
        return _BOOLEANS[text]
    if "null" in types and text in ("", "null") and "string" not in types:
        return None
    return text


def members(api: Api, place: Where, texts: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """An object from the texts of its members, each read by its own schema."""
    properties = walk.properties(api, place)
    return {name: _member(api, properties.get(name), given) for name, given in texts.items()}


def _member(api: Api, place: Where | None, texts: Sequence[str]) -> Any:
    types = types_of(api, place) if place else frozenset[str]()
    if "array" not in types or place is None:
        return typed(texts[-1], types)
    items = walk.child(api, place, "items")
    inner = types_of(api, items) if items else frozenset[str]()
    return [typed(each, inner) for each in texts]


def is_spread(api: Api, parameter: Parameter) -> bool:
    """Whether the parameter is an object whose members stand in the query on their own."""
    if parameter.schema is None or not (parameter.explode or parameter.style == "deepObject"):
        return False
    return "object" in types_of(api, parameter.schema)


def spread_members(
    api: Api, parameter: Parameter, given: Mapping[str, Sequence[str]]
) -> dict[str, tuple[str, Sequence[str]]]:
    """Of an object that is spread, the name in the query and the texts of each member.

    Those of a `deepObject` are sent as `name[member]`, known or not.
    """
    if parameter.style == "deepObject":
        start = f"{parameter.name}["
        return {
            name.removeprefix(start).removesuffix("]"): (name, texts)
            for name, texts in given.items()
            if name.startswith(start) and name.endswith("]")
        }
    known = walk.properties(api, parameter.schema) if parameter.schema else {}
    return {name: (name, given[name]) for name in known if name in given}


def _prefixed(parameter: Parameter, read: Read) -> Read:
    """Reads what comes after the marks of its style; a text without them stays as it is."""
    mark = "." if parameter.style == "label" else f";{parameter.name}="

    def strip(texts: Sequence[str]) -> Any:
        before, found, rest = texts[-1].partition(mark)
        if before or not found:
            return texts[-1]
        return read(rest.split(mark) if parameter.explode else [rest])

    return strip


def _array_reader(api: Api, parameter: Parameter) -> Read:
    place = parameter.schema
    items = walk.child(api, place, "items") if place else None
    types = types_of(api, items) if items else frozenset[str]()
    separator = _SEPARATORS.get(parameter.style, ",")

    def read(texts: Sequence[str]) -> Any:
        parts = texts if parameter.explode else [p for t in texts for p in t.split(separator)]
        return [typed(part, types) for part in parts]

    return read


def _object_reader(api: Api, place: Where, separator: str) -> Read:
    def read(texts: Sequence[str]) -> Any:
        parts = texts[-1].split(separator)
        if len(parts) % 2:
            return texts[-1]
        values = ([each] for each in parts[1::2])
        return members(api, place, dict(zip(parts[::2], values, strict=True)))

    return read


def types_of(api: Api, place: Where) -> frozenset[str]:
    """The types that a value may have; those of alternatives where there are any."""
    direct = walk.types(api, place)
    branches = [
        each
        for keyword in ("oneOf", "anyOf")
        for part in walk.parts(api, place)
        for each in api.schemas[part].many(keyword)
    ]
    return direct or frozenset(kind for each in branches for kind in walk.types(api, each))


def _json(text: str) -> Any:
    try:
        return msgspec.json.decode(text)
    except msgspec.DecodeError:
        return text

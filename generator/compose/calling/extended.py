"""A value with fields that nobody lists, wherever its schema has room for them."""

from __future__ import annotations

from typing import Any

from generator.api import Conform
from generator.compose.calling.distorted import UNKNOWN
from generator.diagnostics import Where
from generator.mock.values import is_array, is_object

_ADDED: Any = {"since": "the next release", "of": [1, None]}


def extended(conform: Conform, schema: Where, value: Any) -> Any:
    """The value with a field more in each of its objects that may have one."""
    for path in list(_objects(value, ())):
        more = _with_field(value, path)
        if conform.valid(schema, more, "response"):
            value = more
    return value


def _objects(value: Any, path: tuple[str | int, ...]) -> list[tuple[str | int, ...]]:
    found: list[tuple[str | int, ...]] = []
    if is_object(value):
        found.append(path)
        for name, member in value.items():
            found += _objects(member, (*path, name))
    elif is_array(value):
        for place, member in enumerate(value):
            found += _objects(member, (*path, place))
    return found


def _with_field(value: Any, path: tuple[str | int, ...]) -> Any:
    if not path:
        return {**value, UNKNOWN: _ADDED}
    first, rest = path[0], path[1:]
    if is_array(value):
        changed = list(value)
        changed[int(first)] = _with_field(value[int(first)], rest)
        return changed
    return {**value, first: _with_field(value[first], rest)}

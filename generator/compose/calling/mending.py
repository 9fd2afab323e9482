"""A value that is refused in parts, with those parts drawn anew by the schemas that refuse them.

In: a value, its schema, and how a value of any schema is drawn. Out: a value that fits, or what
stands for none, `ABSENT`. Where several schemas speak of one part (allOf), a value that is drawn
for one of them need not fit the others; what says most is asked last.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from generator.api import Conform
from generator.api.jsonschema import Direction
from generator.compose.calling.plain import is_list, is_mapping
from generator.diagnostics import Where
from generator.diagnostics.where import split
from generator.mock.values import ABSENT

_ROUNDS = 6


def mended(
    conform: Conform, place: Where, direction: Direction, value: Any, draw: Callable[[Where], Any]
) -> Any:
    """The value as all of its schema has it, or `ABSENT` where a few rounds do not get there."""
    for _ in range(_ROUNDS):
        if value is ABSENT or conform.valid(place, value, direction):
            return value
        for fault in conform.errors(place, value, direction):
            schema = Where(fault.where.document, fault.where.pointer.rpartition("/")[0])
            drawn = draw(schema)
            if fault.instance or not is_mapping(value):
                value = _replaced(value, split(fault.instance), drawn)
            elif is_mapping(drawn):
                # What was taken for an object stays one, even where only an array would fit.
                value = {**value, **drawn}
    return ABSENT


def _replaced(value: Any, tokens: Sequence[str], by: Any) -> Any:
    """The value with another at a pointer; an object keeps what the other one does not name."""
    if by is ABSENT:
        return value
    if not tokens:
        return {**value, **by} if is_mapping(value) and is_mapping(by) else by
    first, rest = tokens[0], tokens[1:]
    if is_mapping(value) and first in value:
        return {**value, first: _replaced(value[first], rest, by)}
    if is_list(value) and first.isdigit() and int(first) < len(value):
        at = int(first)
        return [*value[:at], _replaced(value[at], rest, by), *value[at + 1 :]]
    return value

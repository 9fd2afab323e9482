"""Which items of a list a query keeps: the ways to match, and the filters of an operation."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from generator.api.behaviours import Filter
from generator.api.model import Operation
from generator.mock.calls import Call
from generator.mock.state import Fields
from generator.mock.values import is_array

Matches = Callable[[Any, Any], bool]
Keep = Callable[[Call, Fields], bool]


def _exact(kept: Any, asked: Any) -> bool:
    return kept == asked or (not isinstance(kept, bool) and str(kept) == str(asked))


MATCHES: dict[str, Matches] = {
    "exact": _exact,
    "exact-ignore-case": lambda kept, asked: str(kept).casefold() == str(asked).casefold(),
    "prefix-ignore-case": lambda kept, asked: str(kept)
    .casefold()
    .startswith(str(asked).casefold()),
    "contains-ignore-case": lambda kept, asked: str(asked).casefold() in str(kept).casefold(),
}
"""The ways in which a parameter's value may match a field's."""


def keeper(operation: Operation) -> Keep | None:
    """The function that says whether an item passes all filters of a call; None without filters."""
    filters = [
        (each.name, each.behaviours.filter)
        for each in operation.parameters
        if each.behaviours.filter is not None
    ]

    def keep(call: Call, fields: Fields) -> bool:
        return all(
            _passes(declared, fields, call.query[name])
            for name, declared in filters
            if name in call.query
        )

    return keep if filters else None


def _passes(declared: Filter, fields: Fields, asked: Any) -> bool:
    kept = fields.get(declared.field)
    wanted = asked if is_array(asked) else [asked]
    match = MATCHES[declared.match]
    return kept is not None and any(match(kept, each) for each in wanted)

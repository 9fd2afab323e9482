"""What kind of JSON a plain value is, and whether two are the same.

For the process that calls clients, which imports little.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, TypeGuard

_SHOWN = 80


def is_mapping(value: Any) -> TypeGuard[dict[str, Any]]:
    """Whether a JSON value is an object."""
    return isinstance(value, dict)


def is_list(value: Any) -> TypeGuard[list[Any]]:
    """Whether a JSON value is an array."""
    return isinstance(value, list)


def difference(one: Any, other: Any, at: str = "$", added: Collection[str] = ()) -> str:
    """The first place where two JSON values differ, nothing where they are equal.

    Numbers are compared by value; true and 1 are apart. Fields that may be `added` are passed over.
    """
    if is_mapping(one) and is_mapping(other):
        for name in sorted(one.keys() | other.keys()):
            if name in added and name not in one:
                continue
            if name not in one or name not in other:
                return f"{at}.{name} is {'added' if name in other else 'lost'}"
            found = difference(one[name], other[name], f"{at}.{name}", added)
            if found:
                return found
        return ""
    if is_list(one) and is_list(other) and len(one) == len(other):
        pairs = enumerate(zip(one, other, strict=True))
        each = (difference(left, right, f"{at}[{n}]", added) for n, (left, right) in pairs)
        return next(filter(None, each), "")
    if isinstance(one, bool) == isinstance(other, bool) and one == other:
        return ""
    return f"{at} was {repr(one)[:_SHOWN]}, is {repr(other)[:_SHOWN]}"

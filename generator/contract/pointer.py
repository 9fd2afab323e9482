"""JSON pointers into bodies (RFC 6901): what is there, or `MISSING`."""

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final, TypeGuard, cast

from generator.diagnostics.where import split


class Missing(enum.Enum):
    """The type of `MISSING`."""

    MISSING = "missing"


MISSING: Final = Missing.MISSING
"""What a pointer to nowhere gives: not null, which may be a value."""


def look(value: object, pointer: str) -> object:
    """The value that a pointer names."""
    return found(value, _tokens(pointer))


def found(value: object, tokens: tuple[str, ...]) -> object:
    """The value that a pointer names whose keys are these."""
    for token in tokens:
        if isinstance(value, dict):
            value = cast("dict[str, object]", value).get(token, MISSING)
        else:
            value = _step(value, token)
    return value


def placed(pointer: str, value: object) -> object:
    """The value wrapped in as many objects as the pointer has names."""
    for token in reversed(split(pointer)):
        value = {token: value}
    return value


def is_object(value: object) -> TypeGuard[Mapping[str, object]]:
    """Whether the value is an object."""
    return isinstance(value, Mapping)


def is_array(value: object) -> TypeGuard[list[object]]:
    """Whether the value is an array."""
    return isinstance(value, list)


def mapping(value: object) -> dict[str, object]:
    """The value where it is an object, else an empty one."""
    return dict(cast("Mapping[str, object]", value)) if isinstance(value, Mapping) else {}


def items(value: object) -> list[object]:
    """The value where it is an array, else an empty one."""
    return list(cast("list[object]", value)) if isinstance(value, list) else []


_tokens = lru_cache(4096)(split)


def _step(value: object, token: str) -> object:
    if isinstance(value, Mapping):
        return cast("Mapping[str, object]", value).get(token, MISSING)
    if isinstance(value, Sequence) and not isinstance(value, str) and token.isdigit():
        entries = cast("Sequence[object]", value)
        return entries[int(token)] if int(token) < len(entries) else MISSING
    return MISSING

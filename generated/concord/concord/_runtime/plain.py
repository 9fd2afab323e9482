# Part of the Lockstep runtime, copied here by the generator. Do not edit.
# fmt: off
"""Which kind of JSON a plain value is, in words a type checker understands.

Any value comes in; strings and bytes are no arrays.
"""

from collections.abc import Mapping, Sequence
from typing import Any, TypeGuard


def is_object(value: object) -> TypeGuard[dict[str, Any]]:
    """Whether a value is a JSON object as msgspec decodes it."""
    return isinstance(value, dict)


def is_array(value: object) -> TypeGuard[list[Any]]:
    """Whether a value is a JSON array as msgspec decodes it."""
    return isinstance(value, list)


def is_mapping(value: object) -> TypeGuard[Mapping[str, Any]]:
    """Whether a value has names and values."""
    return isinstance(value, Mapping)


def is_sequence(value: object) -> TypeGuard[Sequence[Any]]:
    """Whether a value has elements in order."""
    return isinstance(value, list | tuple)

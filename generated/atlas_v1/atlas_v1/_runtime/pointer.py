# Part of the Lockstep runtime, copied here by the generator. Do not edit.
# fmt: off
"""JSON pointers (RFC 6901) into decoded bodies, whether they are models or plain values.

A pointer that leads nowhere gives UNSET; nothing is raised, whatever a server sent.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

from msgspec import UNSET

from .models import field_of, is_model
from .plain import is_array, is_mapping, is_object, is_sequence


def lookup(value: Any, pointer: str) -> Any:
    """The value at a pointer, or UNSET."""
    for token in tokens(pointer):
        value = _step(value, token)
        if value is UNSET:
            return UNSET
    return value


@cache
def tokens(pointer: str) -> tuple[str, ...]:
    """The reference tokens of a pointer, unescaped; descriptions state few pointers."""
    return tuple(part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:])


def discard(value: Any, path: Sequence[str]) -> None:
    """Take what a pointer names out of plain JSON; the token ``*`` stands for any element."""
    head, *rest = path
    if head == "*" and is_array(value):
        for element in value:
            discard(element, rest)
    elif is_object(value) and not rest:
        value.pop(head, None)
    elif is_object(value) and head in value:
        discard(value[head], rest)


def _step(value: Any, token: str) -> Any:
    if is_model(value):
        return field_of(value, token)
    if is_mapping(value):
        return value.get(token, UNSET)
    if is_sequence(value) and token in (places := [str(place) for place in range(len(value))]):
        return value[places.index(token)]
    return UNSET

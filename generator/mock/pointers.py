"""JSON pointers into bodies: read a member, set a member of a body that is being made."""

from __future__ import annotations

from typing import Any

from generator.diagnostics.where import split
from generator.mock.values import ABSENT, is_object

Tokens = tuple[str, ...]

__all__ = ["Tokens", "lookup", "place", "split"]


def lookup(value: Any, tokens: Tokens) -> Any:
    """The member that the tokens lead to, through objects, or ABSENT."""
    for token in tokens:
        if not is_object(value) or token not in value:
            return ABSENT
        value = value[token]
    return value


def place(body: dict[str, Any], tokens: Tokens, value: Any) -> None:
    """Set the member that the tokens lead to; objects on the way are copied or made."""
    *way, last = tokens
    for token in way:
        inner = body.get(token)
        body[token] = dict(inner) if is_object(inner) else {}
        body = body[token]
    body[last] = value

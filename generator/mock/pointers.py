"""JSON pointers into bodies: read a member, set a member of a body that is being made."""

from __future__ import annotations

from typing import Any

from generator.diagnostics.where import split
from generator.mock.values import ABSENT, is_array, is_object

Tokens = tuple[str, ...]

__all__ = ["Tokens", "lookup", "place", "split"]


def lookup(value: Any, tokens: Tokens) -> Any:
    """The member that the tokens lead to, through objects, or ABSENT."""
    for token in tokens:
        if not is_object(value) or token not in value:
            return ABSENT
        value = value[token]
    return value


def place(body: Any, tokens: Tokens, value: Any) -> None:
    """Set the member that the tokens lead to; what stands on the way is copied or made.

    Members of arrays must stand there; the way is through objects where it is made.
    """
    *way, last = tokens
    for token in way:
        inner = _member(body, token)
        _set(body, token, dict(inner) if is_object(inner) else _opened(inner))
        body = _member(body, token)
    _set(body, last, value)


def _opened(value: Any) -> Any:
    return list(value) if is_array(value) else dict[str, Any]()


def _member(body: Any, token: str) -> Any:
    if is_array(body):
        return body[int(token)] if _within(body, token) else ABSENT
    return body.get(token)


def _set(body: Any, token: str, value: Any) -> None:
    if not is_array(body):
        body[token] = value
    elif _within(body, token):
        body[int(token)] = value


def _within(array: list[Any], token: str) -> bool:
    return token.isdecimal() and int(token) < len(array)

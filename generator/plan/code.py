"""Declarations as data: what a generated module states, before it is text.

A `Call` is a construction like `Operation(id=..., path=...)`. Plain values in it come from the
description and are quoted when they are printed; `Code` is a name or type that plan itself made.
"""

from __future__ import annotations

from msgspec import Struct


class Code(Struct, frozen=True):
    """An expression that plan made: names and types, never text of a description."""

    text: str


class Call(Struct, frozen=True):
    """A call with positional and keyword arguments; `exploded` puts each on its own line."""

    function: str
    positional: tuple[Value, ...] = ()
    keywords: dict[str, Value] = {}
    exploded: bool = False


Value = (
    Code
    | Call
    | str
    | int
    | float
    | bool
    | None
    | tuple["Value", ...]
    | list["Value"]
    | dict[str, "Value"]
)


def mentioned(value: Value) -> set[str]:
    """The names that a declaration mentions outside of text: what is called, and code."""
    if isinstance(value, Code):
        return {value.text}
    if not isinstance(value, Call):
        return set()
    inside = (*value.positional, *value.keywords.values())
    return {value.function}.union(*map(mentioned, inside))


def given(**keywords: Value) -> dict[str, Value]:
    """The keywords that say something: not empty, None or the default False."""
    return {name: value for name, value in keywords.items() if value not in ("", None, (), False)}

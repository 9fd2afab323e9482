"""Python types as trees, and how they are written.

A type is planned once and written in several modules: in `models` a class has its bare name,
elsewhere it stands behind `models.`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from msgspec import Struct

_NAMES = re.compile(r"(?<![.\w])\w+")
WIDTH = 88
"""The line width of generated code: Black's default."""


class Plain(Struct, frozen=True):
    """A builtin or typing name: str, int, float, bool, bytes, Any, UnsetType, None."""

    name: str


class ClassRef(Struct, frozen=True):
    """A class or alias of the models module; `base` is what an enumeration is made of."""

    name: str
    base: str = ""


class ListOf(Struct, frozen=True):
    """A list."""

    item: Type


class TupleOf(Struct, frozen=True):
    """A list of fixed length, each place with a type of its own."""

    items: tuple[Type, ...]


class MapOf(Struct, frozen=True):
    """A mapping with string keys."""

    value: Type


class EventOf(Struct, frozen=True):
    """A server-sent event whose data is JSON of a type; what is no JSON stays text."""

    data: Type


class UnionOf(Struct, frozen=True):
    """Alternatives, flat and without repetition, at least two."""

    members: tuple[Type, ...]


Type = Plain | ClassRef | ListOf | TupleOf | MapOf | EventOf | UnionOf

ANY = Plain("Any")
BOOL = Plain("bool")
BYTES = Plain("bytes")
DECIMAL = Plain("Decimal")
FILE = Plain("FileLike")
"""A file in a form, in every way that files are given."""
FLOAT = Plain("float")
INT = Plain("int")
NONE = Plain("None")
STR = Plain("str")
UNSET = Plain("UnsetType")


def members(kind: Type) -> tuple[Type, ...]:
    """The alternatives of a type."""
    return kind.members if isinstance(kind, UnionOf) else (kind,)


def classes(kind: Type) -> Iterator[str]:
    """The names of the classes and aliases in a type."""
    for each in members(kind):
        if isinstance(each, ClassRef):
            yield each.name
        elif isinstance(each, ListOf):
            yield from classes(each.item)
        elif isinstance(each, TupleOf):
            for item in each.items:
                yield from classes(item)
        elif isinstance(each, MapOf):
            yield from classes(each.value)
        elif isinstance(each, EventOf):
            yield from classes(each.data)


def union(*kinds: Type) -> Type:
    """One type for several: flat, each once, `None` last; Any swallows all but UnsetType."""
    flat = list(dict.fromkeys(member for kind in kinds for member in members(kind)))
    if ANY in flat:
        return ANY
    if NONE in flat:
        flat = [member for member in flat if member != NONE] + [NONE]
    return flat[0] if len(flat) == 1 else UnionOf(tuple(flat))


def text(kind: Type, prefix: str = "") -> str:
    """A type in one line."""
    if isinstance(kind, Plain):
        return kind.name
    if isinstance(kind, ClassRef):
        return prefix + kind.name
    if isinstance(kind, ListOf):
        return f"list[{text(kind.item, prefix)}]"
    if isinstance(kind, TupleOf):
        return f"tuple[{', '.join(text(item, prefix) for item in kind.items)}]"
    if isinstance(kind, MapOf):
        return f"dict[str, {text(kind.value, prefix)}]"
    if isinstance(kind, EventOf):
        return f"Event[{text(union(kind.data, STR), prefix)}]"
    return " | ".join(text(member, prefix) for member in kind.members)


def annotation(kind: Type, prefix: str, before: int, after: int, indent: int) -> str:
    """A type that has so many characters before and after it in its line; exploded if too wide.

    What is exploded here is what Black would print: it is never looked at again.
    """
    line = text(kind, prefix)
    if indent + before + len(line) + after <= WIDTH or isinstance(kind, Plain | ClassRef):
        return line
    pad, inner = " " * indent, indent + 4
    if isinstance(kind, ListOf):
        return f"list[\n{pad}    {annotation(kind.item, prefix, 0, 0, inner)}\n{pad}]"
    if isinstance(kind, TupleOf) and len(kind.items) == 1:
        return f"tuple[\n{pad}    {annotation(kind.items[0], prefix, 0, 0, inner)}\n{pad}]"
    if isinstance(kind, TupleOf):
        rows = [annotation(item, prefix, 0, 1, inner) for item in kind.items]
        return f"tuple[\n{_rows(rows, pad)}{pad}]"
    if isinstance(kind, MapOf):
        rows = ["str", annotation(kind.value, prefix, 0, 1, inner)]
        return f"dict[\n{_rows(rows, pad)}{pad}]"
    if isinstance(kind, EventOf):
        data = annotation(union(kind.data, STR), prefix, 0, 0, inner)
        return f"Event[\n{pad}    {data}\n{pad}]"
    rows = [annotation(member, prefix, 0, 1, inner) for member in kind.members]
    return f"Union[\n{_rows(rows, pad)}{pad}]"


def _rows(rows: list[str], pad: str) -> str:
    return "".join(f"{pad}    {row},\n" for row in rows)


@lru_cache(10_000)  # Operations of an API name few types, many times.
def words_of(code: str) -> frozenset[str]:
    """The names that a piece of code mentions, without those that it reaches through a dot."""
    return frozenset(_NAMES.findall(code))

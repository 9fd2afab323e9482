"""The shapes that a schema can ask of a Python type, in which other schemas are places."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from generator.diagnostics import Where


class Untyped(Struct, frozen=True):
    """Any JSON value."""

    nullable: bool = False


class Scalar(Struct, frozen=True):
    """A string, number, boolean or null; `always` is its only value where there is but one."""

    name: str
    nullable: bool = False
    always: str | int | None = None


class Enumeration(Struct, frozen=True):
    """Strings or integers, known by name."""

    where: Where
    base: str
    values: tuple[str | int, ...]
    nullable: bool = False


class Array(Struct, frozen=True):
    """A list; `prefix` has the schemas of its first items.

    `ends` says that there are no more, `whole` that all of them are there.
    """

    item: Where | None
    nullable: bool = False
    prefix: tuple[Where, ...] = ()
    ends: bool = False
    whole: bool = False


class Mapped(Struct, frozen=True):
    """An object without properties of its own: string keys to values.

    `others` are schemas of values, too, where the keys decide which.
    """

    value: Where | None
    nullable: bool = False
    others: tuple[Where, ...] = ()


class Record(Struct, frozen=True):
    """An object with properties; `where` is the schema whose class it is.

    `rivals` has the other schemas of a property that several alternatives declare; `open` are those
    that only alternatives and conditions declare, which need not hold.
    """

    where: Where
    properties: Mapping[str, Where]
    required: frozenset[str]
    nullable: bool = False
    rivals: Mapping[str, tuple[Where, ...]] = {}
    open: frozenset[str] = frozenset()


class Choice(Struct, frozen=True):
    """One of several; `discriminator` maps the tags of a property to places, where there is one."""

    where: Where
    branches: tuple[Where, ...]
    property: str = ""
    tags: tuple[tuple[str, Where], ...] = ()
    nullable: bool = False


class Several(Struct, frozen=True):
    """Several JSON types at once, each with its own shape."""

    shapes: tuple[Shape, ...]
    nullable: bool = False


Shape = Untyped | Scalar | Enumeration | Array | Mapped | Record | Choice | Several

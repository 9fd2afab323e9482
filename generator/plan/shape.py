"""The shapes that a schema can ask of a Python type, in which other schemas are places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from generator.diagnostics import Where


@dataclass(frozen=True, slots=True)
class Untyped:
    """Any JSON value."""

    nullable: bool = False


@dataclass(frozen=True, slots=True)
class Scalar:
    """A string, number, boolean or null; `always` is its only value where there is but one."""

    name: str
    nullable: bool = False
    always: str | int | None = None


@dataclass(frozen=True, slots=True)
class Enumeration:
    """Strings or integers, known by name."""

    where: Where
    base: str
    values: tuple[str | int, ...]
    nullable: bool = False


@dataclass(frozen=True, slots=True)
class Array:
    """A list; `prefix` has the schemas of its first items.

    `ends` says that there are no more, `whole` that all of them are there.
    """

    item: Where | None
    nullable: bool = False
    prefix: tuple[Where, ...] = ()
    ends: bool = False
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Mapped:
    """An object without properties of its own: string keys to values.

    `others` are schemas of values, too, where the keys decide which.
    """

    value: Where | None
    nullable: bool = False
    others: tuple[Where, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """An object with properties; `where` is the schema whose class it is.

    `rivals` has the other schemas of a property that several alternatives declare; `open` are those
    that only alternatives and conditions declare, which need not hold.
    """

    where: Where
    properties: Mapping[str, Where]
    required: frozenset[str]
    nullable: bool = False
    rivals: Mapping[str, tuple[Where, ...]] = field(default_factory=dict[str, tuple[Where, ...]])
    open: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several; `discriminator` maps the tags of a property to places, where there is one."""

    where: Where
    branches: tuple[Where, ...]
    property: str = ""
    tags: tuple[tuple[str, Where], ...] = ()
    nullable: bool = False


@dataclass(frozen=True, slots=True)
class Several:
    """Several JSON types at once, each with its own shape."""

    shapes: tuple[Shape, ...]
    nullable: bool = False


Shape = Untyped | Scalar | Enumeration | Array | Mapped | Record | Choice | Several

"""One JSON Schema, normalised to the 2020-12 dialect whatever the description's own dialect was.

`keywords` holds what has no schema inside (bounds, enum, format, default, title ...) and
`children` what has (properties, items, allOf ...), each child as the canonical place of its schema.
`nullable`, boolean exclusive bounds and `example` of older dialects are gone: build turned them
into `type: null`, numbers and `examples`. The schema `false` is `never`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import cast

from msgspec import Struct

from generator.diagnostics import Where

Child = Where | tuple[Where, ...] | Mapping[str, Where]


class Discriminator(Struct, frozen=True, kw_only=True):
    """Which property tells the branch, and which value means which schema."""

    property: str
    mapping: Mapping[str, Where] = {}


class Schema(Struct, frozen=True, kw_only=True):
    """A schema at its canonical place; `name` is its name in components, or empty."""

    where: Where
    name: str = ""
    types: frozenset[str] = frozenset()
    keywords: Mapping[str, object] = {}
    children: Mapping[str, Child] = {}
    discriminator: Discriminator | None = None
    opaque: str = ""
    enveloped: bool = False
    never: bool = False

    def one(self, keyword: str) -> Where | None:
        """The single child schema of a keyword, like items or not."""
        child = self.children.get(keyword)
        return child if isinstance(child, Where) else None

    def many(self, keyword: str) -> tuple[Where, ...]:
        """The child schemas of a keyword that takes a list, like allOf or prefixItems."""
        child = self.children.get(keyword)
        return child if isinstance(child, tuple) else ()

    def named(self, keyword: str) -> Mapping[str, Where]:
        """The child schemas of a keyword that takes a mapping, like properties."""
        child = self.children.get(keyword)
        return child if isinstance(child, Mapping) else {}

    @property
    def properties(self) -> Mapping[str, Where]:
        """The declared properties by name, in the description's order."""
        return self.named("properties")

    @property
    def required(self) -> tuple[str, ...]:
        """The names of required properties."""
        values = self.keywords.get("required")
        return tuple(cast("list[str]", values)) if isinstance(values, list) else ()

    @property
    def enum(self) -> tuple[object, ...] | None:
        """The enumerated values, or None where there is no enum."""
        values = self.keywords.get("enum")
        return tuple(cast("list[object]", values)) if isinstance(values, list) else None

    @property
    def examples(self) -> tuple[object, ...]:
        """The examples, of which the first is the one to show."""
        values = self.keywords.get("examples")
        return tuple(cast("list[object]", values)) if isinstance(values, list) else ()

    @property
    def nullable(self) -> bool:
        """Whether null is one of the declared types."""
        return "null" in self.types

    @property
    def read_only(self) -> bool:
        """Whether only the server sends it."""
        return self.keywords.get("readOnly") is True

    @property
    def write_only(self) -> bool:
        """Whether only the client sends it."""
        return self.keywords.get("writeOnly") is True

    @property
    def description(self) -> str:
        """The description, or the title, or nothing."""
        return str(self.keywords.get("description") or self.keywords.get("title") or "")

    def places(self) -> Iterator[Where]:
        """Every child schema's place."""
        for child in self.children.values():
            if isinstance(child, Where):
                yield child
            elif isinstance(child, tuple):
                yield from child
            else:
                yield from child.values()

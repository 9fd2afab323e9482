"""A cursor over a resolved description: a value together with the place where it stands.

Documents that break the specification are read as far as they make sense, so every access says
which type it wants and gets that or nothing. Nothing here raises for what a document holds.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeGuard

from msgspec import Struct

from generator.diagnostics import Where
from generator.document import Resolved


def is_mapping(value: object) -> TypeGuard[dict[str, object]]:
    """Whether a value of a document is a mapping; its keys are strings then."""
    return isinstance(value, dict)


def is_sequence(value: object) -> TypeGuard[list[object]]:
    """Whether a value of a document is a list."""
    return isinstance(value, list)


class Node(Struct, frozen=True):
    """A value at a place of a resolved description."""

    resolved: Resolved
    where: Where
    value: object

    @property
    def mapping(self) -> dict[str, object]:
        """The value as a mapping; empty where it is none."""
        return self.value if is_mapping(self.value) else {}

    @property
    def sequence(self) -> list[object]:
        """The value as a list; empty where it is none."""
        return self.value if is_sequence(self.value) else []

    def deref(self) -> Node:
        """The node that a `$ref` here ends in, or this one; nothing where it ends nowhere."""
        if not isinstance(self.mapping.get("$ref"), str):
            return self
        try:
            where = self.resolved.target(self.where)
        except LookupError:
            # Reported when references were resolved; the rest of the description is read all the
            # same, so that everything wrong with it is said at once.
            return Node(self.resolved, self.where, None)
        return Node(self.resolved, where, self.resolved.value(where))

    def raw(self, key: str) -> Node:
        """The member as it stands, its `$ref` not followed; its value is None where absent."""
        return Node(self.resolved, self.where.at(key), self.mapping.get(key))

    def get(self, key: str) -> Node:
        """The member with its `$ref` followed; its value is None where absent."""
        return self.raw(key).deref()

    def raw_members(self) -> Iterator[tuple[str, Node]]:
        """Members in order, `$ref`s not followed."""
        for key, value in self.mapping.items():
            yield key, Node(self.resolved, self.where.at(key), value)

    def members(self) -> Iterator[tuple[str, Node]]:
        """Members that are no extensions, in order, `$ref`s followed."""
        for key, node in self.raw_members():
            if not key.startswith("x-"):
                yield key, node.deref()

    def raw_items(self) -> Iterator[Node]:
        """Items in order, `$ref`s not followed."""
        for index, value in enumerate(self.sequence):
            yield Node(self.resolved, self.where.at(index), value)

    def items(self) -> Iterator[Node]:
        """Items in order, `$ref`s followed."""
        return (node.deref() for node in self.raw_items())

    def text(self, key: str, default: str = "") -> str:
        """A member that is text, or the default."""
        value = self.mapping.get(key)
        return value if isinstance(value, str) else default

    def flag(self, key: str, default: bool = False) -> bool:
        """A member that is a boolean, or the default."""
        value = self.mapping.get(key)
        return value if isinstance(value, bool) else default

    def texts(self, key: str) -> tuple[str, ...]:
        """The text items of a member that is a list."""
        value = self.mapping.get(key)
        items = value if is_sequence(value) else []
        return tuple(item for item in items if isinstance(item, str))

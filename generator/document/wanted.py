"""The pointers whose positions are asked for, as a tree that is walked beside a text.

In come pointers and, while a text is gone through, positions of nodes; out goes a position for each
pointer: its own, or that of the nearest node above it that the text spells out.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from generator.diagnostics.where import split

Position = tuple[int, int]
"""Line and column, counted from 1."""


class Node(Struct):
    """A place on the way to something wanted, or wanted itself."""

    position: Position | None = None
    children: dict[str, Node] = {}


class Wanted:
    """The tree, and how many of its nodes have no position yet."""

    def __init__(self, pointers: Iterable[str]) -> None:
        self._asked = {pointer: split(pointer) for pointer in pointers}
        self.root = Node()
        self.missing = 1
        for tokens in self._asked.values():
            self._add(tokens)

    def note(self, node: Node | None, position: Position) -> None:
        """The first position of a node counts; what is not wanted has none."""
        if node is not None and node.position is None:
            node.position = position
            self.missing -= 1

    def positions(self) -> dict[str, Position]:
        """The position of each pointer."""
        return {pointer: self._nearest(tokens) for pointer, tokens in self._asked.items()}

    def _add(self, tokens: Iterable[str]) -> None:
        node = self.root
        for token in tokens:
            if token not in node.children:
                node.children[token] = Node()
                self.missing += 1
            node = node.children[token]

    def _nearest(self, tokens: Iterable[str]) -> Position:
        node = self.root
        nearest = node.position or (1, 1)
        for token in tokens:
            node = node.children[token]
            if node.position is None:
                break
            nearest = node.position
        return nearest

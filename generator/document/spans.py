"""From a place by pointer to the line and column that a person needs.

In come documents and places, out go positions: of the key for a mapping's member, of the item for a
sequence's. A document's text is gone through once for all places that are asked together, and no
further than the last of them. A place that the text does not spell out (it came through an alias or
a merge key, or is nowhere) gets the nearest place above it that does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import yaml

import generator.document.events as events
from generator.diagnostics import Span, Where
from generator.diagnostics.where import split
from generator.document.decoding import decode
from generator.document.document import Document
from generator.document.refusal import Refusal

_Position = tuple[int, int]


class Spans:
    """Finds positions in these documents, and remembers them."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._documents = {each.name: each for each in _with_overlays(documents)}
        self._found: dict[Where, Span] = {}

    def find(self, where: Where | Span) -> Span:
        """The position of one place."""
        return self.find_all([where])[where]

    def find_all(self, wheres: Iterable[Where | Span]) -> dict[Where | Span, Span]:
        """The positions of many places, each document's text read once at most."""
        asked = list(wheres)
        written = {where: self._written(where) for where in asked if isinstance(where, Where)}
        by_document: dict[str, set[str]] = {}
        for where in written.values():
            if where not in self._found:
                by_document.setdefault(where.document, set()).add(where.pointer)
        for name, pointers in by_document.items():
            for pointer, (line, column) in self._search(name, pointers).items():
                self._found[Where(name, pointer)] = Span(name, line, column)
        return {
            where: self._found[written[where]] if isinstance(where, Where) else where
            for where in asked
        }

    def _written(self, where: Where) -> Where:
        document = self._documents.get(where.document)
        return document.origin(where.pointer) if document is not None else where

    def _search(self, name: str, pointers: Iterable[str]) -> Mapping[str, _Position]:
        document = self._documents.get(name)
        if document is None:
            return dict.fromkeys(pointers, (1, 1))
        try:
            text = decode(name, document.text)
        except Refusal:
            text = ""
        return search(text, pointers)


@dataclass(slots=True)
class _Wanted:
    """A node of the tree of wanted pointers."""

    position: _Position | None = None
    children: dict[str, _Wanted] = field(default_factory=dict[str, "_Wanted"])


@dataclass(slots=True)
class _Frame:
    """A collection on the way to something wanted."""

    wanted: _Wanted
    mapping: bool
    items: int = 0
    member: _Wanted | None = None
    at_key: bool = True


def search(text: str, pointers: Iterable[str]) -> dict[str, _Position]:
    """The position of each pointer in a YAML or JSON text."""
    asked = {pointer: split(pointer) for pointer in pointers}
    root = _Wanted()
    for tokens in asked.values():
        node = root
        for token in tokens:
            node = node.children.setdefault(token, _Wanted())
    _Search(root).run(text)
    return {pointer: _nearest(root, tokens) for pointer, tokens in asked.items()}


class _Search:
    """Goes through the events and notes where wanted nodes begin, until all are found."""

    def __init__(self, root: _Wanted) -> None:
        self._root = root
        self._missing = sum(1 for _ in _nodes(root))
        self._frames: list[_Frame] = []
        self._skipped = 0

    def run(self, text: str) -> None:
        """Fill in the positions; a text that is not well-formed is read as far as it goes."""
        if text.lstrip(" \t\r\n")[:1] in ("{", "["):
            text = events.without_surrogates(text)
        readable, restore = events.shielded(text)
        try:
            for event in events.parse(readable):
                self._take(event, restore)
                if not self._missing:
                    return
        except yaml.YAMLError:
            return

    def _take(self, event: yaml.Event, restore: Mapping[int, str]) -> None:
        if isinstance(event, yaml.CollectionEndEvent):
            if self._skipped:
                self._skipped -= 1
            else:
                self._frames.pop()
        elif self._skipped:
            self._skipped += isinstance(event, yaml.CollectionStartEvent)
        elif isinstance(event, yaml.NodeEvent):
            self._enter(event, self._node(event, restore))

    def _enter(self, event: yaml.NodeEvent, node: _Wanted | None) -> None:
        if not isinstance(event, yaml.CollectionStartEvent):
            return
        if node is not None and node.children:
            self._frames.append(_Frame(node, isinstance(event, yaml.MappingStartEvent)))
        else:
            self._skipped = 1

    def _node(self, event: yaml.NodeEvent, restore: Mapping[int, str]) -> _Wanted | None:
        """What is wanted of the node that begins with this event."""
        if not self._frames:
            self._note(self._root, event)
            return self._root
        frame = self._frames[-1]
        if not frame.mapping:
            node = frame.wanted.children.get(str(frame.items))
            frame.items += 1
            self._note(node, event)
            return node
        frame.at_key = not frame.at_key
        if frame.at_key:
            return frame.member
        key = event.value if isinstance(event, yaml.ScalarEvent) else None
        frame.member = None
        if key is not None:
            frame.member = frame.wanted.children.get(key.translate(restore) if restore else key)
        self._note(frame.member, event)
        return None

    def _note(self, node: _Wanted | None, event: yaml.Event) -> None:
        if node is not None and node.position is None:
            node.position = events.position(event.start_mark)
            self._missing -= 1


def _nodes(root: _Wanted) -> Iterator[_Wanted]:
    pending = [root]
    while pending:
        node = pending.pop()
        pending.extend(node.children.values())
        yield node


def _nearest(root: _Wanted, tokens: Iterable[str]) -> _Position:
    node = root
    nearest = root.position or (1, 1)
    for token in tokens:
        node = node.children[token]
        if node.position is None:
            break
        nearest = node.position
    return nearest


def _with_overlays(documents: Iterable[Document]) -> Iterator[Document]:
    for document in documents:
        yield document
        yield from document.overlays

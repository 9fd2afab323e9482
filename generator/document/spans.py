"""From a place by pointer to the line and column that a person needs.

In come documents and places, out go positions: of the key for a mapping's member, of the item for a
sequence's. A document's text is gone through once for all places that are asked together, and no
further than the last of them. A place that the text does not spell out (it came through an alias or
a merge key, or is nowhere) gets the nearest place above it that does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from generator.diagnostics import Span, Where
from generator.document.decoding import decode
from generator.document.document import Document
from generator.document.event_places import find_in_events
from generator.document.json_places import find_in_json
from generator.document.refusal import Refusal
from generator.document.wanted import Position, Wanted


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

    def _search(self, name: str, pointers: Iterable[str]) -> Mapping[str, Position]:
        document = self._documents.get(name)
        if document is None:
            return dict.fromkeys(pointers, (1, 1))
        try:
            text = decode(name, document.text)
        except Refusal:
            text = ""
        return search(text, pointers)


def search(text: str, pointers: Iterable[str]) -> dict[str, Position]:
    """The position of each pointer in a YAML or JSON text."""
    wanted = Wanted(pointers)
    if not find_in_json(text, wanted):
        find_in_events(text, wanted)
    return wanted.positions()


def _with_overlays(documents: Iterable[Document]) -> Iterator[Document]:
    for document in documents:
        yield document
        yield from document.overlays

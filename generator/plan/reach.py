"""Which schemas requests and responses lead to, and which of them need two classes.

A read-only property is no part of a request, a write-only one no part of a response. A record that
travels both ways and differs, itself or in what it holds, gets a class for each way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from generator.diagnostics import Where
from generator.plan.shape import Array, Choice, Enumeration, Mapped, Record, Several, Shape
from generator.plan.shapes import Shapes

Way = Literal["read", "write"]


class Reach:
    """The schemas that travel each way, from the roots of each."""

    def __init__(self, shapes: Shapes, reads: Iterable[Where], writes: Iterable[Where]) -> None:
        self._shapes = shapes
        self.read = self._from(reads, "read")
        self.write = self._from(writes, "write")
        self.split = self._differing()

    def fields(self, record: Record, way: Way) -> dict[str, Where]:
        """The properties of a record that travel one way."""
        return {
            name: place for name, place in record.properties.items() if self._travels(place, way)
        }

    def _travels(self, place: Where, way: Way) -> bool:
        hidden = "writeOnly" if way == "read" else "readOnly"
        return self._shapes.about(place, hidden) is not True

    def _from(self, roots: Iterable[Where], way: Way) -> dict[Where, None]:
        found: dict[Where, None] = {}
        waiting = list(dict.fromkeys(roots))[::-1]
        while waiting:
            place = waiting.pop()
            shape = self._shapes[place]
            place = self._canonical(place)
            if place not in found:
                found[place] = None
                waiting.extend(list(self._below(shape, way))[::-1])
        return found

    def _canonical(self, place: Where) -> Where:
        """The place itself, or that of the class it only annotates."""
        shape = self._shapes[place]
        return shape.where if isinstance(shape, Record | Enumeration | Choice) else place

    def _below(self, shape: Shape, way: Way) -> Iterator[Where]:
        if isinstance(shape, Record):
            for name, place in self.fields(shape, way).items():
                yield place
                yield from shape.rivals.get(name, ())
        elif isinstance(shape, Choice):
            yield from shape.branches
        elif isinstance(shape, Several):
            for each in shape.shapes:
                yield from self._below(each, way)
        elif isinstance(shape, Array):
            yield from shape.prefix
            yield from () if shape.item is None else (shape.item,)
        elif isinstance(shape, Mapped) and shape.value is not None:
            yield from (shape.value, *shape.others)

    def _differing(self) -> frozenset[Where]:
        """Records and unions (by the place of their class) that differ by their way."""
        both = [place for place in self.read if place in self.write]
        owners: dict[Where, list[Where]] = {}
        differing: dict[Where, None] = {}
        for place in both:
            shape = self._shapes[place]
            for below in self._below(shape, "write"):
                owners.setdefault(self._canonical(below), []).append(place)
            if isinstance(shape, Record) and self._differs(shape):
                differing[place] = None
        waiting = list(differing)
        while waiting:
            for owner in owners.get(waiting.pop(), ()):
                if owner not in differing:
                    differing[owner] = None
                    waiting.append(owner)
        classes = Record | Choice
        return frozenset(place for place in differing if isinstance(self._shapes[place], classes))

    def _differs(self, record: Record) -> bool:
        return self.fields(record, "read").keys() != self.fields(record, "write").keys()

"""The classes of the models module: which schemas have one, their names, types made of them.

In: shapes and where they travel. Out: names for records, enumerations and tagged unions, and the
type of any schema on its way. What had to be widened is a `type-widened` note at its place.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.diagnostics import Diagnostics, Where
from generator.plan.hints import Hints
from generator.plan.names import ANNOTATION_NAMES, Names
from generator.plan.reach import Reach, Way
from generator.plan.shapes import (
    Array,
    Choice,
    Enumeration,
    Mapped,
    Record,
    Scalar,
    Several,
    Shape,
    Shapes,
    Untyped,
)
from generator.plan.types import ANY, NONE, ClassRef, ListOf, MapOf, Plain, Type, union
from generator.plan.unions import Tags, decodable


class Classes:
    """Names and types for every schema that is reached."""

    def __init__(
        self, shapes: Shapes, reach: Reach, hints: Hints, names: Names, diagnostics: Diagnostics
    ) -> None:
        self.shapes = shapes
        self.reach = reach
        self._hints = hints
        self._diagnostics = diagnostics
        self._reached = list(dict.fromkeys((*reach.read, *reach.write)))
        self.tags = Tags(shapes, self._reached)
        self._scope = names.scope(ANNOTATION_NAMES)
        self._names: dict[tuple[Where, str], str] = {}
        self._open: set[Where] = set()
        self._allocate()

    def _allocate(self) -> None:
        """Name every class, components first, each group in the order of their places."""
        wanted = sorted(set(self._wanted()), key=lambda each: (not self._named(each[0]), each))
        keys = {self._key(place, variant): "" for place, variant in wanted}
        self._scope.hold(keys)
        for place, variant in wanted:
            fold = _varied(self._hints.of(place), variant)
            key = self._key(place, variant)
            self._names[place, variant] = self._scope.name(key, fold, place)

    def _key(self, place: Where, variant: str) -> str:
        """The key of a class in the table of names; a property's own pointer is its field's."""
        what = variant or ("" if self._named(place) else "class")
        pointer = place.pointer or "#"
        return f"{pointer} ({what})" if what else pointer

    def _named(self, place: Where) -> bool:
        return bool(self.shapes.api.schema(place).name)

    def _wanted(self) -> Iterator[tuple[Where, str]]:
        for place in self._reached:
            for shape in _flat(self.shapes[place]):
                if isinstance(shape, Record):
                    yield from self._variants(shape.where)
                elif isinstance(shape, Enumeration):
                    yield shape.where, ""
                elif isinstance(shape, Choice) and shape.where in self.tags.choices:
                    yield shape.where, ""
                    yield shape.where, "unknown"

    def _variants(self, record: Where) -> Iterator[tuple[Where, str]]:
        yield record, ""
        if record in self.reach.split:
            yield record, "request"

    def ways(self, record: Record) -> Iterator[tuple[str, Way]]:
        """The classes of a record: the name of each and the way it travels."""
        if record.where in self.reach.split:
            yield self._names[record.where, ""], "read"
            yield self._names[record.where, "request"], "write"
        else:
            way: Way = "read" if record.where in self.reach.read else "write"
            yield self._names[record.where, ""], way

    def name(self, place: Where, variant: str = "") -> str:
        """The name of a class."""
        return self._names[place, variant]

    def found(self) -> Iterator[Shape]:
        """Every shape that has a class, each once."""
        seen: set[Where] = set()
        for place in self._reached:
            for shape in _flat(self.shapes[place]):
                if isinstance(shape, Record | Enumeration | Choice) and shape.where not in seen:
                    seen.add(shape.where)
                    yield shape

    def note_bytes(self, place: Where) -> None:
        """Say that a body is not decoded."""
        self._diagnostics.report("body-as-bytes", "XML is handed over as bytes", place)

    def type(self, place: Where, way: Way) -> Type:
        """The type of a schema on its way."""
        if place in self._open:
            self._widen(place, "a value that holds itself without a record between")
            return ANY
        self._open.add(place)
        try:
            return self._of(self.shapes[place], place, way)
        finally:
            self._open.discard(place)

    def _of(self, shape: Shape, place: Where, way: Way) -> Type:
        kind = self._bare(shape, place, way)
        return union(kind, NONE) if shape.nullable else kind

    def _bare(self, shape: Shape, place: Where, way: Way) -> Type:
        if isinstance(shape, Untyped):
            return ANY
        if isinstance(shape, Scalar):
            return Plain(shape.name)
        if isinstance(shape, Enumeration):
            return ClassRef(self._names[shape.where, ""], shape.base)
        if isinstance(shape, Array):
            return ListOf(ANY if shape.item is None else self.type(shape.item, way))
        if isinstance(shape, Mapped):
            return MapOf(ANY if shape.value is None else self.type(shape.value, way))
        if isinstance(shape, Record):
            return self._record(shape.where, way)
        if isinstance(shape, Several):
            return self._union([self._of(each, place, way) for each in shape.shapes], place, way)
        return self._choice(shape, place, way)

    def _record(self, where: Where, way: Way) -> ClassRef:
        variant = "request" if way == "write" and where in self.reach.split else ""
        return ClassRef(self._names[where, variant], tagged=where in self.tags.records)

    def _choice(self, choice: Choice, place: Where, way: Way) -> Type:
        kinds = [self.type(branch, way) for branch in choice.branches]
        if choice.where in self.tags.choices and way == "read":
            return ClassRef(self._names[choice.where, ""], tagged=True)
        return self._union(kinds, place, way)

    def _union(self, kinds: list[Type], place: Where, way: Way) -> Type:
        if way == "write":
            return union(*kinds)
        kind, widened = decodable(kinds)
        if widened:
            self._widen(place, "alternatives that no tag or type of JSON tells apart")
        return kind

    def _widen(self, place: Where, what: str) -> None:
        message = f"{what}: read as plain JSON"
        self._diagnostics.report("type-widened", message, place)


def _flat(shape: Shape) -> Iterator[Shape]:
    yield shape
    if isinstance(shape, Several):
        for each in shape.shapes:
            yield from _flat(each)


def _varied(hint: str, variant: str) -> str:
    if variant == "request":
        return f"{hint}Input"
    return f"Unknown{hint}" if variant == "unknown" else hint

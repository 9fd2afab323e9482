"""The classes of the models module: which schemas have one, their names, types made of them.

In: shapes and where they travel. Out: names for records, enumerations and tagged unions, and the
type of any schema on its way. What had to be widened is a `type-widened` note at its place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.diagnostics import Diagnostics, Where
from generator.plan.hints import Hints
from generator.plan.names import ANNOTATION_NAMES, Names
from generator.plan.reach import Reach, Way
from generator.plan.shape import (
    Array,
    Choice,
    Enumeration,
    Mapped,
    Record,
    Scalar,
    Several,
    Shape,
    Untyped,
)
from generator.plan.shapes import Shapes
from generator.plan.types import (
    ANY,
    NONE,
    ClassRef,
    ListOf,
    MapOf,
    Plain,
    TupleOf,
    Type,
    members,
    text,
    union,
)
from generator.plan.unions import Tags, Untagged, constants, decodable, merged


class Classes:
    """Names and types for every schema that is reached."""

    def __init__(
        self,
        shapes: Shapes,
        reach: Reach,
        hints: Hints,
        names: Names,
        diagnostics: Diagnostics,
        taken: frozenset[str] = frozenset(),
    ) -> None:
        self.shapes = shapes
        self.reach = reach
        self._hints = hints
        self._diagnostics = diagnostics
        self._reached = list(dict.fromkeys((*reach.read, *reach.write)))
        self.tags = Tags(shapes, self._reached)
        self.untagged = Untagged(shapes, self.tags)
        self._all_names = names
        self._scope = names.scope(ANNOTATION_NAMES | taken)
        self._names: dict[tuple[Where, str], str] = {}
        self._open: set[Where] = set()
        self._members: dict[tuple[Where, Way], tuple[Type, ...]] = {}
        self._records: dict[str, Where] = {}
        self._allocate()
        self._note_assumed_tags()
        self._note_assumed_types()

    def _allocate(self) -> None:
        """Name every class, components first, each group in the order of their places."""
        wanted = sorted(set(self._wanted()), key=lambda each: (not self._named(each[0]), each))
        keys = {self._key(place, variant): "" for place, variant in wanted}
        self._scope.hold(keys)
        for place, variant in wanted:
            apart = "" if self.shapes.declared(place) == place else "Base"
            fold = _varied(self._hints.of(self.shapes.declared(place)) + apart, variant)
            key = self._key(place, variant)
            self._names[place, variant] = self._scope.name(key, fold, place)

    def _key(self, place: Where, variant: str) -> str:
        """The key of a class in the table of names; a property's own pointer is its field's."""
        what = variant or ("" if self._named(place) else "class")
        pointer = self._all_names.key(place) or "#"
        return f"{pointer} ({what})" if what else pointer

    def _named(self, place: Where) -> bool:
        return place in self.shapes.api.schemas and bool(self.shapes.schema(place).name)

    def _wanted(self) -> Iterator[tuple[Where, str]]:
        for place in self._reached:
            for shape in _flat(self.shapes[place]):
                if isinstance(shape, Record):
                    yield from self._variants(shape.where)
                elif isinstance(shape, Enumeration):
                    yield shape.where, ""
                elif isinstance(shape, Choice):
                    yield from self._of_choice(shape)

    def _of_choice(self, choice: Choice) -> Iterator[tuple[Where, str]]:
        if choice.where in self.tags.choices:
            yield choice.where, ""
        elif choice in self.untagged:
            yield from self._variants(choice.where)
        if self.has_unknown(choice):
            yield choice.where, "unknown"

    def _variants(self, place: Where) -> Iterator[tuple[Where, str]]:
        yield place, ""
        if place in self.reach.split:
            yield place, "request"

    def ways(self, shape: Record | Choice) -> Iterator[tuple[str, Way]]:
        """The classes of a record or union: the name of each and the way it travels."""
        if shape.where in self.reach.split:
            yield self._names[shape.where, ""], "read"
            yield self._names[shape.where, "request"], "write"
        else:
            way: Way = "read" if shape.where in self.reach.read else "write"
            yield self._names[shape.where, ""], way

    @property
    def called(self) -> dict[str, str]:
        """The names of all classes by their keys in the table of names."""
        return {self._key(*each): name for each, name in self._names.items()}

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

    def _note_assumed_tags(self) -> None:
        for where, (name, _) in self.tags.records.items():
            shape = self.shapes[where]
            if isinstance(shape, Record) and name not in shape.required:
                message = f"{name!r} tells variants apart and is not required"
                self._diagnostics.report("tag-assumed", message, where)

    def _note_assumed_types(self) -> None:
        """Say it once: where it is missing, it is missing in a hundred places."""
        found = [each for each in self._reached if self.shapes.assumes_type(each)]
        if found:
            others = f", as {len(found) - 1} others have" if len(found) > 1 else ""
            message = f"the schema has properties or items and no type{others}"
            self._diagnostics.report("type-assumed", message, min(found))

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

    def of_field(self, record: Record, name: str, way: Way) -> Type:
        """The type of a property, whichever of several alternatives declares it."""
        places = (record.properties[name], *record.rivals.get(name, ()))
        kind = merged(self.type(place, way) for place in places)
        if decodable(kind) or (len(places) == 1 and self._has_tags(places[0])):
            return kind
        self._widen(record.properties[name], "alternatives that declare it differently")
        return ANY

    def _has_tags(self, place: Where) -> bool:
        """Whether a value is a union whose members msgspec tells apart by their tags."""
        shape = self.shapes[place]
        return isinstance(shape, Choice) and shape.where in self.tags.choices

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
            return self._list(shape, place, way)
        if isinstance(shape, Mapped):
            return self._mapping(shape, place, way)
        if isinstance(shape, Record):
            return self._record(shape.where, way)
        if isinstance(shape, Several):
            return merged(self._of(each, place, way) for each in shape.shapes)
        return self._choice(shape, place, way)

    def _list(self, array: Array, place: Where, way: Way) -> Type:
        rest = ANY if array.item is None else self.type(array.item, way)
        if not array.prefix:
            return ListOf(rest)
        first = [self.type(each, way) for each in array.prefix]
        if array.ends and array.whole:
            return TupleOf(tuple(first))
        # Python has no type for a list that begins in one way and goes on in another.
        return ListOf(self._decodable(first if array.ends else [*first, rest], place))

    def _mapping(self, shape: Mapped, place: Where, way: Way) -> Type:
        if shape.value is None:
            return MapOf(ANY)
        if not shape.others:
            return MapOf(self.type(shape.value, way))
        kinds = [self.type(each, way) for each in (shape.value, *shape.others)]
        return MapOf(self._decodable(kinds, place))

    def _decodable(self, kinds: list[Type], place: Where) -> Type:
        """What several may be, where that can be told apart."""
        kind = merged(kinds)
        if decodable(kind):
            return kind
        self._widen(place, "values that differ by their place or key")
        return ANY

    def _record(self, where: Where, way: Way) -> ClassRef:
        name = self._varying(where, way)
        self._records[name] = where
        return ClassRef(name)

    def _varying(self, where: Where, way: Way) -> str:
        variant = "request" if way == "write" and where in self.reach.split else ""
        return self._names[where, variant]

    def _choice(self, choice: Choice, place: Where, way: Way) -> Type:
        if choice.where in self.tags.choices and way == "read":
            return ClassRef(self._names[choice.where, ""])
        if choice not in self.untagged:
            return merged(self.type(branch, way) for branch in choice.branches)
        kind = ClassRef(self._varying(choice.where, way))
        return union(kind, NONE) if NONE in self._flat_members(choice, way) else kind

    def members(self, choice: Choice, way: Way) -> tuple[Type, ...]:
        """The types of an untagged union but null, each once, in the order of its branches."""
        return tuple(each for each in self._flat_members(choice, way) if each != NONE)

    def _flat_members(self, choice: Choice, way: Way) -> tuple[Type, ...]:
        key = choice.where, way
        if key not in self._members:
            kinds = [self.type(branch, way) for branch in choice.branches]
            self._members[key] = members(union(*kinds))
        return self._members[key]

    def note_members(self, choice: Choice, kinds: Iterable[Type]) -> None:
        """Keep what a union is of: by that it is known when its schema is called otherwise."""
        pointer = self._all_names.key(choice.where)
        for name in map(text, kinds):
            self._all_names.note(f"{pointer}/oneOf/{name}", name)

    def has_unknown(self, choice: Choice) -> bool:
        """Whether a variant that the description does not know shows by its tag."""
        if choice.where in self.tags.choices:
            return True
        told = {place for _, place in choice.tags}
        return choice in self.untagged and told.issuperset(choice.branches)

    def constants(self, member: Type) -> dict[str, str | int]:
        """The fields of a member of a union that can have only one value, with it."""
        where = self._records.get(member.name) if isinstance(member, ClassRef) else None
        if where is None:
            return {}
        tag = self.tags.records.get(where)
        return constants(self.shapes, where) | ({tag[0]: tag[1]} if tag else {})

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

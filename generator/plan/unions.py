"""Which unions msgspec can decode, and by what their members are told apart.

A union of records has a tag where it can: the discriminator's, or a string constant that differs in
each. A record has one tag wherever it stands, so a union whose records are tagged differently
elsewhere is left untagged. An untagged union that msgspec cannot decode gets a class of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from generator.diagnostics import Where
from generator.plan.shape import (
    Array,
    Choice,
    Enumeration,
    Mapped,
    Record,
    Several,
    Shape,
    Untyped,
)
from generator.plan.shapes import Shapes
from generator.plan.types import (
    ANY,
    INT,
    STR,
    ClassRef,
    ListOf,
    MapOf,
    Plain,
    TupleOf,
    Type,
    UnionOf,
    members,
    union,
)

Tag = tuple[str, str]


class Tags:
    """The tags of records: the property and the value, by the place of the record's class."""

    def __init__(self, shapes: Shapes, places: Iterable[Where]) -> None:
        self._shapes = shapes
        choices = [shape for place in places if isinstance(shape := shapes[place], Choice)]
        self._wanted = {choice.where: self._proposed(choice) for choice in choices}
        uses: dict[Where, set[Tag]] = {}
        for proposed in self._wanted.values():
            for record, tag in proposed.items():
                uses.setdefault(record, set()).add(tag)
        self._agreed = {record: next(iter(tags)) for record, tags in uses.items() if len(tags) == 1}
        self.choices = frozenset(each for each in self._wanted if self._holds(each))
        self.records = {
            record: tag for choice in self.choices for record, tag in self._wanted[choice].items()
        }

    def tag_of(self, choice: Choice) -> str:
        """The property that tells the branches of a tagged union apart."""
        return next(iter(self._wanted[choice.where].values()))[0]

    def _holds(self, choice: Where) -> bool:
        wanted = self._wanted[choice]
        return bool(wanted) and all(record in self._agreed for record in wanted)

    def _proposed(self, choice: Choice) -> dict[Where, Tag]:
        """The tag that each branch would get; nothing where they cannot be told apart."""
        shapes = [self._shapes[branch] for branch in choice.branches]
        records = [shape for shape in shapes if isinstance(shape, Record)]
        if len(records) < len(shapes) or len({each.where for each in records}) < len(records):
            return {}
        if choice.property:
            return self._by_discriminator(choice, records)
        for name in records[0].properties:
            tags = self._by_constant(records, name)
            if tags:
                return tags
        return {}

    def _by_discriminator(self, choice: Choice, records: list[Record]) -> dict[Where, Tag]:
        values: dict[Where, list[str]] = {}
        for value, place in choice.tags:
            shape = self._shapes[place]
            if isinstance(shape, Record) and value:
                values.setdefault(shape.where, []).append(value)
        if any(len(values.get(record.where, ())) != 1 for record in records):
            return {}
        tags = {record.where: (choice.property, values[record.where][0]) for record in records}
        return tags if len(set(tags.values())) == len(records) else {}

    def _by_constant(self, records: list[Record], name: str) -> dict[Where, Tag]:
        tags: dict[Where, Tag] = {}
        for record in records:
            value = self._shapes.only(record, name)
            if not isinstance(value, str) or name not in record.required:
                return {}
            tags[record.where] = (name, value)
        return tags if len(set(tags.values())) == len(records) else {}


class Untagged:
    """Which unions need a class of their own, because msgspec has no decoder for them.

    msgspec takes at most one type of each kind of JSON value, and objects only with one tag.
    """

    def __init__(self, shapes: Shapes, tags: Tags) -> None:
        self._shapes = shapes
        self._tags = tags
        self._found: dict[Where, bool] = {}

    def __contains__(self, choice: Choice) -> bool:
        if choice.where not in self._found:
            self._found[choice.where] = False  # what a union is that consists of nothing but itself
            self._found[choice.where] = self._collides(choice)
        return self._found[choice.where]

    def _collides(self, choice: Choice) -> bool:
        if choice.where in self._tags.choices:
            return False
        members = dict(self._members(choice, frozenset((choice.where,))))
        if any(isinstance(shape, Untyped) for shape in members.values()):
            return False
        arrays = [shape for shape in members.values() if isinstance(shape, Array)]
        objects = [each for each in members.values() if isinstance(each, Mapped | Record | Choice)]
        own = any(isinstance(each, Choice) and each in self for each in objects)
        return self._differ(arrays) or self._differ(objects) or (own and len(members) > 1)

    def _differ(self, shapes: Sequence[Shape]) -> bool:
        """Whether there are several, none of which takes all that the others do."""
        maps = all(isinstance(shape, Array | Mapped) for shape in shapes)
        return len(shapes) > 1 and not (maps and any(map(self._takes_all, shapes)))

    def _takes_all(self, shape: Shape) -> bool:
        if _differs_inside(shape):
            return False
        inner = shape.item if isinstance(shape, Array) else None
        inner = shape.value if isinstance(shape, Mapped) else inner
        return inner is None or isinstance(self._shapes[inner], Untyped)

    def _members(self, choice: Choice, above: frozenset[Where]) -> Iterator[tuple[object, Shape]]:
        """The alternatives with what tells whether two are the same type; plain unions are flat."""
        for branch in choice.branches:
            shape = self._shapes[branch]
            for each in shape.shapes if isinstance(shape, Several) else (shape,):
                if isinstance(each, Choice) and each.where in above:
                    continue
                if isinstance(each, Choice) and not self._has_name(each):
                    yield from self._members(each, above | {each.where})
                else:
                    yield self._key(each, frozenset()), each

    def _has_name(self, choice: Choice) -> bool:
        return choice.where in self._tags.choices or choice in self

    def _key(self, shape: Shape, above: frozenset[Where]) -> object:
        if isinstance(shape, Record | Enumeration | Choice):
            return shape.where
        if _differs_inside(shape):
            return shape
        if isinstance(shape, Array | Mapped):
            inner = shape.item if isinstance(shape, Array) else shape.value
            if inner is None or inner in above:
                return type(shape), inner
            return type(shape), self._key(self._shapes[inner], above | {inner}), shape.nullable
        return shape


def _differs_inside(shape: Shape) -> bool:
    """Whether what a list or mapping holds has several schemas."""
    if isinstance(shape, Array):
        return bool(shape.prefix)
    return isinstance(shape, Mapped) and bool(shape.others)


def constants(shapes: Shapes, place: Where) -> dict[str, str | int]:
    """The fields of an object that can have only one value, with it."""
    shape = shapes[place]
    if not isinstance(shape, Record):
        return {}
    found = ((name, shapes.only(shape, name)) for name in shape.properties)
    return {name: value for name, value in found if value is not None}


def merged(kinds: Iterable[Type]) -> Type:
    """The union of types as msgspec can decode it: of several kinds of text or list the widest."""
    kind = union(*kinds)
    if not isinstance(kind, UnionOf):
        return kind
    strings = [each for each in kind.members if _is_based_on(each, "str")]
    integers = [each for each in kind.members if _is_based_on(each, "int")]
    freely = [each for each in (ListOf(ANY), MapOf(ANY)) if each in kind.members]
    rest = [
        each
        for each in kind.members
        if each not in strings and each not in integers
        if each in freely or not any(_swallows(free, each) for free in freely)
    ]
    return union(*_one(strings, STR), *_one(integers, INT), *rest)


def decodable(kind: Type) -> bool:
    """Whether msgspec tells the members apart, of which none is known to have a tag."""
    found = members(kind)
    lists = [each for each in found if isinstance(each, ListOf | TupleOf)]
    objects = [
        each
        for each in found
        if isinstance(each, MapOf) or (isinstance(each, ClassRef) and not each.base)
    ]
    return len(found) < 2 or (len(lists) < 2 and len(objects) < 2)


def _swallows(free: Type, kind: Type) -> bool:
    """Whether a list or mapping of anything is all that is left of a type beside it."""
    return isinstance(kind, ListOf | TupleOf if isinstance(free, ListOf) else MapOf)


def _one(kinds: Sequence[Type], wider: Type) -> Sequence[Type]:
    return kinds if len(kinds) < 2 else [wider]


def _is_based_on(kind: Type, base: str) -> bool:
    return kind == Plain(base) or (isinstance(kind, ClassRef) and kind.base == base)

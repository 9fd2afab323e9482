"""Which unions can be decoded, and by what their members are told apart.

A union of records needs a tag: the discriminator's, or a string constant that differs in each. A
record has one tag wherever it stands, so a union whose records are tagged differently elsewhere is
left untagged.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from generator.diagnostics import Where
from generator.plan.shapes import Choice, Record, Shapes
from generator.plan.types import (
    ANY,
    NONE,
    STR,
    ClassRef,
    ListOf,
    MapOf,
    Plain,
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
        return {record.where: (choice.property, values[record.where][0]) for record in records}

    def _by_constant(self, records: list[Record], name: str) -> dict[Where, Tag]:
        tags: dict[Where, Tag] = {}
        for record in records:
            value = self._constant(record, name)
            if value is None or name not in record.required:
                return {}
            tags[record.where] = (name, value)
        return tags if len(set(tags.values())) == len(records) else {}

    def _constant(self, record: Record, name: str) -> str | None:
        return self._shapes.constant(record.where, name)


def decodable(kinds: Iterable[Type]) -> tuple[Type, bool]:
    """The union of types as msgspec can decode it, and whether something was widened for that.

    msgspec takes at most one type of each kind of JSON value, but for tagged structs.
    """
    kind = union(*kinds)
    if not isinstance(kind, UnionOf):
        return kind, False
    strings = [each for each in kind.members if _is_based_on(each, "str")]
    integers = [each for each in kind.members if _is_based_on(each, "int")]
    arrays = [each for each in kind.members if isinstance(each, ListOf)]
    objects = [each for each in kind.members if _is_object(each)]
    rest = [
        each
        for each in kind.members
        if each not in strings and each not in integers and each not in arrays
        if each not in objects
    ]
    tagged = all(isinstance(each, ClassRef) and each.tagged for each in objects)
    merged = [
        *_one(strings, STR),
        *_one(integers, Plain("int")),
        *_one(arrays, ListOf(ANY)),
        *(objects if tagged else _one(objects, MapOf(ANY))),
        *rest,
    ]
    widened = len(arrays) > 1 or (len(objects) > 1 and not tagged)
    return union(*merged), widened


def without_none(kind: Type) -> Type:
    """A type without its null."""
    kept = [member for member in members(kind) if member != NONE]
    return union(*kept) if kept else NONE


def _one(kinds: Sequence[Type], wider: Type) -> Sequence[Type]:
    return kinds if len(kinds) < 2 else [wider]


def _is_based_on(kind: Type, base: str) -> bool:
    return kind == Plain(base) or (isinstance(kind, ClassRef) and kind.base == base)


def _is_object(kind: Type) -> bool:
    return isinstance(kind, MapOf) or (isinstance(kind, ClassRef) and not kind.base)

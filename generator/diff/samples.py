"""Values of a schema that are likely to show a difference to another: boundaries, extremes, gaps.

In come two schemas of two descriptions, out go values that the first seems to admit, chosen by what
the second says. They are guesses: whoever uses them asks a validator about each.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import islice, zip_longest
from random import Random
from typing import cast

from generator.api import Api, Direction, Schema, walk
from generator.api.patterns import writer
from generator.diagnostics import Where
from generator.diff.equality import Equality

_MOST = 60
_MOST_BELOW = 8
_DEEPEST = 5
_LONGEST = 2000
_UNKNOWN_NAME = "x_unnamed"
_TEXTS = (
    "a",
    "",
    "0",
    "A",
    " ",
    "abc",
    "ABC",
    "a-b",
    "é",
    "0123456789abcdef01234567",
    "00000000-0000-4000-8000-000000000000",
    "2020-01-31",
    "2020-01-31T00:00:00Z",
    "someone@example.com",
    "https://example.com/",
    "127.0.0.1",
    "example.com",
)
_FORMATS = {
    "uuid": "00000000-0000-4000-8000-000000000000",
    "date": "2020-01-31",
    "date-time": "2020-01-31T00:00:00Z",
    "email": "someone@example.com",
    "uri": "https://example.com/",
    "ipv4": "127.0.0.1",
    "hostname": "example.com",
}
_STRETCHES = (0, 0, 2, 10)
_NUMBERS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf")
Keywords = Mapping[str, object]

_END = object()
_ANYTHING: tuple[object, ...] = (None, 1, "a", [], {})
_KINDS = ("null", "boolean", "integer", "number", "string", "array", "object")


@dataclass(frozen=True, slots=True)
class Samples:
    """Makes values for schemas of `api`, with an eye on schemas of `other`."""

    api: Api
    other: Api
    equality: Equality
    travel: Direction = "request"

    def of(self, place: Where, against: Where | None) -> list[object]:
        """Distinct values, the likeliest first."""
        return _distinct(self._values(place, against, 0), _MOST)

    def _values(self, place: Where, against: Where | None, depth: int) -> Iterator[object]:
        schema = self.api.schemas[place]
        if schema.never or depth > _DEEPEST:
            return
        rival = self.other.schemas[against] if against is not None else None
        yield from _stated(walk.keywords(self.api, place))
        for kind in self._kinds(place, schema):
            yield from self._of_kind(kind, place, against, depth)
        for keyword in ("anyOf", "oneOf", "allOf"):
            rivals = rival.many(keyword) if rival else ()
            told: list[tuple[str, Iterator[object]]] = []
            for number, branch in enumerate(schema.many(keyword)):
                twin = rivals[number] if number < len(rivals) else against
                told.append(
                    (str(number), islice(self._values(branch, twin, depth + 1), _MOST_BELOW))
                )
            yield from (value for _, value in _in_turn(told))

    def _kinds(self, place: Where, schema: Schema) -> list[str]:
        types = walk.types(self.api, place)
        if types:
            return [kind for kind in _KINDS if kind in types]
        if walk.properties(self.api, place) or walk.required(self.api, place):
            return ["object"]
        if schema.one("items") or schema.many("prefixItems"):
            return ["array"]
        composed = any(schema.many(keyword) for keyword in ("anyOf", "oneOf", "allOf"))
        return [] if composed else list(_KINDS)

    def _of_kind(
        self, kind: str, place: Where, against: Where | None, depth: int
    ) -> Iterator[object]:
        ours = walk.keywords(self.api, place)
        theirs = walk.keywords(self.other, against) if against is not None else {}
        if kind == "null":
            yield None
        elif kind == "boolean":
            yield from (True, False)
        elif kind in ("integer", "number"):
            yield from _numbers(kind, ours, theirs)
        elif kind == "string":
            yield from _texts(ours, theirs)
        elif kind == "array":
            yield from self._arrays(place, against, depth)
        else:
            yield from self._objects(place, against, depth)

    def _arrays(self, place: Where, against: Where | None, depth: int) -> Iterator[object]:
        ours = walk.keywords(self.api, place)
        items, theirs = walk.child(self.api, place, "items"), dict[str, object]()
        twin = None
        if against is not None:
            twin, theirs = walk.child(self.other, against, "items"), walk.keywords(
                self.other, against
            )
        one = list(self._below(items, twin, depth)) if items else ["a", 1]
        tuple_ = self.api.schemas[place].many("prefixItems")
        prefix = [next(self._below(each, None, depth), "a") for each in tuple_]
        if prefix:
            yield prefix
        if not one:
            yield []
            return
        sizes = _around(("minItems", "maxItems", "minContains", "maxContains"), ours, theirs)
        fitting = [size for size in (*sizes, 0, 1, 2) if 0 <= size <= _LONGEST]
        yield from (one[:1] * size for size in fitting)
        least = ours.get("minItems")
        before = one[:1] * (least - 1) if isinstance(least, int) and 1 < least <= _LONGEST else []
        yield from ([*before, each] for each in one)
        yield from ((one * (size // len(one) + 1))[:size] for size in fitting)

    def _objects(self, place: Where, against: Where | None, depth: int) -> Iterator[object]:
        declared = walk.properties(self.api, place)
        ours = self._sent(declared)
        theirs = walk.properties(self.other, against) if against is not None else {}
        needed = sorted(walk.required(self.api, place) - (declared.keys() - ours.keys()))
        least = {name: self._first(ours.get(name), depth) for name in needed}
        yield least
        told = [(name, self._below(each, theirs.get(name), depth)) for name, each in ours.items()]
        yield from ({**least, name: value} for name, value in _in_turn(told))
        yield {**least, **{name: self._first(where, depth) for name, where in ours.items()}}
        for name in sorted(theirs.keys() - ours.keys()):
            yield from ({**least, name: value} for value in _ANYTHING)
        yield {**least, _UNKNOWN_NAME: 1}
        yield {**least, **{f"{_UNKNOWN_NAME}_{number}": 1 for number in range(12)}}
        further = walk.child(self.api, place, "additionalProperties")
        if further is not None:
            values = self._below(further, None, depth)
            yield from ({**least, _UNKNOWN_NAME: each} for each in values)

    def _sent(self, properties: Mapping[str, Where]) -> dict[str, Where]:
        """The properties that travel in this direction."""
        flag = "readOnly" if self.travel == "request" else "writeOnly"
        return {
            name: where
            for name, where in properties.items()
            if walk.keyword(self.api, where, flag) is not True
        }

    def _first(self, place: Where | None, depth: int) -> object:
        if place is None:
            return "a"
        return next(self._below(place, None, depth), None)

    def _below(self, place: Where, against: Where | None, depth: int) -> Iterator[object]:
        """A few values of a schema below; one is enough where both sides say the same."""
        same = against is not None and self.equality.same(place, against)
        return islice(self._values(place, against, depth + 1), 1 if same else _MOST_BELOW * 3)


def _in_turn(told: list[tuple[str, Iterator[object]]]) -> Iterator[tuple[str, object]]:
    """The values of all names, one of each name after another."""
    for values in zip_longest(*(each for _, each in told), fillvalue=_END):
        for (name, _), value in zip(told, values, strict=True):
            if value is not _END:
                yield name, value


def _stated(keywords: Keywords) -> Iterator[object]:
    """The values that a schema states itself."""
    if "const" in keywords:
        yield keywords["const"]
    for name in ("enum", "examples"):
        listed = keywords.get(name)
        yield from cast("list[object]", listed) if isinstance(listed, list) else ()
    if "default" in keywords:
        yield keywords["default"]


def _numbers(kind: str, ours: Keywords, theirs: Keywords) -> Iterator[object]:
    found = [0, 1, -1, *_around(_NUMBERS, ours, theirs), 2**31, 2**63]
    yield from found
    if kind == "number":
        yield from (0.5, 1.5, *(each + 0.5 for each in found))


def _texts(ours: Keywords, theirs: Keywords) -> Iterator[object]:
    for each in (ours, theirs):
        form = str(each.get("format") or "")
        if form in _FORMATS:
            yield _FORMATS[form]
    yield from _matching(str(ours.get("pattern") or ""))
    sizes = _around(("minLength", "maxLength"), ours, theirs)
    yield from ("a" * size for size in sizes if 0 <= size <= _LONGEST)
    yield from (each for each in _stated(theirs) if isinstance(each, str))
    yield from _TEXTS


@cache
def _matching(pattern: str) -> tuple[str, ...]:
    """A few texts that a pattern is likely to match, the shortest first."""
    write = writer(pattern) if pattern else None
    if write is None:
        return ()
    chance = Random(0)
    return tuple(write(chance, stretch) for stretch in _STRETCHES)


def _around(names: Iterable[str], *keywords: Keywords) -> list[int]:
    """Whole numbers at, below and above each bound."""
    found: dict[int, None] = {}
    for each in keywords:
        for name in names:
            value = each.get(name)
            if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e15:
                found.update(dict.fromkeys((int(value), int(value) + 1, int(value) - 1)))
    return list(found)


def _distinct(values: Iterator[object], most: int) -> list[object]:
    found: dict[str, object] = {}
    for value in islice(values, most * 4):
        found.setdefault(json.dumps(value, sort_keys=True, default=str), value)
    return list(found.values())

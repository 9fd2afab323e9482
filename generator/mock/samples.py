"""Seeded values that fit a schema, as small as the schema allows.

In come a schema's place and a random generator, out comes a value that `Conform` accepts in that
direction (an answer's, unless a request's is asked for), or `ABSENT` where none was found: the
caller leaves the member away. Values that the description shows (const, examples, default, enum)
come first, except for opaque values, which must differ from one another.
"""

from __future__ import annotations

import base64
import uuid
from collections.abc import Callable, Iterator
from itertools import chain
from random import Random
from typing import Any

from generator.api import walk
from generator.api.conform import Conform, Direction
from generator.api.model import Api
from generator.api.patterns import writer
from generator.diagnostics import Where
from generator.mock.state import EPOCH
from generator.mock.times import formatted
from generator.mock.values import ABSENT, is_array

_DEEPEST = 12
_LONGEST = 1_000
_TRIES = (8, 8, 4, 2, 1, 0, 16, 32, 64, 128, 256)


class Samples:
    """Values for the schemas of one Api."""

    def __init__(self, api: Api, conform: Conform, direction: Direction = "response") -> None:
        self._api = api
        self._conform = conform
        self._direction: Direction = direction

    def shown(self, place: Where, random: Random) -> Any:
        """A value that the description itself shows, else a made one."""
        return self._first(place, self._candidates(place, random, 0))

    def opaque(self, place: Where, random: Random) -> Any:
        """A value that nobody can predict."""
        return self._first(place, chain(self._wide(place, random), self._made(place, random, 0)))

    def fits(self, place: Where, value: object) -> bool:
        """Whether the value conforms, as part of what travels in this direction."""
        return self._conform.valid(place, value, self._direction)

    def _hidden(self, place: Where) -> bool:
        schema = self._api.schemas[place]
        return schema.write_only if self._direction == "response" else schema.read_only

    def _first(self, place: Where, values: Iterator[Any]) -> Any:
        return next((each for each in values if self.fits(place, each)), ABSENT)

    def _candidates(self, place: Where, random: Random, depth: int) -> Iterator[Any]:
        if "const" in self._api.schemas[place].keywords:
            yield walk.keyword(self._api, place, "const")
        examples = walk.keyword(self._api, place, "examples")
        yield from examples if is_array(examples) else ()
        default = walk.keyword(self._api, place, "default")
        if default is not None:
            yield default
        yield from self._made(place, random, depth)

    def _made(self, place: Where, random: Random, depth: int) -> Iterator[Any]:
        enum = walk.keyword(self._api, place, "enum")
        yield from enum if is_array(enum) else ()
        if depth > _DEEPEST:
            return
        for keyword in ("oneOf", "anyOf"):
            yield from self._branches(place, keyword, random, depth)
        types = walk.types(self._api, place) or self._guessed(place)
        for kind in ("object", "string", "integer", "number", "boolean", "array", "null"):
            if kind in types:
                yield from self._of_kind(kind, place, random, depth)

    def _of_kind(self, kind: str, place: Where, random: Random, depth: int) -> Iterator[Any]:
        match kind:
            case "object":
                return self._objects(place, random, depth)
            case "array":
                return self._arrays(place, random, depth)
            case "string":
                return self._strings(place, random)
            case "integer":
                return self._integers(place, random)
            case "number":
                return self._numbers(place, random)
            case "boolean":
                return iter((False, True))
            case _:
                return iter((None,))

    def _guessed(self, place: Where) -> frozenset[str]:
        if walk.properties(self._api, place) or walk.required(self._api, place):
            return frozenset({"object"})
        return frozenset({"array" if walk.child(self._api, place, "items") else "string", "object"})

    def _branches(self, place: Where, keyword: str, random: Random, depth: int) -> Iterator[Any]:
        for part in walk.parts(self._api, place):
            for branch in self._api.schemas[part].many(keyword):
                if not self._api.schemas[branch].enveloped:
                    yield from self._branch(place, branch, random, depth)

    def _branch(self, place: Where, branch: Where, random: Random, depth: int) -> Iterator[Any]:
        """Values of one alternative, as far as objects go with what the schema itself requires."""
        if depth > _DEEPEST:
            return
        whole = self._object([branch, place], random, depth)
        if whole:
            yield whole
        yield from self._candidates(branch, random, depth + 1)

    def _object(self, places: list[Where], random: Random, depth: int) -> Any:
        """What the schemas together require; the first of them says how a member looks."""
        properties: dict[str, Where] = {}
        for place in reversed(places):
            properties.update(walk.properties(self._api, place))
        names = {name for place in places for name in walk.required(self._api, place)}
        made: dict[str, Any] = {}
        for name in sorted(names):
            child = properties.get(name)
            if child is None:
                made[name] = "value"
            elif not self._hidden(child):
                value = self._first(child, self._candidates(child, random, depth + 1))
                if value is ABSENT:
                    return ABSENT
                made[name] = value
        return made

    def _objects(self, place: Where, random: Random, depth: int) -> Iterator[Any]:
        made = self._object([place], random, depth)
        if made is not ABSENT:
            yield made
            yield {**made, "extra": "value"}

    def _arrays(self, place: Where, random: Random, depth: int) -> Iterator[Any]:
        items = walk.child(self._api, place, "items")
        least = self._number(place, "minItems", 0)
        made: list[Any] = []
        for _ in range(min(least, _LONGEST) if items is not None else 0):
            assert items is not None
            values = self._candidates(items, random, depth + 1)
            fresh = (each for each in values if each not in made or not self._unique(place))
            value = self._first(items, fresh)
            made += [] if value is ABSENT else [value]
        yield made

    def _strings(self, place: Where, random: Random) -> Iterator[Any]:
        form = str(walk.keyword(self._api, place, "format") or "")
        if form in FORMATS:
            yield FORMATS[form](random)
        least = self._number(place, "minLength", 0)
        most = self._number(place, "maxLength", max(least, 12))
        pattern = walk.keyword(self._api, place, "pattern")
        write = writer(pattern) if isinstance(pattern, str) else None
        for stretch in _TRIES if write else ():
            assert write is not None
            text = write(random, stretch)
            if least <= len(text):
                yield text
                yield text[:most]
        yield _word(random, min(most, max(least, 12)))

    def _wide(self, place: Where, random: Random) -> Iterator[Any]:
        """Whole numbers as far apart as identifiers have to be, texts that may go on at will."""
        types = walk.types(self._api, place)
        if "integer" in types and "string" not in types:
            step = self._number(place, "multipleOf", 1) or 1
            yield random.randrange(1, 1 << 30) * step
        pattern = walk.keyword(self._api, place, "pattern")
        if isinstance(pattern, str) and not pattern.endswith("$") and (write := writer(pattern)):
            yield write(random, 0) + _word(random, 12)

    def _integers(self, place: Where, random: Random) -> Iterator[Any]:
        low = self._number(place, "minimum", self._number(place, "exclusiveMinimum", -1) + 1)
        step = self._number(place, "multipleOf", 1) or 1
        first = -(-low // step) * step
        yield first + random.randrange(10) * step
        yield first
        yield first + random.randrange(1 << 20) * step
        high = self._number(place, "maximum", self._number(place, "exclusiveMaximum", 1) - 1)
        yield high // step * step

    def _numbers(self, place: Where, random: Random) -> Iterator[Any]:
        yield from self._integers(place, random)
        for keyword in ("minimum", "maximum", "multipleOf"):
            bound = walk.keyword(self._api, place, keyword)
            if isinstance(bound, int | float):
                yield bound

    def _number(self, place: Where, keyword: str, default: int) -> int:
        value = walk.keyword(self._api, place, keyword)
        return int(value) if isinstance(value, int | float) else default

    def _unique(self, place: Where) -> bool:
        return walk.keyword(self._api, place, "uniqueItems") is True


def _word(random: Random, length: int) -> str:
    return "".join(random.choice("abcdefghijklmnopqrstuvwxyz") for _ in range(length))


def _moment(form: str) -> Callable[[Random], str]:
    return lambda random: formatted(EPOCH - random.randrange(30_000_000), form)


FORMATS: dict[str, Callable[[Random], str]] = {
    "date-time": _moment("date-time"),
    "date": _moment("date"),
    "time": _moment("time"),
    "duration": lambda random: f"P{random.randint(1, 28)}D",
    "uuid": lambda random: str(uuid.UUID(int=random.getrandbits(128), version=4)),
    "email": lambda random: f"{_word(random, 8)}@example.com",
    "idn-email": lambda random: f"{_word(random, 8)}@example.com",
    "hostname": lambda random: f"{_word(random, 8)}.example.com",
    "ipv4": lambda random: f"192.0.2.{random.randint(1, 254)}",
    "ipv6": lambda random: f"2001:db8::{random.randint(1, 65535):x}",
    "uri": lambda random: f"https://example.com/{_word(random, 8)}",
    "uri-reference": lambda random: f"/{_word(random, 8)}",
    "byte": lambda random: base64.b64encode(random.randbytes(9)).decode("ascii"),
    "json-pointer": lambda random: f"/{_word(random, 8)}",
    "regex": lambda random: _word(random, 4),
}
"""What writes text of a format."""


def generator(seed: int, *labels: object) -> Random:
    """A random generator that depends on the seed and the labels alone, in every process.

    Of a place its pointer counts: the same description draws the same wherever its file lies.
    """
    named = (label.pointer if isinstance(label, Where) else label for label in labels)
    return Random("/".join(map(str, (seed, *named))))

"""Valid values for requests: what the description shows first, then the least a schema takes.

In come places of schemas, out come JSON values that the schemas accept. Names are unique by run and
by call, found by trying likely texts against the schema rather than by reading its pattern. A
schema for which nothing fits is answered with the best guess; the target then says what it lacks.
"""

from __future__ import annotations

import hashlib
import itertools
import random
import secrets
import string
import uuid
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from types import MappingProxyType

from generator.api import walk
from generator.api.conform import Conform
from generator.api.model import Api, Content, Parameter
from generator.api.patterns import writer
from generator.contract.pointer import mapping
from generator.diagnostics import Where

_FORMATS: Mapping[str, str] = MappingProxyType(
    {
        "date-time": "2024-02-29T12:00:00Z",
        "date": "2024-02-29",
        "time": "12:00:00Z",
        "duration": "P1D",
        "uri": "https://example.org/",
        "hostname": "example.org",
        "ipv4": "192.0.2.1",
        "ipv6": "2001:db8::1",
    }
)
_DEPTH = 8
_MOST_ITEMS = 20
_SHAPES = 20
_TRIES = 40
_FAR = 2**31 - 1
_ALPHABETS = (string.digits, string.ascii_lowercase, string.ascii_uppercase)
_NAMES = uuid.UUID("5f0c8a52-6a0c-4f0e-9a53-6c1f6d0f7c1e")
_MARKING = "ghjkmnpqrstvwxyz"


def fresh_mark() -> str:
    """A mark for what a run makes: letters that stand in no identifier of digits or hexadecimals.

    Names are searched for it when a run is made again or cleaned up after.
    """
    return "".join(secrets.choice(_MARKING) for _ in range(6))


class Draw:
    """Draws for one run; `run` marks what it makes."""

    def __init__(self, api: Api, run: str, seed: int) -> None:
        self.run = run
        self.conform = Conform(api)
        self._api = api
        self._random = random.Random(seed)
        self._count = 0
        self._examples: dict[Where, list[object]] = {}
        self._known: dict[Where, list[object]] = {}
        self._given = set[str]()
        self._shapes: dict[Where, str | None] = {}

    def bodies(self, content: Content) -> Iterator[object]:
        """Valid bodies: the description's examples, then all properties, then the required ones."""
        if content.schema is None:
            yield from (each.value for each in content.examples)
            return
        seen = list(self._shown(content, content.schema))
        yield from seen
        for optional in (False, True):
            value = self._writable(content.schema, self.value(content.schema, optional=optional))
            if value not in seen and self.valid(content.schema, value):
                seen.append(value)
                yield value

    def _shown(self, content: Content, schema: Where) -> list[object]:
        """The valid ones of a content's examples: the same for every call."""
        if content.where not in self._examples:
            told = [*(e.value for e in content.examples), *self._api.schemas[schema].examples]
            found: list[object] = []
            for value in (self._writable(schema, each) for each in told):
                if value not in found and self.valid(schema, value):
                    found.append(value)
            self._examples[content.where] = found
        return self._examples[content.where]

    def valid(self, schema: Where, value: object) -> bool:
        """Whether a value may be sent for a schema."""
        return self.conform.valid(schema, value, "request")

    def parameter(self, parameter: Parameter) -> object:
        """A valid value of a parameter."""
        if parameter.examples:
            return parameter.examples[0].value
        return self.value(parameter.schema) if parameter.schema else self.fresh(None)

    def value(self, schema: Where, *, optional: bool = False, depth: int = 0) -> object:
        """A valid value; `optional` includes properties that are not required."""
        declared = self._declared(schema)
        kinds = walk.types(self._api, schema)
        if declared and not (optional and "object" in kinds):
            return declared[0]
        if "object" in kinds or walk.properties(self._api, schema):
            return self._object(schema, optional, depth)
        if "array" in kinds:
            return self._array(schema, optional, depth)
        if "string" in kinds:
            return self.fresh(schema)
        return self._other(schema, kinds, optional, depth)

    def fresh(self, schema: Where | None, like: str = "") -> str:
        """A text that no other call uses; `like` is put in front where that still fits."""
        self._count += 1
        token = f"{self.run}{self._count}"
        tried = [*_likely(like, token), *_hexadecimal(token), str(uuid.uuid5(_NAMES, token))]
        if schema is None:
            return tried[0]
        least = walk.keyword(self._api, schema, "minLength")
        tried += [text.ljust(least, "x") for text in tried] if isinstance(least, int) else []
        most = walk.keyword(self._api, schema, "maxLength")
        tried += [text[:most] for text in _hexadecimal(token)[:1]] if isinstance(most, int) else []
        kind = str(walk.keyword(self._api, schema, "format"))
        tried = [_FORMATS[kind]] if kind in _FORMATS else tried
        fits = partial(self.valid, schema)
        return next(filter(fits, tried), None) or self._shaped(schema, like, token) or tried[0]

    def unknown(self, schema: Where) -> str:
        """A key that nothing has: a text of the run's own, or a number far away.

        Empty where there are none: of dates, and of few numbers, any may be there.
        """
        kinds = walk.types(self._api, schema)
        if "string" not in kinds and "integer" in kinds:
            return str(_FAR) if self.valid(schema, _FAR) else ""
        dated = walk.keyword(self._api, schema, "format") in _FORMATS
        return "" if dated else self.fresh(schema)

    def _shaped(self, schema: Where, like: str, token: str) -> str | None:
        """A text of the shape of one that fits, where nothing can be put behind it."""
        fits = partial(self.valid, schema)
        if schema not in self._shapes:
            self._shapes[schema] = self._written(schema, fits)
        shape = like if like and fits(like) else self._shapes[schema]
        if shape is None:
            return None
        found = (each for each in _alike(shape, token) if each not in self._given and fits(each))
        text = next(found, shape)
        self._given.add(text)
        return text

    def changed(self, schema: Where, current: object) -> Iterator[object]:
        """Valid values other than the current one, likeliest first."""
        for value in self._others(schema, current):
            if value != current and self.valid(schema, value):
                yield value

    def _others(self, schema: Where, current: object) -> Iterator[object]:
        """What might be valid: of a choice, what each of its branches suggests."""
        kinds = walk.types(self._api, schema)
        tried = [*self._declared(schema), *self._offered(schema)]
        tried += [not current] if "boolean" in kinds else []
        if isinstance(current, int | float) and not isinstance(current, bool):
            tried += [current + 1, current - 1]
        tried += [self.fresh(schema)] if "string" in kinds else []
        items = walk.child(self._api, schema, "items")
        if items is not None:
            tried += [[each] for each in self._declared(items)]
        yield from tried
        node = self._api.schemas[schema]
        for branch in (*node.many("anyOf"), *node.many("oneOf")):
            yield from self._others(branch, current)
        if kinds & {"integer", "number"}:
            yield self.value(schema)

    def _offered(self, schema: Where) -> Iterator[object]:
        """What the alternatives of a schema show or list."""
        node = self._api.schemas[schema]
        for branch in node.many("oneOf") + node.many("anyOf"):
            for each in walk.parts(self._api, branch):
                yield from self._declared(each)

    def _declared(self, schema: Where) -> list[object]:
        if schema not in self._known:
            node = self._api.schemas[schema]
            known = [*node.examples, *(node.enum or ())]
            known += [node.keywords[name] for name in ("const", "default") if name in node.keywords]
            self._known[schema] = [each for each in known if self.valid(schema, each)]
        return self._known[schema]

    def _object(self, schema: Where, optional: bool, depth: int) -> object:
        needed, known = walk.required(self._api, schema), walk.properties(self._api, schema)
        more = walk.child(self._api, schema, "additionalProperties")
        undeclared = {
            name: self.value(more, depth=depth + 1) if more else self.fresh(None)
            for name in sorted(needed)
            if name not in known and depth < _DEPTH
        }
        return undeclared | {
            name: self.value(child, optional=optional, depth=depth + 1)
            for name, child in known.items()
            if (name in needed or (optional and depth < 1)) and depth < _DEPTH
            if not self._api.schemas[child].read_only
        }

    def _array(self, schema: Where, optional: bool, depth: int) -> object:
        items = walk.child(self._api, schema, "items")
        if items is None or depth >= _DEPTH:
            return []
        least = walk.keyword(self._api, schema, "minItems")
        count = min(least, _MOST_ITEMS) if isinstance(least, int) else 1
        return [self.value(items, optional=optional, depth=depth + 1) for _ in range(max(count, 1))]

    def _other(self, schema: Where, kinds: frozenset[str], optional: bool, depth: int) -> object:
        if kinds & {"integer", "number"}:
            return self._number(schema)
        if "boolean" in kinds:
            return True
        node = self._api.schemas[schema]
        branches = node.many("oneOf") + node.many("anyOf")
        if not branches or depth >= _DEPTH:
            return None if "null" in kinds else {}
        # The least of one branch may fit another too, which oneOf refuses.
        ways = [(each, more) for more in (optional, True) for each in branches]
        drawn = (self.value(each, optional=more, depth=depth) for each, more in ways)
        first = next(drawn)
        tried = itertools.chain([first], drawn)
        return next((each for each in tried if self.valid(schema, each)), first)

    def _number(self, schema: Where) -> object:
        """The first of a few likely numbers that fits."""
        ends = ("minimum", "exclusiveMinimum", "multipleOf", "maximum", "exclusiveMaximum")
        found = [walk.keyword(self._api, schema, name) for name in ends]
        # Not everybody takes 1.0 for an integer, though JSON Schema does.
        limits = [_plain(each) for each in found if isinstance(each, int | float)]
        tried = [*limits, 1, *(each + 1 for each in limits), *(each - 1 for each in limits)]
        return next((each for each in tried if self.valid(schema, each)), 1)

    def _writable(self, schema: Where, value: object) -> object:
        members = mapping(value)
        if not members:
            return value
        properties = walk.properties(self._api, schema)
        return {
            name: member
            for name, member in members.items()
            if name not in properties or not self._api.schemas[properties[name]].read_only
        }

    def _written(self, schema: Where, fits: Callable[[str], bool]) -> str | None:
        """A text that is made to match the pattern, where the pattern can be followed."""
        pattern = walk.keyword(self._api, schema, "pattern")
        write = writer(pattern) if isinstance(pattern, str) else None
        texts = (write(self._random, reach % 8) for reach in range(_TRIES)) if write else iter(())
        return next(filter(fits, texts), None)


def _plain(number: float) -> float:
    return int(number) if isinstance(number, float) and number.is_integer() else number


def _likely(like: str, token: str) -> list[str]:
    local, _, domain = like.partition("@")
    stems = [f"{local}-{token}", f"{local}{token}"] if local else []
    stems += [f"lockstep-{token}", f"lockstep{token}", token]
    mails = [f"{stem}@{domain or 'example.org'}" for stem in stems]
    return [*mails, *stems] if domain else [*stems, *mails]


def _alike(shape: str, token: str) -> Iterator[str]:
    """Texts with other letters and digits in the same places."""
    for salt in range(_SHAPES):
        chosen = random.Random(f"{token} {salt}")
        yield "".join(_other(each, chosen) for each in shape)


def _other(character: str, chosen: random.Random) -> str:
    found = (each for each in _ALPHABETS if character in each)
    alphabet = next(found, character)
    return chosen.choice(alphabet)


def _hexadecimal(token: str) -> list[str]:
    digest = hashlib.sha256(token.encode()).hexdigest()
    return [digest[:size] for size in (24, 32, 8, 16, 12, 64, 4)]

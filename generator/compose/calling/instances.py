"""Values of many kinds that are valid against a schema.

In: an Api, a direction and a seeded generator. Out: values that jsonschema-rs accepts, or `ABSENT`
where none was found. Unlike the mock's samples they vary: optional fields come and go, every branch
and type is taken in turn, numbers are large or whole floats, and fields come that nobody lists,
unless only listed ones are asked for. What has properties and no type is taken for an object, which
is what its author meant.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Any

from generator.api import Api, Conform, walk
from generator.api.jsonschema import Direction
from generator.api.patterns import writer
from generator.compose.calling.mending import mended
from generator.compose.calling.plain import is_list, is_mapping
from generator.diagnostics import Where
from generator.mock.samples import FORMATS, Samples
from generator.mock.values import ABSENT

_DEEPEST = 5
_TRIES = 12
_TEXTS = ("", "a", "Ünïcødé ✓ 𝄞", 'q"\\/\n\t\x7f', "null", "0", "with space", "x" * 40)
_NUMBERS = (0, 1, -1, 0.5, 1.0, 1e21, -2.5e-7, 3.0, 123456)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A value, and whether every field in it is one that the description lists."""

    value: Any
    listed: bool


class Instances:
    """Draws values for the schemas of one Api; with `unlisted` some have fields of other names."""

    def __init__(self, api: Api, direction: Direction, *, unlisted: bool = True) -> None:
        self._api = api
        self._direction: Direction = direction
        self._unlisted = unlisted
        self._listed = True
        self.conform = Conform(api)
        self._samples = Samples(api, self.conform, direction)

    def draw(self, place: Where, random: Random) -> Any:
        """A valid value, or ABSENT."""
        return self.drawn(place, random).value

    def drawn(self, place: Where, random: Random) -> Drawn:
        """A valid value, or ABSENT, and what is known of its fields."""
        for attempt in range(_TRIES):
            self._listed = True
            value = self._value(place, random, attempt * _DEEPEST // _TRIES)
            if value is not ABSENT and self.conform.valid(place, value, self._direction):
                return Drawn(value, self._listed)
        shown = self._samples.shown(place, random)
        return Drawn(self._mended(place, random) if shown is ABSENT else shown, listed=False)

    def _mended(self, place: Where, random: Random) -> Any:
        """A value of which the parts that do not fit are drawn anew, or ABSENT."""

        for depth in range(_DEEPEST + 1):

            def draw(schema: Where, depth: int = depth) -> Any:
                known = schema in self._api.schemas
                return self._value(schema, random, depth) if known else ABSENT

            value = self._value(place, random, depth)
            found = mended(self.conform, place, self._direction, value, draw)
            if found is not ABSENT:
                return found
        return ABSENT

    def _value(self, place: Where, random: Random, depth: int) -> Any:
        schema = self._api.schemas[place]
        if schema.never:
            return ABSENT
        if "const" in schema.keywords:
            return schema.keywords["const"]
        listed = walk.keyword(self._api, place, "enum")
        if is_list(listed) and listed:
            return random.choice(listed)
        owner, branch = self._branch(place, random)
        drawn = ABSENT if branch is None else self._value(branch, random, depth + 1)
        if drawn is not ABSENT and not is_mapping(drawn):
            return drawn
        kinds = walk.types(self._api, place) or self._guessed(place)
        kind = "object" if is_mapping(drawn) else random.choice(sorted(kinds))
        if kind == "null" and random.random() < 0.7 and len(kinds) > 1:
            kind = random.choice(sorted(kinds - {"null"}))
        made = self._of_kind(kind, place, random, depth)
        if is_mapping(made) and is_mapping(drawn) and branch is not None:
            made = {**drawn, **made}
            self._name_branch(owner, branch, made, random)
        return made

    def _branch(self, place: Where, random: Random) -> tuple[Where, Where | None]:
        """One of the alternatives, with the schema that lists it."""
        branches = self._branches(place)
        return random.choice(branches) if branches else (place, None)

    def _branches(self, place: Where) -> list[tuple[Where, Where]]:
        return [
            (part, each)
            for part in walk.parts(self._api, place)
            for keyword in ("oneOf", "anyOf")
            for each in self._api.schemas[part].many(keyword)
            if part not in walk.parts(self._api, each)
        ]

    def _name_branch(
        self, owner: Where, branch: Where, drawn: dict[str, Any], random: Random
    ) -> None:
        """Say by the discriminator which alternative it is; a constant has said it already."""
        told = self._api.schemas[owner].discriminator
        if told is None:
            return
        tags = [tag for tag, target in told.mapping.items() if target == branch]
        where = walk.properties(self._api, branch).get(told.property)
        listed = where is not None and walk.keyword(self._api, where, "enum")
        if tags:
            drawn[told.property] = random.choice(tags)
        elif not listed and (where is None or "const" not in self._api.schemas[where].keywords):
            drawn[told.property] = self._api.schemas[branch].name

    def _guessed(self, place: Where) -> frozenset[str]:
        if walk.properties(self._api, place) or walk.required(self._api, place):
            return frozenset(("object",))
        if walk.child(self._api, place, "items") is not None:
            return frozenset(("array",))
        return frozenset(("string", "integer", "object", "array", "boolean", "null"))

    def _of_kind(self, kind: str, place: Where, random: Random, depth: int) -> Any:
        match kind:
            case "object":
                return self._object(place, random, depth)
            case "array":
                return self._array(place, random, depth)
            case "string":
                return self._string(place, random)
            case "integer" | "number":
                return self._number(place, random, kind)
            case "boolean":
                return random.random() < 0.5
            case _:
                return None

    def _object(self, place: Where, random: Random, depth: int) -> Any:
        needed = walk.required(self._api, place)
        likely = (0.7, 0.5, 0.3, 0.1, 0.0, 0.0)[min(depth, _DEEPEST)]
        made: dict[str, Any] = {}
        for name, child in walk.properties(self._api, place).items():
            if self._hidden(child) or (name not in needed and random.random() >= likely):
                continue
            made[name] = self._value(child, random, depth + 1)
        free = [name for name in needed if name not in made and self._free(place, name)]
        made.update(dict.fromkeys(free, "value"))
        self._tell(place, made, random)
        if likely and random.random() < 0.3:
            made.update(self._more(place, random, depth))
        self._listed = self._listed and not free
        return {name: each for name, each in made.items() if each is not ABSENT}

    def _more(self, place: Where, random: Random, depth: int) -> dict[str, Any]:
        """A field that the description does not list, or an entry of a map."""
        value = walk.child(self._api, place, "additionalProperties")
        is_map = value is not None or "object" in walk.types(self._api, place)
        is_map = is_map and not self._has_fields(place)
        if not is_map and not self._unlisted:
            return {}
        self._listed = self._listed and is_map
        if value is None:
            return {"unlisted-field": random.choice([{"x": [1]}, None, "y", 1.5])}
        return {"unlisted-field": self._value(value, random, depth + 1)}

    def _has_fields(self, place: Where) -> bool:
        """Whether an object has fields, asks for some, or is told by its branches: it is no map."""
        fields = walk.properties(self._api, place) or walk.required(self._api, place)
        return bool(fields or self._branches(place))

    def _free(self, place: Where, name: str) -> bool:
        return name not in walk.properties(self._api, place)

    def _tell(self, place: Where, made: dict[str, Any], random: Random) -> None:
        """Say by the discriminator what the value is, where schemas above have one."""
        for part in walk.parts(self._api, place):
            told = self._api.schemas[part].discriminator
            if told is None or told.property not in walk.properties(self._api, place):
                continue
            name = self._api.schemas[place].name
            tags = [tag for tag, target in told.mapping.items() if target == place]
            made[told.property] = random.choice(tags) if tags else name

    def _hidden(self, place: Where) -> bool:
        hidden = "writeOnly" if self._direction == "response" else "readOnly"
        return walk.keyword(self._api, place, hidden) is True

    def _array(self, place: Where, random: Random, depth: int) -> Any:
        least, most = self._bound(place, "minItems", 0), self._bound(place, "maxItems", 1_000)
        count = min(max(least, random.choice((0, 1, 2, 3)) if depth < _DEEPEST else 0), most)
        first = [
            each for part in walk.parts(self._api, place)
            for each in self._api.schemas[part].many("prefixItems")
        ]  # fmt: skip
        made = [self._value(each, random, depth + 1) for each in first]
        items = walk.child(self._api, place, "items")
        for _ in range(max(0, count - len(made)) if items or not first else 0):
            made.append(ABSENT if items is None else self._value(items, random, depth + 1))
        kept = [each for each in made if each is not ABSENT]
        if walk.keyword(self._api, place, "uniqueItems") is True:
            return [each for at, each in enumerate(kept) if each not in kept[:at]]
        return kept

    def _string(self, place: Where, random: Random) -> Any:
        form = str(walk.keyword(self._api, place, "format") or "")
        if form in FORMATS:
            return FORMATS[form](random)
        least, most = self._bound(place, "minLength", 0), self._bound(place, "maxLength", 1_000)
        pattern = walk.keyword(self._api, place, "pattern")
        write = writer(pattern) if isinstance(pattern, str) else None
        if write is not None:
            return write(random, random.choice((0, 1, 4, max(least, 8))))[:most]
        text = random.choice(_TEXTS)
        return (text + "pad" * least)[: max(least, len(text))][:most]

    def _number(self, place: Where, random: Random, kind: str) -> Any:
        low = self._edge(place, "minimum", "exclusiveMinimum", 1)
        high = self._edge(place, "maximum", "exclusiveMaximum", -1)
        step = walk.keyword(self._api, place, "multipleOf")
        candidates: list[Any] = [each for each in (low, high) if each is not None]
        candidates += [low + each for each in (1, 2.0, 7)] if low is not None else _NUMBERS
        if isinstance(step, int | float) and step:
            candidates = [round(each / step) * step for each in candidates]
        drawn = random.choice(candidates)
        if kind == "integer":
            return float(int(drawn)) if random.random() < 0.1 and abs(drawn) < 2**53 else int(drawn)
        return drawn

    def _edge(self, place: Where, name: str, exclusive: str, by: int) -> Any:
        edge = walk.keyword(self._api, place, name)
        if isinstance(edge, int | float):
            return edge
        edge = walk.keyword(self._api, place, exclusive)
        return edge + by if isinstance(edge, int | float) else None

    def _bound(self, place: Where, name: str, default: int) -> int:
        bound = walk.keyword(self._api, place, name)
        return int(bound) if isinstance(bound, int | float) else default

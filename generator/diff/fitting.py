"""Whether every value of one schema is one of another, proven from how they are written.

In come schemas of two descriptions, out goes True where it can be shown, False where it cannot,
which does not mean that it is not so. Schemas that lead back to themselves are taken to fit unless
something on the way does not (they are greatest fixed points).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from generator.api import Api, Schema, walk
from generator.diagnostics import Where

Pair = tuple[Where, Where]
Admits = Callable[[Where, object], bool]

_LOWER = ("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties")
_UPPER = ("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties")
_OPAQUE = frozenset(
    "not if then else contains minContains maxContains propertyNames patternProperties"
    " dependentSchemas dependentRequired unevaluatedItems unevaluatedProperties prefixItems".split()
)


@dataclass(slots=True)
class Fitting:
    """Proves that schemas of `api` fit schemas of `other`; `admits` asks a validator of those."""

    api: Api
    other: Api
    admits: Admits
    _assumed: set[Pair] = field(default_factory=set[Pair])

    def fits(self, place: Where, other: Where) -> bool:
        """Whether every value of the one is shown to be one of the other."""
        if (place, other) in self._assumed:
            return True
        self._assumed.add((place, other))
        shown = self._shown(place, other)
        if not shown:
            self._assumed.discard((place, other))
        return shown

    def _shown(self, place: Where, other: Where) -> bool:
        schema, wide = self.api.schemas[place], self.other.schemas[other]
        if schema.never:
            return True
        values = _listed(schema)
        if values is not None:
            return all(self.admits(other, value) for value in values)
        if wide.never or (_OPAQUE & (wide.keywords.keys() | wide.children.keys())):
            return False
        if any(self._branches_fit(schema, other, keyword) for keyword in ("anyOf", "oneOf")):
            return True
        if any(self.fits(part, other) for part in schema.many("allOf")):
            return True
        return self._itself(place, wide) and self._composed(place, wide)

    def _branches_fit(self, schema: Schema, other: Where, keyword: str) -> bool:
        branches = schema.many(keyword)
        return bool(branches) and all(self.fits(each, other) for each in branches)

    def _composed(self, place: Where, wide: Schema) -> bool:
        alternatives = wide.many("anyOf")
        if alternatives and not any(self.fits(place, each) for each in alternatives):
            return False
        exclusive = wide.many("oneOf")
        if exclusive and not any(self._fits_alone(place, each, exclusive) for each in exclusive):
            return False
        return all(self.fits(place, each) for each in wide.many("allOf"))

    def _fits_alone(self, place: Where, branch: Where, branches: tuple[Where, ...]) -> bool:
        """Whether every value fits this branch of a oneOf, and none fits another."""
        others = (each for each in branches if each != branch)
        return all(self._apart(place, each) for each in others) and self.fits(place, branch)

    def _apart(self, place: Where, other: Where) -> bool:
        """Whether no value is one of both: by their types, or by what a property must be."""
        ours, theirs = walk.types(self.api, place), walk.types(self.other, other)
        if ours and theirs and not _overlap(ours, theirs):
            return True
        mine, yours = walk.properties(self.api, place), walk.properties(self.other, other)
        needed = walk.required(self.api, place) & walk.required(self.other, other)
        return any(
            _told_apart(self.api.schemas[mine[name]], self.other.schemas[yours[name]])
            for name in needed & mine.keys() & yours.keys()
        )

    def _itself(self, place: Where, wide: Schema) -> bool:
        schema = self.api.schemas[place]
        return (
            "enum" not in wide.keywords
            and "const" not in wide.keywords
            and _types_fit(walk.types(self.api, place), wide.types)
            and _bounds_fit(schema, wide)
            and _words_fit(schema, wide)
            and set(wide.required) <= walk.required(self.api, place)
            and self._properties_fit(place, wide)
            and self._items_fit(schema, wide)
        )

    def _properties_fit(self, place: Where, wide: Schema) -> bool:
        ours = walk.properties(self.api, place)
        further = walk.child(self.api, place, "additionalProperties")
        theirs = wide.properties
        rest = wide.one("additionalProperties")
        pairs = [(ours.get(name, further), where) for name, where in theirs.items()]
        if rest is not None:
            pairs += [(where, rest) for name, where in ours.items() if name not in theirs]
            pairs.append((further, rest))
        return all(self._maybe_fits(one, other) for one, other in pairs)

    def _items_fit(self, schema: Schema, wide: Schema) -> bool:
        theirs = wide.one("items")
        return theirs is None or self._maybe_fits(schema.one("items"), theirs)

    def _maybe_fits(self, place: Where | None, other: Where) -> bool:
        """As `fits`; no schema at all admits everything."""
        if place is not None:
            return self.fits(place, other)
        wide = self.other.schemas[other]
        return not wide.never and not wide.types and not wide.children and not _bound(wide)


def _bound(schema: Schema) -> bool:
    words = {*_LOWER, *_UPPER, "enum", "const", "pattern", "format", "required", "multipleOf"}
    return bool((words | _OPAQUE | {"uniqueItems"}) & schema.keywords.keys())


def _listed(schema: Schema) -> tuple[object, ...] | None:
    if "const" in schema.keywords:
        return (schema.keywords["const"],)
    return schema.enum


def _overlap(types: frozenset[str], others: frozenset[str]) -> bool:
    one, other = (each | {"integer"} if "number" in each else each for each in (types, others))
    return bool(one & other)


def _told_apart(schema: Schema, other: Schema) -> bool:
    """Whether both list their values, and share none; 1 is 1.0, and true is not 1."""
    ours, theirs = _listed(schema), _listed(other)
    if ours is None or theirs is None:
        return False
    return not any(
        one == two and isinstance(one, bool) == isinstance(two, bool)
        for one in ours
        for two in theirs
    )


def _types_fit(types: frozenset[str], wide: frozenset[str]) -> bool:
    if not wide:
        return True
    return bool(types) and types <= (wide | {"integer"} if "number" in wide else wide)


def _bounds_fit(schema: Schema, wide: Schema) -> bool:
    for names, tighter in ((_LOWER, True), (_UPPER, False)):
        for name in names:
            ours, theirs = schema.keywords.get(name), wide.keywords.get(name)
            if not isinstance(theirs, int | float):
                continue
            if not isinstance(ours, int | float):
                if theirs == 0 and name.startswith("min") and name != "minimum":
                    continue
                return False
            if (ours < theirs) if tighter else (ours > theirs):
                return False
    return True


def _words_fit(schema: Schema, wide: Schema) -> bool:
    """Keywords that admit a value or not, with nothing between: what is asked must be the same."""
    names = ("pattern", "format", "multipleOf", "uniqueItems")
    asked = {name: wide.keywords[name] for name in names if wide.keywords.get(name)}
    return all(schema.keywords.get(name) == value for name, value in asked.items())

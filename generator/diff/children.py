"""What two schemas hold below themselves: which children correspond, which came and which went.

In come two views, out go facts about children that only one side has, and steps to the pairs of
children that both have. A property that moved between a schema and its allOf is still the same
property.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from generator.api import Schema, walk
from generator.diagnostics import Where
from generator.diff.branches import Matched, match
from generator.diff.change import Fact, Pair, lonely
from generator.diff.equality import Equality
from generator.diff.views import View, annotates, listed_types, only_types, simple_types, views

SINGLE = {
    "items": "items",
    "additionalProperties": "additional-properties",
    "contains": "contains",
    "contentSchema": "content-schema",
    "propertyNames": "property-names",
    "unevaluatedItems": "unevaluated-items",
    "unevaluatedProperties": "unevaluated-properties",
    "not": "not",
    "if": "if",
    "then": "then",
    "else": "else",
}
"""Keywords with one schema, by the word that rules have for them."""

_OPEN = frozenset(
    "items additionalProperties contentSchema propertyNames unevaluatedItems"
    " unevaluatedProperties".split()
)

NAMED = {"patternProperties": "pattern-property", "dependentSchemas": "dependent-schema"}
"""Keywords with schemas by name, by the word that rules have for one of them."""

BRANCHED = {"allOf": "all-of", "anyOf": "any-of", "oneOf": "one-of"}
"""Keywords with branches, by the word that rules have for them."""


WRAPPING = frozenset(("wrapped-in-one-of", "unwrapped-from-one-of"))
"""Facts after which nothing else is told of a pair: one side is a choice, the other is none."""


@dataclass(frozen=True, slots=True)
class Step:
    """From a pair of schemas to a pair below.

    `negates` below a `not`; `hides` says that what is below is read-only or write-only.
    """

    label: str
    pair: Pair
    negates: bool = False
    hides: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Below:
    """Everything below a pair of schemas."""

    facts: tuple[Fact, ...]
    steps: tuple[Step, ...]


def below(old: View, new: View, equality: Equality) -> Below:
    """Facts about children, and the steps down."""
    found = tuple(_all(old, new, equality))
    facts = (each for each in found if isinstance(each, Fact))
    pair = (old.core, new.core)
    placed = (
        replace(each, base=each.base or pair[0], revision=each.revision or pair[1], pair=pair)
        for each in facts
    )
    return Below(tuple(placed), tuple(each for each in found if isinstance(each, Step)))


def _all(old: View, new: View, equality: Equality) -> Iterator[Fact | Step]:
    if _wraps(old.schema, new.schema):
        yield Fact(subject="wrapped-in-one-of", action="")
        return
    if _wraps(new.schema, old.schema):
        yield Fact(subject="unwrapped-from-one-of", action="")
        return
    yield from _properties(old, new)
    for keyword, word in SINGLE.items():
        yield from _single(old, new, keyword, word)
    for keyword, word in NAMED.items():
        one, other = old.schema.named(keyword), new.schema.named(keyword)
        yield from _named(one, other, keyword, word)
    yield from _tuple(old.schema, new.schema)
    if not (listed_types(old) or listed_types(new)) or not (
        simple_types(old) and simple_types(new)
    ):
        for keyword, word in BRANCHED.items():
            yield from _branches(old, new, keyword, word, equality)


def _wraps(old: Schema, new: Schema) -> bool:
    """Whether what stood for itself now stands in the branches of a oneOf."""
    composed = any(old.many(keyword) for keyword in BRANCHED)
    return bool(new.many("oneOf")) and not composed and bool(old.properties) and not new.properties


def _properties(old: View, new: View) -> Iterator[Fact | Step]:
    before, after = _found_properties(old), _found_properties(new)
    needed_before = walk.required(old.api, old.core)
    needed_after = walk.required(new.api, new.core)
    own = (*old.schema.properties, *new.schema.properties)
    required = set(old.schema.required) ^ set(new.schema.required)
    for name in dict.fromkeys((*own, *sorted(required))):
        one, other = before.get(name), after.get(name)
        was, now = name in needed_before, name in needed_after
        if one is not None and other is not None:
            pair = _views(old, new, one, other)
            yield from _flags(*pair, name, was, now)
            yield from _required(*pair, name, was, now)
            yield Step(name, (one, other), hides=_hiding(*pair))
        elif one is not None:
            traits = _traits(View(old.api, one, one), was)
            yield lonely("property", "removed", one, name=name, traits=traits)
        elif other is not None:
            traits = _traits(View(new.api, other, other), now)
            yield lonely("property", "added", other, name=name, traits=traits)
        elif was != now:
            yield Fact(
                subject="required",
                action="became-required" if now else "became-optional",
                name=name,
                traits=frozenset(("undeclared",)),
            )


def _hiding(old: View, new: View) -> frozenset[str]:
    return (old.traits | new.traits) & {"read-only", "write-only"}


def _found_properties(view: View) -> Mapping[str, Where]:
    return walk.properties(view.api, view.core)


def _views(old: View, new: View, one: Where, other: Where) -> tuple[View, View]:
    return views(old.api, new.api, one, other)


def _traits(view: View, required: bool) -> frozenset[str]:
    return view.traits | {"required"} if required else view.traits


def _required(old: View, new: View, name: str, was: bool, now: bool) -> Iterator[Fact]:
    if was != now:
        yield Fact(
            subject="required",
            action="became-required" if now else "became-optional",
            before=was,
            after=now,
            name=name,
            base=old.outer,
            revision=new.outer,
            traits=new.traits | old.traits,
        )


def _flags(old: View, new: View, name: str, was: bool, now: bool) -> Iterator[Fact]:
    for keyword, word in (("readOnly", "read-only"), ("writeOnly", "write-only")):
        before, after = old.flag(keyword), new.flag(keyword)
        if before != after:
            yield Fact(
                subject=word,
                action="became" if after else "became-not",
                before=before,
                after=after,
                name=name,
                base=old.outer,
                revision=new.outer,
                traits=frozenset(("required",)) if was and now else frozenset(),
            )


def _limiting(view: View, keyword: str, place: Where | None, other: Where | None) -> Where | None:
    """The schema, unless the other side has none and this one admits everything anyway."""
    if other is not None or place is None:
        return place
    schema = view.api.schemas[place]
    # Names of properties are strings, whether a schema says so or not.
    open_names = keyword == "propertyNames" and only_types(schema) and "string" in schema.types
    return None if open_names or annotates(schema) else place


def _single(old: View, new: View, keyword: str, word: str) -> Iterator[Fact | Step]:
    one, other = old.schema.one(keyword), new.schema.one(keyword)
    if keyword in _OPEN:
        one, other = _limiting(old, keyword, one, other), _limiting(new, keyword, other, one)
    if one is not None and other is not None:
        yield Step(keyword, (one, other), negates=keyword == "not")
    elif one is not None:
        yield lonely(word, "removed", one)
    elif other is not None:
        yield lonely(word, "added", other)


def _named(
    old: Mapping[str, Where], new: Mapping[str, Where], keyword: str, word: str
) -> Iterator[Fact | Step]:
    for name in dict.fromkeys((*old, *new)):
        one, other = old.get(name), new.get(name)
        if one is not None and other is not None:
            yield Step(f"{keyword}[{name}]", (one, other))
        elif one is not None:
            yield lonely(word, "removed", one, name=name)
        elif other is not None:
            yield lonely(word, "added", other, name=name)


def _tuple(old: Schema, new: Schema) -> Iterator[Fact | Step]:
    before, after = old.many("prefixItems"), new.many("prefixItems")
    for index, pair in enumerate(zip(before, after, strict=False)):
        yield Step(f"prefixItems[{index}]", pair)
    for index, place in enumerate(before[len(after) :], len(after)):
        yield lonely("prefix-items", "removed", place, name=str(index))
    for index, place in enumerate(after[len(before) :], len(before)):
        yield lonely("prefix-items", "added", place, name=str(index))


def _branches(
    old: View, new: View, keyword: str, word: str, equality: Equality
) -> Iterator[Fact | Step]:
    before, after = old.schema.many(keyword), new.schema.many(keyword)
    if not before and not after:
        return
    found = match(old.api, new.api, before, after, equality)
    for pair in found.pairs:
        label = _branch_name(new.api.schemas[pair[1]], after.index(pair[1]))
        yield Step(f"{keyword}[{label}]", pair)
    yield from _only_one_side(old, new, word, found)


def _only_one_side(old: View, new: View, word: str, found: Matched) -> Iterator[Fact]:
    """All branches that went make one fact, all that came another."""
    for action, view, places in (("removed", old, found.removed), ("added", new, found.added)):
        for plain in (False, True):
            chosen = [each for each in places if _says_nothing(view, word, each) == plain]
            if chosen:
                yield _branch_fact(view, word, action, chosen, plain)


def _says_nothing(view: View, word: str, place: Where) -> bool:
    return word == "all-of" and annotates(view.api.schemas[place])


def _branch_fact(view: View, word: str, action: str, places: list[Where], plain: bool) -> Fact:
    names = [_branch_name(view.api.schemas[each], number) for number, each in enumerate(places)]
    return Fact(
        subject=word,
        action=f"{action}-annotation-only" if plain else action,
        name=", ".join(names),
        base=places[0] if action == "removed" else None,
        revision=places[0] if action == "added" else None,
    )


def _branch_name(schema: Schema, number: int) -> str:
    return schema.name or str(schema.keywords.get("title") or "") or str(number)

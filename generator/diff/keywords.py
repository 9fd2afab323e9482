"""What two schemas say differently of themselves, keyword by keyword; not what is below them.

In come two views, out come facts. A keyword that both lack, or that both have with the same value,
makes none. Every function here is one family of keywords.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import cast

from generator.api import Discriminator
from generator.diff.change import Fact
from generator.diff.types import compared_types
from generator.diff.views import View, listed_types, simple_types

Facts = Iterator[Fact]

BOUNDS = {
    "maximum": "max",
    "minimum": "min",
    "exclusiveMaximum": "exclusive-max",
    "exclusiveMinimum": "exclusive-min",
    "maxLength": "max-length",
    "minLength": "min-length",
    "maxItems": "max-items",
    "minItems": "min-items",
    "maxProperties": "max-properties",
    "minProperties": "min-properties",
    "maxContains": "max-contains",
    "minContains": "min-contains",
}
"""Keywords that hold a number, by the word that rules have for them."""

_ABSENT = {"minLength": 0, "minItems": 0, "minProperties": 0}
_ANY_TEXT = frozenset((".*", "^.*$"))


def keyword_facts(old: View, new: View) -> Facts:
    """Every difference of keywords, with its places and the pair that decides."""
    pair = (old.core, new.core)
    traits = new.traits | old.traits
    for family in _FAMILIES:
        for fact in family(old, new):
            yield replace(
                fact,
                base=fact.base or old.core,
                revision=fact.revision or new.core,
                pair=pair,
                traits=fact.traits | traits,
            )


def _types(old: View, new: View) -> Facts:
    if listed_types(old) or listed_types(new):
        yield from _listed_types(simple_types(old), simple_types(new))
        if simple_types(old) and simple_types(new):
            return
    yield from compared_types(old, new)


def _listed_types(old: frozenset[str], new: frozenset[str]) -> Facts:
    if old and new - old:
        yield Fact(subject="list-of-types", action="widened", before=_told(old), after=_told(new))
    if new and old - new:
        yield Fact(subject="list-of-types", action="narrowed", before=_told(old), after=_told(new))


def _told(types: frozenset[str]) -> str:
    return ", ".join(sorted(types))


def _never(old: View, new: View) -> Facts:
    if old.schema.never != new.schema.never:
        yield Fact(subject="never", action="added" if new.schema.never else "removed")


def _null(old: View, new: View) -> Facts:
    before, after = _admits_null(old), _admits_null(new)
    if before is None or after is None or before == after:
        return
    wrapped = old.wrapped_null != new.wrapped_null
    action = "became-nullable" if after else "became-not-nullable"
    traits = frozenset(("wrapped",)) if wrapped else frozenset[str]()
    yield Fact(subject="null", action=action, before=before, after=after, traits=traits)


def _admits_null(view: View) -> bool | None:
    """Whether null is admitted; None where no type says so."""
    if view.wrapped_null:
        return True
    return view.schema.nullable if view.schema.types else None


def _enum(old: View, new: View) -> Facts:
    before, after = old.schema.enum, new.schema.enum
    if before == after:
        return
    if before is None:
        yield Fact(subject="enum", action="became", after=_values(after))
    elif after is None:
        yield Fact(subject="enum", action="dropped", before=_values(before))
    else:
        yield from _enum_values("enum-value", before, after)


def _values(values: tuple[object, ...] | None) -> list[object]:
    return list(values or ())


def _enum_values(subject: str, before: tuple[object, ...], after: tuple[object, ...]) -> Facts:
    for value in before:
        if value is not None and value not in after:
            yield Fact(subject=subject, action="removed", before=value, name=str(value))
    for value in after:
        if value is not None and value not in before:
            yield Fact(subject=subject, action="added", after=value, name=str(value))


def _extensible_enum(old: View, new: View) -> Facts:
    before, after = (each.schema.keywords.get("x-extensible-enum") for each in (old, new))
    if isinstance(before, list) and isinstance(after, list):
        pair = (cast("list[object]", before), cast("list[object]", after))
        yield from _enum_values("x-extensible-enum-value", tuple(pair[0]), tuple(pair[1]))


def _bounds(old: View, new: View) -> Facts:
    for keyword, word in BOUNDS.items():
        before = _number(old, keyword)
        after = _number(new, keyword)
        if before == after:
            continue
        if before is None:
            yield Fact(subject=word, action="set", after=after)
        elif after is None:
            yield Fact(subject=word, action="unset", before=before)
        else:
            action = "increased" if after > before else "decreased"
            yield Fact(subject=word, action=action, before=before, after=after)


def _number(view: View, keyword: str) -> float | None:
    """The bound, or None where there is none or where it bounds nothing."""
    value = view.schema.keywords.get(keyword)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return None if value == _ABSENT.get(keyword) else value


def _pattern(old: View, new: View) -> Facts:
    before, after = (each.schema.keywords.get("pattern") or None for each in (old, new))
    if before == after:
        return
    if before is None:
        yield Fact(subject="pattern", action="added", after=after)
    elif after is None:
        yield Fact(subject="pattern", action="removed", before=before)
    else:
        action = "generalized" if after in _ANY_TEXT else "changed"
        yield Fact(subject="pattern", action=action, before=before, after=after)


def _unique(old: View, new: View) -> Facts:
    before, after = (each.schema.keywords.get("uniqueItems") is True for each in (old, new))
    if before != after:
        action = "added" if after else "removed"
        yield Fact(subject="unique-items", action=action, before=before, after=after)


def _valued(keyword: str, subject: str) -> Callable[[View, View], Facts]:
    """The family of a keyword that is there with a value, or is not."""

    def facts(old: View, new: View) -> Facts:
        one, other = old.schema.keywords, new.schema.keywords
        before, after = one.get(keyword), other.get(keyword)
        if (keyword in one) != (keyword in other):
            action = "added" if keyword in other else "removed"
            yield Fact(subject=subject, action=action, before=before, after=after)
        elif (type(before), before) != (type(after), after):
            yield Fact(subject=subject, action="changed", before=before, after=after)

    return facts


def _dependent_required(old: View, new: View) -> Facts:
    before, after = (_mapping(each, "dependentRequired") for each in (old, new))
    for name in sorted(before.keys() | after.keys()):
        one, other = before.get(name), after.get(name)
        if one == other:
            continue
        action = "added" if one is None else "removed" if other is None else "changed"
        yield Fact(subject="dependent-required", action=action, before=one, after=other, name=name)


def _mapping(view: View, keyword: str) -> dict[str, object]:
    value = view.schema.keywords.get(keyword)
    return cast("dict[str, object]", value) if isinstance(value, dict) else {}


def _discriminator(old: View, new: View) -> Facts:
    one, other = old.schema.discriminator, new.schema.discriminator
    if one is None or other is None:
        if one is not other:
            action = "added" if one is None else "removed"
            before, after = (each.property if each else None for each in (one, other))
            yield Fact(subject="discriminator", action=action, before=before, after=after)
        return
    if one.property != other.property:
        yield Fact(
            subject="discriminator",
            action="property-name-changed",
            before=one.property,
            after=other.property,
        )
    yield from _discriminator_values(_targets(one), _targets(other))


def _targets(found: Discriminator) -> dict[str, str]:
    return {value: where.pointer for value, where in found.mapping.items()}


def _discriminator_values(before: dict[str, str], after: dict[str, str]) -> Facts:
    """One fact for all that were added, one for all that are gone, one for all that moved."""
    told = {
        "mapping-added": sorted(after.keys() - before.keys()),
        "mapping-deleted": sorted(before.keys() - after.keys()),
        "mapping-changed": sorted(
            value for value in before.keys() & after.keys() if before[value] != after[value]
        ),
    }
    for action, values in told.items():
        if values:
            yield Fact(
                subject="discriminator",
                action=action,
                before=[before[each] for each in values if each in before],
                after=[after[each] for each in values if each in after],
                name=", ".join(values),
            )


_FAMILIES = (
    _types,
    _never,
    _null,
    _enum,
    _extensible_enum,
    _bounds,
    _pattern,
    _unique,
    _valued("const", "const"),
    _valued("multipleOf", "multiple-of"),
    _valued("default", "default-value"),
    _valued("contentMediaType", "content-media-type"),
    _valued("contentEncoding", "content-encoding"),
    _dependent_required,
    _discriminator,
)

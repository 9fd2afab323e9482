"""Unions as the models module writes them, and the classes of variants that nobody knows yet.

In: the choices that are reached. Out: for a union that a tag tells apart an alias, for one that
only trial does what type checkers see and what decodes it; pydantic needs the latter for both.
Where a discriminator says what each variant is called, a variant with another name is of a class of
its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from graphlib import TopologicalSorter

from msgspec import Struct

from generator.plan.back_end import BackEnd
from generator.plan.classes import Classes
from generator.plan.code import Call, Code, Value, given
from generator.plan.prose import paragraphs, shown
from generator.plan.reach import Way
from generator.plan.shape import Choice, Record
from generator.plan.types import NONE, ClassRef, Type, annotation, members, text, union, words_of
from generator.plan.views.models import AliasView, UnionView, UnknownView


class Variants(Struct, frozen=True):
    """What the unions of an Api need in its models module, and the names that they mention."""

    unknowns: tuple[UnknownView, ...]
    aliases: tuple[AliasView, ...]
    unions: tuple[UnionView, ...]
    used: frozenset[str]


def plan_variants(classes: Classes, choices: Iterable[Choice], back_end: BackEnd) -> Variants:
    """The unions among the choices, each kind sorted by name."""
    unknowns: list[UnknownView] = []
    aliases: list[AliasView] = []
    unions: list[UnionView] = []
    for choice in choices:
        if classes.has_unknown(choice):
            unknowns.append(_unknown(classes, choice, back_end))
        if choice.where in classes.tags.choices and back_end.tags_by_class:
            unions.append(_tagged(classes, choice))
        elif choice.where in classes.tags.choices:
            aliases.append(_alias(classes, choice))
        elif choice in classes.untagged:
            unions += [_union(classes, choice, *each) for each in classes.ways(choice)]
    written = [each.members for each in aliases] + [each.members for each in unions]
    used = {word for each in written for word in words_of(each)}
    used |= {"UnknownVariant"} if unknowns else set()
    used |= {"TypeAlias"} if aliases or unions else set()
    used |= {"TYPE_CHECKING"} if unions else set()
    used |= {each.fact.function for each in unions}
    return Variants(
        tuple(sorted(unknowns, key=lambda each: each.name)),
        tuple(sorted(aliases, key=lambda each: each.name)),
        tuple(_in_order(unions)),
        frozenset(used),
    )


def _unknown(classes: Classes, choice: Choice, back_end: BackEnd) -> UnknownView:
    name, unknown = classes.name(choice.where), classes.name(choice.where, "unknown")
    tagged = choice.where in classes.tags.choices
    return UnknownView(
        name=unknown,
        head=back_end.unknown(unknown, classes.tags.tag_of(choice) if tagged else ""),
        doc=paragraphs((f"A variant of {name} that the description does not know.",), 4),
    )


def _alias(classes: Classes, choice: Choice) -> AliasView:
    name, kinds = classes.name(choice.where), _variants(classes, choice)
    written = annotation(union(*kinds), "", len(name) + len(": TypeAlias = "), 0, 0)
    return AliasView(name=name, members=written, shown=tuple(shown(each) for each in kinds))


def _variants(classes: Classes, choice: Choice) -> list[Type]:
    """The types of a tagged union, what nobody knows yet the last of them."""
    kinds = [classes.type(branch, "read") for branch in choice.branches]
    classes.note_members(choice, kinds)
    return [*kinds, ClassRef(classes.name(choice.where, "unknown"))]


def _tagged(classes: Classes, choice: Choice) -> UnionView:
    """A tagged union as a class that leads from each tag to its variant."""
    name, kinds = classes.name(choice.where), _variants(classes, choice)
    records = [shape for branch in choice.branches for shape in [classes.shapes[branch]]]
    tags: dict[str, Value] = {
        classes.tags.records[each.where][1]: Code(classes.name(each.where))
        for each in records
        if isinstance(each, Record)
    }
    told: dict[str, Value] = {
        "tag_field": classes.tags.tag_of(choice),
        "tags": tags,
        "unknown": Code(classes.name(choice.where, "unknown")),
    }
    kind = union(*kinds)
    return UnionView(
        name=name,
        members=annotation(kind, "", len(name) + len(": TypeAlias = "), 0, 4),
        shown=tuple(shown(each) for each in kinds),
        fact=Call("TaggedUnion", (name,), {**told, **given(nullable=NONE in members(kind))}),
    )


def _union(classes: Classes, choice: Choice, name: str, way: Way) -> UnionView:
    classes.type(choice.where, way)
    kinds = classes.members(choice, way)
    classes.note_members(choice, kinds)
    constants: list[Value] = [dict(classes.constants(each)) for each in kinds]
    told: dict[str, Value] = {"constants": constants} if any(constants) else {}
    told |= _told(classes, choice, kinds, way)
    seen = union(*kinds)
    if classes.has_unknown(choice):
        unknown = classes.name(choice.where, "unknown")
        told["unknown"] = Code(unknown)
        seen = union(seen, ClassRef(unknown))
    written = [annotation(each, "", 0, 1, 8) for each in kinds]
    return UnionView(
        name=name,
        members=annotation(seen, "", len(name) + len(": TypeAlias = "), 0, 4),
        shown=tuple(shown(each) for each in members(seen)),
        fact=Call("Untagged", (name, *map(Code, written)), told),
    )


def _told(classes: Classes, choice: Choice, kinds: tuple[Type, ...], way: Way) -> dict[str, Value]:
    """Which members each value of the discriminator stands for."""
    tags: dict[str, list[Value]] = {}
    for tag, place in choice.tags:
        kind = classes.type(place, way)
        if kind in kinds:
            tags.setdefault(tag, []).append(Code(text(kind)))
    return given(tag_field=choice.property, tags=dict(tags)) if tags else {}


def _in_order(unions: Iterable[UnionView]) -> Iterator[UnionView]:
    """Unions by name, but each behind those that it mentions."""
    by_name = {each.name: each for each in sorted(unions, key=lambda each: each.name)}
    mentioned = {
        name: [word for word in sorted(words_of(each.members)) if word in by_name and word != name]
        for name, each in by_name.items()
    }
    return (by_name[name] for name in TopologicalSorter(mentioned).static_order())

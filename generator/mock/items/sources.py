"""What the server fills a field with by itself, as the field's declared source says.

In come a source, the field's schema and the circumstances of the write, out comes a value that fits
the schema, or `ABSENT`.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Any

import msgspec

from generator.api import walk
from generator.api.behaviours import FieldSource
from generator.api.exchange import Principal
from generator.diagnostics import Where
from generator.mock.blueprint import Blueprint
from generator.mock.state import Fields, State
from generator.mock.times import formatted
from generator.mock.values import ABSENT


@dataclass(frozen=True, slots=True)
class Circumstances:
    """When, by whom and below what an item is made."""

    state: State
    parent: Fields
    principal: Principal
    random: Random


def sourced(
    blueprint: Blueprint, source: FieldSource, place: Where | None, now: Circumstances
) -> Any:
    """What the declared source says; what does not fit the field's schema is made instead."""
    value = _plain(blueprint, source, place, now)
    if value is ABSENT and source.opaque and place is not None:
        return blueprint.samples.opaque(place, now.random)
    if value is ABSENT or place is None or blueprint.samples.fits(place, value):
        return value
    return blueprint.samples.opaque(place, now.random)


def moment(blueprint: Blueprint, place: Where | None, state: State, plus: int) -> Any:
    """The time as the field's schema writes it."""
    then = state.moment + plus
    if place is not None and "integer" in walk.types(blueprint.api, place):
        return then
    form = walk.keyword(blueprint.api, place, "format") if place is not None else ""
    return formatted(then, str(form))


def _plain(
    blueprint: Blueprint, source: FieldSource, place: Where | None, now: Circumstances
) -> Any:
    for value in (source.value, source.default):
        if not isinstance(value, msgspec.UnsetType):
            return value
    if source.parent:
        return now.parent.get(source.parent, ABSENT)
    if source.principal:
        return getattr(now.principal, source.principal) or ABSENT
    if source.now:
        return moment(blueprint, place, now.state, source.plus)
    return _members(blueprint, source, place, now) if source.members else ABSENT


def _members(
    blueprint: Blueprint, source: FieldSource, place: Where | None, now: Circumstances
) -> dict[str, Any]:
    places = walk.properties(blueprint.api, place) if place is not None else {}
    made = {
        name: sourced(blueprint, each, places.get(name), now)
        for name, each in source.members.items()
    }
    return {name: value for name, value in made.items() if value is not ABSENT}

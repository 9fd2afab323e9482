"""Every rule by its id: those about schemas spread over their places, and all others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import cast

from generator.diff.change import Direction, Effect
from generator.diff.rules.facets import ACTIONS, FACETS, PLACES, RENAMED, UNSENT, Facet
from generator.diff.rules.levels import LEVELS
from generator.diff.rules.others import OTHERS
from generator.diff.rules.rule import Level, Rule, level_of

_CONSEQUENCES = {
    ("request", Effect.NARROWS): "Requests that were accepted may be refused.",
    ("request", Effect.WIDENS): "More requests are accepted than before.",
    ("response", Effect.NARROWS): "Answers hold less than callers were prepared for.",
    ("response", Effect.WIDENS): "Answers may hold what callers are not prepared for.",
    ("request", Effect.CHANGES): "Some requests that were accepted may be refused.",
    ("response", Effect.CHANGES): "Some answers may be none that callers are prepared for.",
    ("request", Effect.NONE): "The same requests are accepted.",
    ("response", Effect.NONE): "The same answers are possible.",
}


def facet_id(place: str, subject: str, action: str) -> str:
    """The id of the rule about a facet at a place."""
    if subject == "enum":
        made = f"{place}-became-enum" if action == "became" else f"{place}-enum-dropped"
    elif subject == "null":
        made = f"{place}-{action}"
    else:
        made = "-".join(part for part in (place, subject, action) if part)
    return RENAMED.get(made, made)


def _facet_rules() -> Iterator[Rule]:
    for place, direction in PLACES.items():
        for facet in FACETS:
            for action, effect in facet.actions.items():
                yield _facet_rule(place, cast("Direction", direction), facet, action, effect)


def _facet_rule(
    place: str, direction: Direction, facet: Facet, action: str, effect: Effect
) -> Rule:
    made = facet_id(place, facet.subject, action)
    usual = Level.INFO if place in UNSENT else level_of(direction, effect)
    told = f"the {facet.words} {ACTIONS[action]}"
    words = facet.words.replace(" {name}", "").replace("{name} ", "")
    where = place.replace("-", " ")
    return Rule(
        id=made,
        level=LEVELS.get(made, usual),
        says=told,
        doc=f"{where.capitalize()}: the {words} differs. {_CONSEQUENCES[direction, effect]}",
        direction=direction,
        subject=facet.subject,
        action=action,
        effect=effect,
    )


def _catalogue() -> Mapping[str, Rule]:
    rules = (*_facet_rules(), *OTHERS)
    return MappingProxyType({rule.id: rule for rule in rules})


RULES: Mapping[str, Rule] = _catalogue()
"""Every rule by its id."""

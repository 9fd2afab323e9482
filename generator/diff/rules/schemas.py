"""Rules about schemas: every facet at every place, and which of them a fact falls under."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import cast

from generator.diff.change import Change, Direction, Effect
from generator.diff.rules.facets import EFFECTS, FACETS, Facet
from generator.diff.rules.family import Named, Namer
from generator.diff.rules.levels import LEVELS
from generator.diff.rules.places import PLACES, UNSENT, facet_id, hidden_place, place
from generator.diff.rules.policy import Policy
from generator.diff.rules.rule import B, Level, Row, Rule, level_of

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
_UNSENT = "The value does not travel in this direction, so no message changes."

ROWS: tuple[Row, ...] = (
    (
        "request-header-property-became-enum",
        B,
        "values are listed now: {after}",
        "Requests that were accepted may be refused.",
    ),
)
"""What follows no pattern."""


def facet_rules() -> Iterator[Rule]:
    """The rules about facets, spread over places and directions."""
    for where, direction in PLACES.items():
        for facet in FACETS:
            for action, effect in facet.actions.items():
                if _occurs(where, direction, facet.subject, action, effect):
                    yield _facet_rule(where, cast("Direction", direction), facet, action, effect)


def _occurs(where: str, direction: str, subject: str, action: str, effect: Effect) -> bool:
    """Whether a change can be told so at a place, as the functions below name it."""
    if where in UNSENT and not _breaks(direction, effect):
        return False
    if subject == "type" and action == "specialized":
        return direction == "response" or where == "request-parameter-property"
    if subject == "type" and action == "compatible":
        return where in _WRITTEN_AS_TEXT
    return True


_WRITTEN_AS_TEXT = frozenset(
    "request-body request-property response-body response-property response-header".split()
)


def _facet_rule(
    where: str, direction: Direction, facet: Facet, action: str, effect: Effect
) -> Rule:
    made = facet_id(where, facet.subject, action)
    usual = Level.INFO if where in UNSENT else level_of(direction, effect)
    words = facet.words.replace(" {name}", "").replace("{name} ", "")
    follows = _UNSENT if where in UNSENT else _CONSEQUENCES[direction, effect]
    return Rule(
        id=made,
        level=LEVELS.get(made, usual),
        says=f"the {facet.words} {facet.told(action)}".strip(),
        doc=f"{where.replace('-', ' ').capitalize()}: the {words} differs. {follows}",
        direction=direction,
        subject=facet.subject,
        action=action,
        effect=effect,
    )


def facet(change: Change, subject: str, action: str) -> Iterator[Named]:
    """The rule about a facet where a change stands; another one where its value is not sent."""
    where = place(change)
    hidden = hidden_place(where, change.fact.traits)
    if hidden and _matters(change, subject, action):
        where = hidden
    yield facet_id(where, subject, action), change.fact


def _matters(change: Change, subject: str, action: str) -> bool:
    """Whether the change would weigh on callers if the value travelled."""
    return _breaks(change.site.direction, EFFECTS[subject, action])


def _breaks(direction: str, effect: Effect) -> bool:
    return effect in (Effect.NARROWS if direction == "request" else Effect.WIDENS, Effect.CHANGES)


def _type(change: Change, _: Policy) -> Iterator[Named]:
    yield from facet(change, "type", _type_action(change))


def _type_action(change: Change) -> str:
    fact, site = change.fact, change.site
    where = place(change)
    if _text_media(site.media_type) and site.element == "body":
        told = fact.before if site.direction == "response" else fact.after
        if told == "string":
            return "compatible"
    if site.element == "parameter":
        return _parameter_type(change, where)
    if where == "response-header" and fact.before == "string" and fact.action == "changed":
        # A header is text; what is written as a number was a text before, and still is.
        return "compatible"
    if site.direction == "request":
        return "generalized" if fact.action == "generalized" else "changed"
    by_format = fact.action == "generalized" and "format-only" in fact.traits
    return "changed" if by_format else fact.action


def _parameter_type(change: Change, where: str) -> str:
    fact = change.fact
    if where == "request-parameter-property":
        text = "from-text" in fact.traits and "format-only" not in fact.traits
        return "specialized" if text else fact.action
    if "to-text" in fact.traits and fact.after == "string" and not change.site.media_type:
        return "generalized"
    return "changed" if fact.action == "specialized" else fact.action


def _text_media(media_type: str) -> bool:
    return bool(media_type) and "json" not in media_type.lower()


def _enum(change: Change, _: Policy) -> Iterator[Named]:
    in_header = change.site.location == "header" and change.fact.action == "became"
    if in_header and change.site.trail:
        yield "request-header-property-became-enum", change.fact
    else:
        yield from facet(change, "enum", change.fact.action)


NAMERS: Mapping[str, Namer] = {"type": _type, "enum": _enum}
"""Which rule a fact about a type or a list of values falls under; all others by their words."""

"""Rules about the life of an element: deprecated, with a date or none, removed early or late."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import cast

from generator.diff.change import Change, Fact
from generator.diff.lives import Life
from generator.diff.rules.family import Named, Namer
from generator.diff.rules.policy import STABILITIES, Policy
from generator.diff.rules.rule import B, I, Row

_GOES = "Callers should stop using it before it goes."
_STAYS = "Callers may go on using it."
_LATE = "Callers have less time than was promised, or than the project asks for."
_UNTOLD = "Nobody can tell when it goes."


def _rows() -> Iterator[Row]:
    for prefix in ("api", "request-parameter", "request-property", "response-property"):
        yield from _rows_of(prefix, "endpoint" if prefix == "api" else prefix)
    for made in (
        "api-deprecated-sunset-parse",
        "request-parameter-sunset-parse",
        "request-property-deprecated-sunset-invalid",
        "response-property-deprecated-sunset-invalid",
    ):
        yield made, B, "sunset {after} is no date", _UNTOLD
    for made in (
        "sunset-deleted",
        "request-parameter-sunset-deleted",
        "request-property-sunset-deleted",
        "response-property-sunset-deleted",
    ):
        yield made, B, "no longer says when it goes, it was {before}", _UNTOLD
    yield (
        "api-invalid-stability-level",
        B,
        "stability {name} is none of draft, alpha, beta, stable",
        "Nobody can tell what is promised.",
    )


def _rows_of(prefix: str, start: str) -> Iterator[Row]:
    yield f"{start}-deprecated", I, "was deprecated", _GOES
    if prefix != "request-parameter":
        yield f"{start}-deprecated-with-sunset", I, "goes on {after}", _GOES
    yield f"{start}-reactivated", I, "is no longer deprecated", _STAYS
    yield f"{prefix}-deprecated-sunset-missing", B, "was deprecated without a date", _UNTOLD
    yield f"{prefix}-sunset-date-too-small", B, "goes too soon, on {after}", _LATE
    yield f"{prefix}-sunset-date-changed-too-small", B, "goes sooner, on {after}", _LATE
    yield f"{prefix}-stability-decreased", B, "is {after}, was {before}", "Less is promised."
    yield f"{prefix}-stability-increased", I, "is {after}, was {before}", "More is promised."


ROWS: tuple[Row, ...] = tuple(_rows())


def prefix(change: Change) -> str:
    """How ids about this element start."""
    site = change.site
    if site.element == "parameter":
        return "request-property" if site.trail else "request-parameter"
    return f"{site.direction}-property" if site.element else "api"


def life_rules(change: Change, policy: Policy) -> Iterator[Named]:
    """The ids of what a fact about the life of an element means."""
    fact = change.fact
    old, new = cast("Life", fact.before), cast("Life", fact.after)
    started = prefix(change)
    if fact.subject == "stability":
        yield from _stability(started, fact, old, new, policy)
    elif not is_stability(new.stability):
        return
    elif fact.subject == "sunset":
        yield from _sunset(started, fact, old, new)
    elif old.deprecated:
        yield f"{_start(started)}-reactivated", fact
    else:
        yield from _deprecated(started, fact, new, policy)


def _start(started: str) -> str:
    return "endpoint" if started == "api" else started


def is_stability(level: str) -> bool:
    """Whether a stability level is one of those that exist, or none."""
    return not level or level in STABILITIES


def _stability(started: str, fact: Fact, old: Life, new: Life, policy: Policy) -> Iterator[Named]:
    wrong = [each for each in (old.stability, new.stability) if not is_stability(each)]
    if wrong:
        yield "api-invalid-stability-level", replace(fact, name=wrong[0])
        return
    if not policy.heeds(old.stability):
        return
    before, after = (STABILITIES.index(each.stability or "stable") for each in (old, new))
    if before == after or (started != "api" and not (old.stability and new.stability)):
        return
    action = "decreased" if after < before else "increased"
    told = replace(fact, before=STABILITIES[before], after=STABILITIES[after])
    yield f"{started}-stability-{action}", told


def _deprecated(started: str, fact: Fact, new: Life, policy: Policy) -> Iterator[Named]:
    days = policy.days(new.stability)
    start = _start(started)
    told = replace(fact, after=new.sunset)
    if not new.sunset:
        needed = days > 0
        yield f"{started}-deprecated-sunset-missing" if needed else f"{start}-deprecated", fact
        return
    when = sunset_date(new.sunset)
    if when is None:
        yield _UNREAD[started], told
    elif (when - policy.today).days < days:
        yield f"{_sunset_prefix(started)}-date-too-small", told
    elif start == "request-parameter":
        yield f"{start}-deprecated", told
    else:
        yield f"{start}-deprecated-with-sunset", told


_UNREAD = {
    "api": "api-deprecated-sunset-parse",
    "request-parameter": "request-parameter-sunset-parse",
    "request-property": "request-property-deprecated-sunset-invalid",
    "response-property": "response-property-deprecated-sunset-invalid",
}


def _sunset_prefix(started: str) -> str:
    return f"{started}-sunset"


def _sunset(started: str, fact: Fact, old: Life, new: Life) -> Iterator[Named]:
    told = replace(fact, before=old.sunset, after=new.sunset)
    if not new.sunset:
        yield "sunset-deleted" if started == "api" else f"{started}-sunset-deleted", told
        return
    before, after = sunset_date(old.sunset), sunset_date(new.sunset)
    if after is None:
        yield _UNREAD[started], told
    elif before is not None and after < before:
        yield f"{_sunset_prefix(started)}-date-changed-too-small", told


def removed_operation(change: Change, policy: Policy) -> Iterator[Named]:
    """The ids of what the removal of an operation means."""
    fact = change.fact
    life = cast("Life", fact.before)
    if not is_stability(life.stability):
        yield "api-invalid-stability-level", replace(fact, name=life.stability)
        return
    start = "api-path-removed" if "path" in fact.traits else "api-removed"
    told = replace(fact, name=life.sunset)
    if not life.deprecated:
        yield f"{start}-without-deprecation", told
    elif not life.sunset:
        yield f"{start}-with-deprecation", told
    else:
        yield _after_sunset(start, life, policy), told


def _after_sunset(start: str, life: Life, policy: Policy) -> str:
    when = sunset_date(life.sunset)
    if when is None:
        return "api-path-sunset-parse"
    return f"{start}-before-sunset" if policy.today < when else f"{start}-with-deprecation"


def removed_parameter(change: Change, policy: Policy) -> Iterator[Named]:
    """The ids of what the removal of a parameter means."""
    fact = change.fact
    life = cast("Life", fact.before)
    if not life.deprecated:
        yield "request-parameter-removed", fact
        return
    when = sunset_date(life.sunset) if life.sunset else None
    early = when is not None and policy.today < when
    yield f"request-parameter-removed-{'before-sunset' if early else 'with-deprecation'}", fact


def sunset_date(text: str) -> date | None:
    """The day of a sunset, a date or a time (RFC 3339); None where it is neither."""
    try:
        return datetime.fromisoformat(text.replace(" ", "T", 1)).date()
    except ValueError:
        return None


NAMERS: Mapping[str, Namer] = {
    "deprecation": life_rules,
    "sunset": life_rules,
    "stability": life_rules,
}
"""Which rule a fact about the life of an element falls under."""

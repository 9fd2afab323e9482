"""The rules as a whole: what is said of requests is said of answers, what comes may go.

A rule without its counterpart needs a waiver with a reason; a waiver that is not needed fails.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from generator.diff import RULES, Level
from generator.diff.rules.facets import FACETS

CHANGE_IDS = Path(__file__).parents[3].parent / "shared/corpus/diff-cases/change-ids.tsv"
LEVELS = {"ERR": Level.BREAKING, "WARN": Level.WARNING, "INFO": Level.INFO}
OPPOSITES = (
    ("-added", "-removed"),
    ("-set", "-unset"),
    ("-increased", "-decreased"),
    ("-became-required", "-became-optional"),
    ("-became-nullable", "-became-not-nullable"),
    ("-widened", "-narrowed"),
    ("-generalized", "-specialized"),
    ("-became-enum", "-enum-dropped"),
    ("-wrapped-in-one-of", "-unwrapped-from-one-of"),
    ("-mapping-added", "-mapping-deleted"),
    ("-became-read-only", "-became-not-read-only"),
    ("-became-write-only", "-became-not-write-only"),
    ("-added-annotation-only", "-removed-annotation-only"),
)
LONELY = {
    "api-server-path-added": "its counterpart is api-server-path-changed, where one is gone",
    "api-version-decreased": "versions are meant to grow",
    "client-signature-narrowed": "its counterpart is client-signature-extended",
    "response-body-enum-value-added": "the other is called response-mediatype-enum-value-removed",
    "response-mediatype-enum-value-removed": "the other is response-body-enum-value-added",
    "endpoint-added": "its counterparts say how an operation went: api-removed-*",
    "request-body-removed": "request-body-added-* say which kind came",
    "response-header-added": "required- and optional-response-header-removed say which kind went",
    "required-response-header-removed": "response-header-added says so of both kinds",
    "optional-response-header-removed": "response-header-added says so of both kinds",
    "request-property-removed": "new-*-request-property say which kind came",
    "request-parameter-property-removed": "new-*-request-parameter-property say which kind came",
    "request-parameter-removed": "new-*-request-parameter say which kind came",
    "request-header-property-became-enum": "older than request-parameter-property-became-enum",
    "request-header-property-became-required": "older than the rule about parameters' properties",
}


UNSENT_PLACES = ("request-read-only-property", "response-write-only-property")


def reason(made: str) -> str:
    """Why a rule has no counterpart; nothing where there is no reason."""
    if made.startswith(UNSENT_PLACES):
        return "what does not travel is told as such only where it would break somebody"
    if made.endswith("-pattern-generalized"):
        return "that a pattern became narrower cannot be read off it"
    if made.startswith("request-") and made.endswith("-type-generalized"):
        return "a request that lost a type, and one whose type is another, are the same to callers"
    return LONELY.get(made, "")


def opposite(made: str) -> str | None:
    """The id of the rule about the opposite; None where its action has none."""
    both = [*OPPOSITES, *((other, one) for one, other in OPPOSITES)]
    ends = [(before, after) for before, after in both if made.endswith(before)]
    if not ends:
        return None
    before, after = max(ends, key=lambda each: len(each[0]))
    return made.removesuffix(before) + after


def test_what_comes_may_go() -> None:
    missing = {
        made for made in RULES if (other := opposite(made)) is not None and other not in RULES
    }
    reasons = {made: reason(made) for made in missing}
    assert not [made for made, why in reasons.items() if not why]
    assert LONELY.keys() - missing == set()


@pytest.mark.parametrize("facet", FACETS, ids=lambda facet: facet.subject)
def test_a_facet_is_told_of_requests_and_answers(facet: object) -> None:
    subject = getattr(facet, "subject", "")
    told = {(rule.direction, rule.action) for rule in RULES.values() if rule.subject == subject}
    requests = {action for direction, action in told if direction == "request"}
    answers = {action for direction, action in told if direction == "response"}
    assert requests == answers
    assert requests


def test_a_facet_that_breaks_requests_does_not_break_answers() -> None:
    for rule in RULES.values():
        if rule.subject and rule.direction == "request" and rule.level is Level.BREAKING:
            twin = RULES.get(rule.id.replace("request", "response", 1))
            if twin is not None and rule.effect == "narrows":
                assert twin.level is Level.INFO, rule.id


def test_every_rule_says_something_and_is_documented() -> None:
    for rule in RULES.values():
        assert rule.says.strip(), rule.id
        assert rule.doc.strip().endswith("."), rule.id
        assert rule.id == rule.id.lower()
        rule.says.format(name="n", before="b", after="a")


def test_ids_that_others_have_too_weigh_the_same() -> None:
    if not CHANGE_IDS.exists():
        pytest.skip("the list of another differ's ids is not here")
    with CHANGE_IDS.open(encoding="utf-8", newline="") as file:
        rows = {row["id"]: row["default_level"] for row in csv.DictReader(file, delimiter="\t")}
    shared = [each for each in rows if rows[each] and each in RULES]
    # What has no level there is the id of an explanation, not of a change.
    assert not [each for each in rows if rows[each] and each not in RULES]
    assert not [each for each in shared if RULES[each].level is not LEVELS[rows[each]]]

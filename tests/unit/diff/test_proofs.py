"""What shows a breaking verdict: every rule has a value, or a reason why no value can show it."""

from __future__ import annotations

from typing import Any

import pytest

from generator.diff import RULES, Level, Outcome, Policy, Verdict
from generator.diff.styles import written
from tests.unit.diff import test_facets, test_others
from tests.unit.diff.pairs import TODAY, document, everywhere, operation, verdicts

TEXT = {"type": "string"}
FINE: dict[str, Any] = {"responses": {"200": {"description": "fine"}}}
BREAKING = sorted(
    made
    for made in {**test_others.PAIRS, **test_others.NEEDS_DAYS}
    if RULES[made].level is Level.BREAKING
)
STATED = {
    **{made: "a date or a level is read, not sent" for made in BREAKING if "sunset" in made},
    **{made: "a level is read, not sent" for made in BREAKING if "stability" in made},
    "webhook-removed": "nobody sends the call that no longer comes",
}
SENT = {
    "api-path-removed-before-sunset": "the operation answered a request",
    "api-removed-before-sunset": "the operation answered a request",
    "api-path-sunset-parse": "the operation answered a request",
}
UNKNOWN = {
    "request-parameter-removed-before-sunset": "whether a server refuses what it does not know",
}


def found(made: str) -> Verdict:
    old, new = {**test_others.PAIRS, **test_others.NEEDS_DAYS}[made]
    policy = Policy(today=TODAY, deprecation_days={"stable": 30})
    told = verdicts(document(old), document(new), policy)
    return next(each for each in told if each.rule.id == made)


@pytest.mark.parametrize("made", BREAKING)
def test_a_breaking_rule_is_shown_or_it_is_said_why_not(made: str) -> None:
    proof = found(made).proof
    assert proof is not None
    wanted = Outcome.UNKNOWN if made in UNKNOWN else Outcome.WITNESS
    wanted = Outcome.STATED if made in STATED and made not in SENT | UNKNOWN else wanted
    assert proof.outcome is wanted


@pytest.mark.parametrize(("subject", "action"), test_facets.CASES)
def test_a_breaking_facet_always_has_a_proof(subject: str, action: str) -> None:
    pair = test_facets.PAIRS[subject][action]
    base, revision = (everywhere(each, test_facets.COMPONENTS) for each in pair)
    told = [v for v in verdicts(base, revision) if v.level is Level.BREAKING]
    assert all(each.proof is not None for each in told)


def value(old: Any, new: Any, made: str) -> Any:
    told = verdicts(document(old), document(new))
    proof = next(each for each in told if each.rule.id == made).proof
    assert proof is not None
    return proof.value


def path(**operations: Any) -> Any:
    return {"paths": {"/things/{id}": {"parameters": [ID], **operations}}}


ID = {"name": "id", "in": "path", "required": True, "schema": {**TEXT, "pattern": "^t[0-9]{3}$"}}
SIZE = {"name": "size", "in": "query", "required": True, "schema": {"type": "integer"}}
BODY = {"content": {"application/json": {"schema": {**TEXT, "minLength": 3}}}, "required": True}


def test_a_removed_operation_is_shown_by_a_request_that_it_answered() -> None:
    shown = value(path(get=FINE, delete=FINE), path(get=FINE), "api-removed-without-deprecation")
    assert shown["method"] == "DELETE"
    assert shown["path"].startswith("/things/t")


def test_a_new_required_parameter_is_shown_by_a_request_without_it() -> None:
    more = path(get={**FINE, "parameters": [SIZE]})
    shown = value(path(get=FINE), more, "new-required-request-parameter")
    assert shown.keys() == {"method", "path"}


def test_a_request_carries_what_the_base_asks_for() -> None:
    old = path(put={**FINE, "parameters": [SIZE], "requestBody": BODY})
    shown = value(old, path(get=FINE), "api-removed-without-deprecation")
    assert (shown["query"], len(shown["body"])) == ({"size": 0}, 3)
    assert shown["headers"] == {"Content-Type": "application/json"}


def test_a_removed_media_type_is_shown_by_asking_for_it() -> None:
    def answering(*names: str) -> Any:
        content = {name: {"schema": TEXT} for name in names}
        return path(get={"responses": {"200": {"description": "fine", "content": content}}})

    old, new = answering("application/json", "text/csv"), answering("text/csv")
    shown = value(old, new, "response-media-type-removed")
    assert shown["headers"] == {"Accept": "application/json"}


@pytest.mark.parametrize(
    ("old", "new", "held"),
    [
        ([], [{"a": []}], {}),
        ([{}, {"a": []}], [{"a": []}], {}),
        ([{"a": []}, {"b": []}], [{"a": []}], {"b": []}),
        ([{"a": ["r"]}], [{"a": ["r", "w"]}], {"a": ["r"]}),
    ],
)
def test_whoever_is_shut_out_is_shown(old: Any, new: Any, held: Any) -> None:
    told = verdicts(operation({"security": old}), operation({"security": new}))
    (shut,) = [each for each in told if each.level is Level.BREAKING]
    assert shut.proof is not None
    assert shut.proof.value == {"method": "POST", "path": "/things", "credentials": held}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ([], [{}]),
        ([{"a": []}], []),
        ([{"a": []}], [{"a": []}, {"b": []}]),
        ([{"a": []}], [{"a": []}, {}]),
        ([{"a": ["r", "w"]}], [{"a": ["r"]}]),
    ],
)
def test_whoever_may_still_call_is_not_shut_out(old: Any, new: Any) -> None:
    told = verdicts(operation({"security": old}), operation({"security": new}))
    assert [each.rule.id for each in told if each.level is not Level.INFO] == []


def test_a_level_that_somebody_raised_has_a_proof_too() -> None:
    policy = Policy(today=TODAY, levels={"api-security-removed": Level.BREAKING})
    told = verdicts(operation({"security": [{"a": []}]}), operation({"security": []}), policy)
    (raised,) = [each for each in told if each.rule.id == "api-security-removed"]
    assert raised.proof is not None
    assert raised.proof.outcome is Outcome.UNKNOWN


def parameter(kind: str, **members: Any) -> Any:
    members = {"name": "p", "in": "query", "schema": {"type": kind}, **members}
    return operation({"parameters": [members]})


def test_a_style_that_writes_the_same_text_breaks_nobody() -> None:
    (told,) = [
        each
        for each in verdicts(parameter("string"), parameter("string", explode=False))
        if each.rule.id == "request-parameter-style-changed"
    ]
    assert told.level is Level.INFO
    (told,) = [
        each
        for each in verdicts(parameter("array"), parameter("array", explode=False))
        if each.rule.id == "request-parameter-style-changed"
    ]
    assert told.proof is not None
    shown: Any = told.proof.value
    assert shown["base"] != shown["revision"]


COLOURS, POINT = ["blue", "black"], {"R": 100, "G": 200}


@pytest.mark.parametrize(
    ("style", "explode", "thing", "text"),
    [
        # The table of OpenAPI 3.1, section 4.8.12.2.2, not percent-encoded.
        ("matrix", False, "blue", ";color=blue"),
        ("matrix", False, COLOURS, ";color=blue,black"),
        ("matrix", False, POINT, ";color=R,100,G,200"),
        ("matrix", True, COLOURS, ";color=blue;color=black"),
        ("matrix", True, POINT, ";R=100;G=200"),
        ("label", False, "blue", ".blue"),
        ("label", False, COLOURS, ".blue,black"),
        ("label", True, COLOURS, ".blue.black"),
        ("label", True, POINT, ".R=100.G=200"),
        ("form", False, "blue", "color=blue"),
        ("form", False, COLOURS, "color=blue,black"),
        ("form", False, POINT, "color=R,100,G,200"),
        ("form", True, COLOURS, "color=blue&color=black"),
        ("form", True, POINT, "R=100&G=200"),
        ("simple", False, True, "true"),
        ("simple", False, COLOURS, "blue,black"),
        ("simple", False, POINT, "R,100,G,200"),
        ("simple", True, POINT, "R=100,G=200"),
        ("spaceDelimited", False, COLOURS, "color=blue black"),
        ("spaceDelimited", False, POINT, "color=R 100 G 200"),
        ("pipeDelimited", False, COLOURS, "color=blue|black"),
        ("deepObject", True, POINT, "color[R]=100&color[G]=200"),
    ],
)
def test_values_are_written_as_their_style_says(
    style: str, explode: bool, thing: object, text: str
) -> None:
    assert written("color", style, explode, thing) == text


def test_a_value_in_a_path_is_never_empty() -> None:
    short = {**ID, "schema": TEXT}
    more = {**ID, "schema": {**TEXT, "minLength": 1}}
    old, new = (
        {"paths": {"/things/{id}": {"get": {**FINE, "parameters": [p]}}}} for p in (short, more)
    )
    policy = Policy(today=TODAY, levels={"request-parameter-min-length-set": Level.BREAKING})
    base, revision = document(old), document(new)
    (told,) = [v for v in verdicts(base, revision, policy) if "min-length" in v.rule.id]
    assert told.proof is not None
    assert told.proof.outcome is Outcome.UNKNOWN

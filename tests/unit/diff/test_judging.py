"""Levels, order, messages, versions, and which calls a verdict touches."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from generator.api import Api
from generator.diff import Bump, Level, bump, client_bump
from tests.unit.diff.pairs import POLICY, everywhere, ids, operation, verdicts

TEXT = {"type": "string"}


def body(**properties: Any) -> Api:
    schema = {"type": "object", "properties": properties}
    return operation(
        {
            "operationId": "make",
            "requestBody": {"content": {"application/json": {"schema": schema}}},
        }
    )


LESS: tuple[Api, Api] = (body(a={**TEXT, "maxLength": 9}), body(a={**TEXT, "maxLength": 3}))


def levels(base: Api, revision: Api, **policy: Any) -> dict[str, Level]:
    return {
        each.rule.id: each.level for each in verdicts(base, revision, replace(POLICY, **policy))
    }


def test_what_narrows_requests_is_no_harm_in_answers() -> None:
    found = levels(everywhere({**TEXT, "maxLength": 9}), everywhere({**TEXT, "maxLength": 3}))
    assert found["request-body-max-length-decreased"] is Level.BREAKING
    assert found["response-body-max-length-decreased"] is Level.INFO


def test_below_a_not_directions_are_turned_round() -> None:
    def inside(most: int) -> Api:
        return body(a={"not": {**TEXT, "maxLength": most}})

    made = "request-property-max-length-decreased"
    assert levels(inside(9), inside(3))[made] is Level.INFO
    assert levels(body(a={**TEXT, "maxLength": 9}), body(a={**TEXT, "maxLength": 3}))[made] is (
        Level.BREAKING
    )


def test_a_project_has_the_last_word_on_levels() -> None:
    made = "request-property-max-length-decreased"
    assert levels(*LESS, levels={made: Level.WARNING})[made] is Level.WARNING


def test_an_open_operation_that_asks_for_credentials_breaks() -> None:
    closed = operation({"security": [{"key": []}]})
    other = operation({"security": [{"key": []}, {"oauth": []}]})
    assert levels(operation({"security": []}), closed)["api-credentials-refused"] is Level.BREAKING
    assert levels(closed, other)["api-security-added"] is Level.INFO


def test_what_promises_nothing_is_no_news() -> None:
    draft, removed = (
        operation({"x-stability-level": "draft", "parameters": each})
        for each in ([{"name": "p", "in": "query", "schema": TEXT}], [])
    )
    assert ids(draft, removed) == set()
    assert "request-parameter-removed" in ids(
        draft, removed, replace(POLICY, least_stability="draft")
    )


def test_a_breaking_type_that_still_fits_is_told_as_such() -> None:
    old = body(a={"allOf": [{"type": "object", "properties": {"b": TEXT}}, {}]})
    new = body(a={"type": "object", "properties": {"b": TEXT}})
    assert Level.BREAKING not in levels(old, new).values()


def test_a_message_says_where_from_and_to() -> None:
    (verdict,) = [v for v in verdicts(*LESS) if v.level is Level.BREAKING]
    assert verdict.message == (
        "request body application/json at /a: the maximum length was decreased from 9 to 3"
    )
    assert verdict.pointer.endswith("/properties/a")


def test_order_does_not_depend_on_chance() -> None:
    both = everywhere({**TEXT, "maxLength": 9}), everywhere({"type": "integer", "maximum": 3})
    first = [(each.rule.id, each.message) for each in verdicts(*both)]
    assert first == [(each.rule.id, each.message) for each in verdicts(*both)]
    assert len(first) == len(set(first))


def test_the_version_that_follows() -> None:
    assert bump(verdicts(*LESS)) is Bump.MAJOR
    assert bump(verdicts(LESS[1], LESS[0])) is Bump.MINOR
    assert bump(()) is Bump.NONE
    assert client_bump(verdicts(*LESS)) is Bump.NONE

"""What a change touches of the tests: calls of a record, laws, accepted findings."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from generator.api import Api, CallRecord, Request, Response
from generator.diff import Suite, Touch, Verdict, touch, touched_operations
from generator.report import Entry
from tests.unit.diff.pairs import document, verdicts

FINE: dict[str, Any] = {"responses": {"200": {"description": "fine"}}}
SIZE = {"name": "size", "in": "query", "schema": {"type": "integer", "maximum": 9}}


def api(maximum: int = 9, **members: Any) -> Api:
    size = {**SIZE, "schema": {"type": "integer", "maximum": maximum}}
    use = {"x-lockstep-resource": {"resource": "thing", "role": "read"}}
    return document(
        {
            "paths": {
                "/a": {"get": {**FINE, "operationId": "a", "parameters": [size]}},
                "/b/{id}": {
                    "parameters": [
                        {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
                    ],
                    "get": {**FINE, **use, "operationId": "b"},
                },
            },
            "components": {"schemas": {"Thing": {"type": "object"}}},
            **members,
        }
    )


def call(name: str) -> CallRecord:
    return CallRecord(name, "somebody", Request("GET", f"/{name}"), Response(200), 0.0, "smoke")


def entry(name: str, operation: str = "") -> Entry:
    return Entry(name, "known", "us", date(2030, 1, 1), operation)


def only(base: Api, revision: Api, rule: str) -> Verdict:
    (found,) = [each for each in verdicts(base, revision) if each.rule.id == rule]
    return found


CALLS = [call("a"), call("b"), call("a")]
LAWS = {"a": frozenset({"filter"}), "b": frozenset({"gone"})}
ACCEPTED = [
    entry("filter-01234567"),
    entry("gone-01234567"),
    entry("not_a_server_error-01234567"),
    entry("filter-89abcdef", "a"),
    entry("filter-00000000", "b"),
]


def test_a_change_touches_what_is_about_its_operation() -> None:
    base, revision = api(), api(maximum=7)
    found = touch(
        only(base, revision, "request-parameter-max-decreased"),
        Suite(CALLS, LAWS, ACCEPTED),
        base,
        revision,
    )
    assert found == Touch(
        calls=(2, 4),
        laws=("filter",),
        accepted=("filter-01234567", "not_a_server_error-01234567", "filter-89abcdef"),
    )


def test_what_is_no_operations_touches_none() -> None:
    base = api()
    revision = api(components={"schemas": {"Thing": {"type": "object"}, "Other": {}}})
    verdict = only(base, revision, "api-schema-added")
    assert touch(verdict, Suite(CALLS, LAWS, ACCEPTED), base, revision) == Touch()


@pytest.mark.parametrize(
    ("before", "after", "rule", "names"),
    [
        (
            {"servers": [{"url": "https://h/v1"}]},
            {"servers": [{"url": "https://h/v2"}]},
            "api-server-path-changed",
            {"a", "b"},
        ),
        (
            {
                "x-lockstep-resources": {
                    "thing": {"schema": "#/components/schemas/Thing", "key": "id"}
                }
            },
            {
                "x-lockstep-resources": {
                    "thing": {"schema": "#/components/schemas/Thing", "key": "no"}
                }
            },
            "behaviour-resource-changed",
            {"b"},
        ),
    ],
)
def test_what_is_of_the_whole_touches_what_depends_on_it(
    before: Any, after: Any, rule: str, names: set[str]
) -> None:
    base, revision = api(**before), api(**after)
    assert touched_operations(only(base, revision, rule), base, revision) == names

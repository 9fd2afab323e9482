"""Every answer is one that the description has; what is not asked as described is not judged."""

from __future__ import annotations

import pytest

from generator.api.conform import Conform
from generator.api.exchange import CallRecord, Request, Response
from generator.contract.calling.admission import Admission
from generator.contract.judging.conforming import Conforming
from generator.report import Severity
from tests.described import api_of

API = api_of("""
    x-lockstep-errors: {everywhere: [406], faults: {not-found: {status: 404}}}
    paths:
      /things/{id}:
        get:
          operationId: getThing
          parameters: [{name: id, in: path, required: true, schema: {type: string}}]
          responses:
            "200":
              description: One
              content:
                application/json:
                  schema: {type: object, required: [id], properties: {id: {type: string}}}
            "204": {description: None}
    """)
JSON = (("Content-Type", "application/json; charset=utf-8"),)


def rules(
    status: int,
    body: bytes = b'{"id": "a"}',
    headers: tuple[tuple[str, str], ...] = JSON,
    *,
    method: str = "GET",
    target: str = "/v1/things/a?x=1",
    strict: bool = False,
) -> list[tuple[str, Severity]]:
    """What is said of an answer."""
    judge = Conforming(API, Conform(API), "/v1", Admission(API, ()), strict=strict)
    request = Request(method, target)
    call = CallRecord("getThing", "", request, Response(status, headers, body), 0.0, "laws")
    return [(each.rule, each.severity) for each in judge.findings(call)]


STATUS, KIND, BODY = "undocumented-status", "undocumented-media-type", "answer-schema"
ERROR, WARNING = Severity.ERROR, Severity.WARNING


@pytest.mark.parametrize("status", [200, 204, 404, 406, 429, 503])
def test_what_is_described_or_any_server_may_say_is_fine(status: int) -> None:
    assert rules(status, b"" if status == 204 else b'{"id": "a"}') == []


@pytest.mark.parametrize(
    ("status", "strict", "severity"),
    [(201, False, ERROR), (500, False, ERROR), (418, False, WARNING), (418, True, ERROR)],
)
def test_an_undocumented_status_is_told(status: int, strict: bool, severity: Severity) -> None:
    assert rules(status, strict=strict) == [(STATUS, severity)]


@pytest.mark.parametrize(
    ("body", "headers", "rule"),
    [
        (b"{}", JSON, BODY),
        (b'{"id": 1}', JSON, BODY),
        (b"{", JSON, BODY),
        (b"x", (("Content-Type", "text/html"),), KIND),
        (b"x", (), KIND),
    ],
)
def test_a_wrong_body_is_told(body: bytes, headers: tuple[tuple[str, str], ...], rule: str) -> None:
    assert rules(200, body, headers) == [(rule, ERROR)]


@pytest.mark.parametrize(
    ("method", "target"),
    [("POST", "/v1/things/a"), ("GET", "/v1/things/a/"), ("GET", "/v1/things"), ("GET", "/x")],
)
def test_what_is_not_of_the_operation_is_not_judged(method: str, target: str) -> None:
    assert rules(500, method=method, target=target) == []


def test_a_body_from_which_a_secret_was_taken_is_not_judged() -> None:
    assert rules(200, b'{"id": [redacted]}') == []

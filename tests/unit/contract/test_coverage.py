"""Coverage counts what was met, what was broken, and shows what never was."""

from __future__ import annotations

from generator.api.exchange import CallRecord, Request, Response
from generator.contract.judging.coverage import coverage
from generator.report import Covered
from tests.described import api_of

API = api_of("""
    paths:
      /things/{id}:
        put:
          operationId: putThing
          parameters:
            - {name: id, in: path, required: true, schema: {type: string, minLength: 2}}
            - {name: dry, in: query, schema: {type: boolean}}
            - {name: X-Never, in: header, schema: {type: string}}
          requestBody:
            content:
              application/json:
                schema:
                  type: object
                  required: [name]
                  additionalProperties: false
                  properties:
                    name: {type: string, maxLength: 3}
                    tags: {type: array, maxItems: 1, items: {enum: [a]}}
                    id: {type: string, readOnly: true}
          responses:
            "200": {description: Done}
            "4XX": {description: Refused}
            "202": {description: Later}
    """)


def call(target: str, body: bytes, status: int, method: str = "PUT") -> CallRecord:
    """A recorded call."""
    headers = (("Content-Type", "application/json"),)
    request = Request(method, target, headers, body)
    return CallRecord("putThing", "", request, Response(status), 0.0, "negatives")


CALLS = [
    call("/v1/things/ab?dry=true", b'{"name": "abc"}', 200),
    call("/v1/things/a?dry=maybe", b'{"name": "abcd", "tags": ["a"]}', 422),
    call("/v1/things/ab", b'{"tags": ["b", "a"], "more": 1}', 400),
    call("/v1/things/ab", b'{"name": "\\ud800"}', 500),
    call("/v1/things/ab", b"no JSON", 200, method="POST"),
]


def counts(group: tuple[Covered, ...]) -> dict[str, tuple[int, int]]:
    """By name, how often it was held and broken."""
    return {each.name: (each.held, each.broken) for each in group}


def test_what_was_met_and_broken_is_counted() -> None:
    (row,) = coverage(API, CALLS)
    assert row.label == "PUT /things/{id}"
    assert counts(row.statuses) == {"200": (1, 0), "4XX": (2, 0), "202": (0, 0), "500": (0, 1)}
    assert counts(row.parameters) == {
        "id in path": (3, 1),
        "dry in query": (1, 1),
        "X-Never in header": (0, 0),
    }
    assert counts(row.keywords) == {
        "body: type": (4, 0),
        "body: required": (3, 1),
        "body: additionalProperties": (3, 1),
        "name: type": (3, 0),
        "name: maxLength": (2, 1),
        "tags: type": (2, 0),
        "tags: maxItems": (1, 1),
        "tags[]: enum": (1, 1),
    }


def test_what_was_never_called_shows() -> None:
    (row,) = coverage(API, [])
    every = (*row.statuses, *row.parameters, *row.keywords)
    assert {(each.held, each.broken) for each in every} == {(0, 0)}
    assert all(each.where for each in row.keywords)

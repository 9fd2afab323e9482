"""Sequences are answered as such: by the schema of an item, or of the whole."""

from __future__ import annotations

import pytest

from tests.unit.mock.shop import Caller, caller

API = """\
paths:
  /things:
    get:
      operationId: watchThings
      responses:
        "200":
          description: x
          content:
            text/event-stream: {schema: {type: object, required: [a], properties: {a: {const: 1}}}}
            application/jsonl: {itemSchema: {type: object, required: [a], properties: {a: {const: 1}}}}
            application/x-ndjson: {schema: {type: array, items: {const: 1}, minItems: 2}}
            application/json-seq: {schema: {const: '"as it is"'}}
"""


@pytest.fixture(scope="module", name="call")
def _call() -> Caller:
    return caller(API)


@pytest.mark.parametrize(
    ("media_type", "body"),
    [
        ("text/event-stream", b'data: {"a":1}\n\n'),
        ("application/jsonl", b'{"a":1}\n'),
        ("application/x-ndjson", b"1\n1\n"),
        ("application/json-seq", b'"as it is"'),
    ],
)
def test_the_body_is_of_its_media_type(call: Caller, media_type: str, body: bytes) -> None:
    answer = call("GET", "/things", headers=(("Accept", media_type),))
    assert (answer.status, answer.header("content-type"), answer.body) == (200, media_type, body)

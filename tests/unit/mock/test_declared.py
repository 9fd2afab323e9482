"""Prefer gives any declared answer, valid ones only, and touches no state."""

from __future__ import annotations

import pytest

from generator.api.exchange import Response
from tests.unit.mock.shop import Caller, caller, value

API = """\
components:
  securitySchemes: {key: {type: apiKey, in: header, name: X-Key}}
paths:
  /thing:
    get:
      operationId: getThing
      security: [{key: []}]
      responses:
        "200":
          description: x
          content:
            application/json:
              schema: {type: object, required: [n], properties: {n: {type: integer}}}
              examples: {one: {value: {n: 1}}, two: {value: {n: 2}}, broken: {value: {n: x}}}
            text/plain: {schema: {type: string}, examples: {words: {value: some words}}}
        "404": {description: x, headers: {X-Why: {required: true, schema: {const: gone}}}}
        4XX: {description: x, content: {application/json: {schema: {type: object, required: [why], properties: {why: {const: so}}}}}}
"""


@pytest.fixture(scope="module", name="call")
def _call() -> Caller:
    return caller(API)


def ask(call: Caller, prefer: str, accept: str = "*/*") -> Response:
    return call("GET", "/thing", headers=(("Prefer", prefer), ("Accept", accept)))


@pytest.mark.parametrize(
    ("prefer", "status", "body"),
    [
        ("example=two", 200, {"n": 2}),
        ("code=200, example=one", 200, {"n": 1}),
        ("code=200", 200, {"n": 1}),
        ('code="429"', 429, {"why": "so"}),
    ],
)
def test_a_declared_answer_can_be_had(call: Caller, prefer: str, status: int, body: object) -> None:
    before = call.state
    answer = ask(call, prefer)
    assert (answer.status, value(answer)) == (status, body)
    assert answer.header("preference-applied") == prefer.replace('"', "")
    assert call.state is before


def test_promised_headers_come_along_and_no_body_without_one(call: Caller) -> None:
    answer = ask(call, "code=404")
    assert (answer.status, answer.body, answer.header("x-why")) == (404, b"", "gone")


def test_an_example_decides_the_media_type_and_accept_between_several(call: Caller) -> None:
    assert ask(call, "example=words").header("content-type") == "text/plain"
    assert ask(call, "code=200", "text/plain").header("content-type") == "text/plain"


@pytest.mark.parametrize(
    "prefer", ["code=500", "example=broken", "example=none", "code=2000", "code=", "wait=1", "%%"]
)
def test_what_cannot_be_had_is_passed_over(call: Caller, prefer: str) -> None:
    answer = ask(call, prefer)
    assert answer.status == 200
    assert value(answer) == {"n": 1}
    assert answer.header("preference-applied") is None


ENVELOPED = """\
components:
  schemas:
    Thing: {type: object, required: [n], properties: {n: {type: integer}}}
    Wrapped:
      type: object
      required: [status, content]
      properties: {status: {type: integer}, content: {$ref: "#/components/schemas/Thing"}}
      x-lockstep-enveloped: true
paths:
  /thing:
    get:
      operationId: getThing
      responses:
        "200":
          description: x
          content:
            application/json:
              schema: {anyOf: [{$ref: "#/components/schemas/Thing"}, {$ref: "#/components/schemas/Wrapped"}]}
              examples: {plain: {value: {n: 1}}, wrapped: {value: {status: 200, content: {n: 1}}}}
"""


def test_an_example_in_an_envelope_can_be_had() -> None:
    call = caller(ENVELOPED)
    assert value(ask(call, "example=plain")) == {"n": 1}
    assert value(ask(call, "example=wrapped")) == {"status": 200, "content": {"n": 1}}

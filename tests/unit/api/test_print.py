"""The model as JSON, the description as OpenAPI, and the behaviours in sentences."""

from __future__ import annotations

import json

from generator.api import build, check_examples, dump
from generator.api.explain import explanation
from generator.api.openapi import openapi
from generator.diagnostics import Diagnostics
from tests.described import api_of, described, resolved_of

BODY = """
security: [{Key: []}]
components:
  securitySchemes: {Key: {type: apiKey, in: header, name: X-Key}}
  schemas: {Thing: {type: object, properties: {id: {type: string}}}}
x-lockstep-resources: {thing: {schema: "#/components/schemas/Thing", key: id}}
paths:
  /things:
    get:
      operationId: listThings
      security: [{Key: []}]
      x-lockstep-resource: {resource: thing, role: list}
      responses:
        "200":
          description: fine
          content:
            application/json:
              schema: {type: array, items: {$ref: "#/components/schemas/Thing"}}
              example: [{x-lockstep-kept: it is data}]
"""


def test_a_dump_is_canonical_json() -> None:
    text = dump(api_of(BODY))
    dumped = json.loads(text)
    assert text == dump(api_of(BODY))
    assert dumped["operations"][0]["behaviours"]["resource"] == {
        "resource": "thing",
        "role": "list",
    }
    assert dumped["schemas"]["/components/schemas/Thing"]["types"] == ["object"]


def test_an_open_description_asks_for_nothing() -> None:
    resolved = resolved_of(described(BODY), Diagnostics())
    assert resolved is not None
    opened = json.dumps(openapi(resolved.root, without_security=True))
    assert "security" not in opened
    assert "x-lockstep-resource" in opened


def test_without_extensions_only_ours_are_gone_and_data_stays() -> None:
    resolved = resolved_of(described(BODY), Diagnostics())
    assert resolved is not None
    plain = json.dumps(openapi(resolved.root, without_extensions=True))
    assert "x-lockstep-resource" not in plain
    assert "x-lockstep-kept" in plain
    assert openapi(resolved.root) == resolved.root.root


def test_behaviours_are_told_in_sentences() -> None:
    told = list(explanation(api_of(BODY)))
    assert "listThings: list thing (x-lockstep-resource)" in told


def test_an_example_that_does_not_fit_is_said_at_its_line() -> None:
    diagnostics = Diagnostics()
    text = described(BODY).replace("x-lockstep-kept: it is data", "id: 1")
    resolved = resolved_of(text, diagnostics)
    assert resolved is not None
    api = build(resolved, diagnostics)
    assert api is not None
    check_examples(api, diagnostics)
    (said,) = diagnostics
    assert said.code == "invalid-example"
    assert said.where.pointer.endswith("/application~1json/example")  # type: ignore[union-attr]

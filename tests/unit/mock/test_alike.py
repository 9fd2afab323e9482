"""Paths that differ in the names of their parameters alone: the values tell which is meant."""

from __future__ import annotations

import pytest

from generator.api.exchange import Request
from generator.mock import model_for
from tests.described import api_and_diagnostics
from tests.unit.mock.shop import Caller, value

API = """\
paths:
  /users/{id}:
    get:
      operationId: byId
      parameters: [{name: id, in: path, required: true, schema: {type: integer}}]
      responses: {"200": {description: x, content: {application/json: {schema: {const: byId}}}}}
  /users/{name}:
    get:
      operationId: byName
      parameters: [{name: name, in: path, required: true, schema: {type: string, pattern: "^[a-z]+$"}}]
      responses:
        "200": {description: x, content: {application/json: {schema: {const: byName}}}}
        "410": {description: x}
    delete:
      operationId: removeByName
      parameters: [{name: name, in: path, required: true, schema: {type: string}}]
      responses: {"204": {description: x}}
  /users/{mail}:
    get:
      operationId: byMail
      parameters: [{name: mail, in: path, required: true, schema: {type: string, pattern: "@"}}]
      responses: {"200": {description: x, content: {application/json: {schema: {const: byMail}}}}}
"""


@pytest.fixture(name="call")
def _call() -> Caller:
    api, _ = api_and_diagnostics(API)
    assert api is not None
    return Caller(model_for(api))


@pytest.mark.parametrize(
    ("text", "meant"), [("7", "byId"), ("ada", "byName"), ("a%40b", "byMail"), ("a@b", "byMail")]
)
def test_the_values_tell_which_is_meant(call: Caller, text: str, meant: str) -> None:
    assert value(call("GET", f"/users/{text}")) == meant
    request = Request("GET", f"/users/{text}", (("Prefer", "code=204"),))
    assert call.model.failures(call.state, request) == (meant, [])


@pytest.mark.parametrize("text", ["A-B", "%FF"])
def test_what_none_takes_is_refused_as_the_first_refuses_it(call: Caller, text: str) -> None:
    assert call("GET", f"/users/{text}").status == 400


def test_other_methods_and_answers_of_the_path_are_there(call: Caller) -> None:
    assert call("DELETE", "/users/7").status == 204
    assert call("PUT", "/users/7").header("allow") == "DELETE, GET, HEAD, OPTIONS"
    assert call.model.refusal(Request("GET", "/users/7"), 410).status == 410


def test_it_is_said_of_each() -> None:
    said = api_and_diagnostics(API)[1]
    assert [each.split(" ", 2)[1:] for each in said] == [
        ["paths-alike", "GET /users/{name} has the same shape as GET /users/{id}"],
        ["paths-alike", "GET /users/{mail} has the same shape as GET /users/{id}"],
    ]

"""Answers of any media type are written as one; what is in parts has a boundary."""

from __future__ import annotations

import pytest

from generator.mock.answering.ranges import concrete
from generator.runtime.messages import Headers
from generator.runtime.parts import parts
from tests.described import api_of
from tests.unit.mock.shop import Caller, caller, value

API = """\
paths:
  /books:
    post:
      operationId: addBook
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Book'}}}}
      responses: {"201": {description: x, content: {'*/*': {schema: {$ref: '#/components/schemas/Book'}}}}}
  /books/{id}:
    get:
      operationId: getBook
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses:
        "200": {description: x, content: {'*/*': {schema: {$ref: '#/components/schemas/Book'}}}}
        "404": {description: x, content: {'*/*': {schema: {type: object}}}}
  /text: {get: {responses: {"200": {description: x, content: {'*/*': {schema: {type: string}}}}}}}
  /lines: {get: {responses: {"200": {description: x, content: {'text/*': {schema: {type: string}}}}}}}
  /bytes:
    get:
      responses:
        "200": {description: x, content: {'*/*': {schema: {type: string, format: binary}}}}
  /vendor: {get: {responses: {"200": {description: x, content: {'application/*+json': {schema: {type: object}}}}}}}
  /picture: {get: {responses: {"200": {description: x, content: {'image/*': {schema: {type: string}}}}}}}
  /mixed:
    get:
      responses:
        "200":
          description: x
          content:
            multipart/mixed:
              schema: {type: array, items: {}}
              example: [{a: 1}, plain, [true]]
components:
  schemas:
    Book: {type: object, required: [id, name], properties: {id: {type: string, readOnly: true}, name: {type: string}}}
"""


@pytest.fixture(scope="module", name="call")
def _call() -> Caller:
    return caller(API)


@pytest.mark.parametrize(
    ("path", "media_type"),
    [
        ("/text", "text/plain"),
        ("/lines", "text/plain"),
        ("/bytes", "application/octet-stream"),
        ("/vendor", "application/json"),
        ("/picture", "image/*"),
    ],
)
def test_an_answer_has_one_media_type(call: Caller, path: str, media_type: str) -> None:
    assert call("GET", path).header("content-type") == media_type


def test_things_that_are_answered_in_any_media_type_are_kept(call: Caller) -> None:
    made = call("POST", "/books", {"name": "a"}, headers=(("Accept", "application/json"),))
    assert (made.status, made.header("content-type")) == (201, "application/json")
    assert value(call("GET", f"/books/{value(made)['id']}")) == value(made)
    assert call("GET", "/books/none").status == 404


def test_parts_are_told_apart_by_a_boundary(call: Caller) -> None:
    answer = call("GET", "/mixed")
    headers = Headers([("content-type", answer.header("content-type") or "")])
    found = [
        (part.headers.get("content-type"), part.content) for part in parts(answer.body, headers)
    ]
    assert found == [
        ("application/json", b'{"a":1}'),
        ("text/plain; charset=utf-8", b"plain"),
        ("application/json", b"[true]"),
    ]
    assert answer == call("GET", "/mixed")


def test_only_json_may_be_spelled_out() -> None:
    api = concrete(api_of(API), only_json=True)
    kinds = {
        each.path: each.responses[0].content[0].media_type
        for each in api.operations
        if each.method == "GET"
    }
    assert kinds["/books/{id}"] == kinds["/vendor"] == "application/json"
    assert kinds["/text"] == kinds["/bytes"] == "*/*"

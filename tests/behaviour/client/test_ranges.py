"""Descriptions made of code: any media type for JSON, queries that are objects, lists in them."""

from __future__ import annotations

import importlib
from typing import Any

import pytest

from generator.api.exchange import Request
from generator.mock import model_for
from tests.behaviour.client.conftest import Make
from tests.behaviour.client.server import Server
from tests.described import api_and_diagnostics, api_of

BOOKS = """\
paths:
  /books:
    get:
      operationId: listBooks
      tags: [Books]
      parameters:
        - {name: paging, in: query, required: true, schema: {$ref: '#/components/schemas/Paging'}}
        - {name: filter, in: query, style: deepObject, schema: {$ref: '#/components/schemas/Filter'}}
      responses:
        "200":
          description: Books.
          content: {'*/*': {schema: {type: array, items: {$ref: '#/components/schemas/Book'}}}}
        "400": {description: No., content: {'*/*': {schema: {$ref: '#/components/schemas/Book'}}}}
  /books/{id}:
    get:
      operationId: getBook
      tags: [Books]
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses:
        "200":
          description: A book.
          content: {'application/*': {schema: {$ref: '#/components/schemas/Book'}}}
  /cover:
    get:
      operationId: getCover
      tags: [Books]
      responses:
        "200":
          description: A picture.
          content: {'*/*': {schema: {type: string, format: binary}}}
components:
  schemas:
    Paging:
      type: object
      properties: {page: {type: integer}, sort: {type: array, items: {type: string}}}
    Filter:
      type: object
      properties: {year: {type: array, items: {type: integer}}, by: {type: string}}
    Book: {type: object, required: [name], properties: {name: {type: string}}}
"""
JSON = "application/json"


@pytest.fixture(scope="module")
def books(make: Make) -> Any:
    return make(BOOKS)


def answered(package: Any, media_type: str, body: Any, target: str = "GET /books/1") -> Any:
    """The resource of a server that answers one call so."""
    server = Server({target: (200, media_type, body)})
    asgi = importlib.import_module(f"{package.__name__}._runtime.asgi")
    return package.Client(transport=asgi.AsgiTransport(server)).books


@pytest.mark.parametrize("media_type", [JSON, "application/hal+json", "application/x-own"])
def test_json_of_any_media_type_is_the_model(books: Any, media_type: str) -> None:
    book = answered(books, media_type, {"name": "a"}).get_book("1")
    assert book == books.models.Book(name="a")


def test_what_is_no_json_is_said_to_be_none(books: Any) -> None:
    with pytest.raises(books.errors.DecodeError):
        answered(books, "application/x-own", "a").get_book("1")
    with pytest.raises(books.errors.DecodeError):
        answered(books, JSON, {"name": 1}).get_book("1")


def test_bytes_of_any_media_type_stay_bytes(books: Any) -> None:
    assert answered(books, "image/png", "a", "GET /cover").get_cover() == b"a"


def test_a_list_in_an_object_is_its_items(books: Any) -> None:
    target = "/books?page=1&sort=a&sort=b%26&filter%5Byear%5D=1&filter%5Byear%5D=2"
    resource = answered(books, JSON, [{"name": "a"}], f"GET {target}")
    models = books.models
    found = resource.list_books(
        paging=models.Paging(page=1, sort=["a", "b&"]), filter=models.Filter(year=[1, 2])
    )
    assert found == [models.Book(name="a")]
    model = model_for(api_of(BOOKS))
    for more, status in (("", 200), ("&filter%5Byear%5D=x", 400), ("&page=x", 400)):
        request = Request("GET", target + more)
        assert model.step(model.start(0, ()), request)[1].status == status


QUERY = """\
paths:
  /find:
    get:
      operationId: find
      parameters:
        - name: how
          in: querystring
          required: true
          content:
            {media_type}:
              schema:
                type: object
                required: [a]
                properties: {{a: {{type: string}}, b: {{type: array, items: {{type: integer}}}}}}
      responses: {{"204": {{description: ok}}, "400": {{description: no}}}}
"""


def test_a_whole_query_is_one_argument(make: Make) -> None:
    text = QUERY.format(media_type="application/x-www-form-urlencoded")
    package = make(f"openapi: 3.2.0\ninfo: {{title: Test, version: '1'}}\n{text}")
    asgi = importlib.import_module(f"{package.__name__}._runtime.asgi")
    server = Server({"GET /find?a=x%3D&b=1&b=2": (204, "", None)})
    client = package.Client("http://probe.test", transport=asgi.AsgiTransport(server))
    client.find.find(how=package.models.FindHow(a="x=", b=[1, 2]))
    model = model_for(api_of(text, version="3.2.0"))
    for query, status in (("a=x&b=1", 204), ("b=1", 400), ("a=x&b=y", 400)):
        request = Request("GET", f"/find?{query}")
        assert model.step(model.start(0, ()), request)[1].status == status


def test_a_whole_query_that_is_no_form_is_said() -> None:
    text = QUERY.format(media_type="application/json")
    _, said = api_and_diagnostics(text, version="3.2.0")
    assert [each.partition(" ")[2] for each in said] == [
        "unsupported a query that is application/json"
    ]

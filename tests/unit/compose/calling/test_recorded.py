"""Recorded requests become arguments again, whatever their styles and media types."""

from __future__ import annotations

import pytest

from generator.api import CallRecord
from generator.api.exchange import Request, Response
from generator.compose.calling.recorded import recorded_calls, steps
from tests.described import api_of
from tests.unit.plan.planned import planned

API = """\
paths:
  /find:
    get:
      operationId: find
      tags: [things]
      parameters:
        - {name: paging, in: query, required: true, schema: {$ref: '#/components/schemas/Paging'}}
        - {name: deep, in: query, style: deepObject, schema: {$ref: '#/components/schemas/Paging'}}
      responses:
        "200":
          description: x
          content: {'*/*': {schema: {type: string}}, 'application/xml': {schema: {}}}
components:
  schemas:
    Paging:
      type: object
      properties: {page: {type: integer}, sort: {type: array, items: {type: string}}}
"""
DESCRIBED = api_of(API)
PACKAGE, _ = planned(API)
METHODS = {
    method.id: (module.attribute, method)
    for module in PACKAGE.resources
    for method in module.methods
}


def recorded(target: str, media_type: str = "text/plain") -> CallRecord:
    """A call, answered with a text of a media type."""
    response = Response(200, (("content-type", media_type),), b"a")
    return CallRecord("find", "", Request("GET", target), response, 0.0, "lockstep")


@pytest.mark.parametrize(
    ("target", "arguments", "query"),
    [
        ("/find", {"paging": {}}, {}),
        ("/find?page=1&x=1", {"paging": {"page": 1}}, {"x": ["1"]}),
        ("/find?sort=a&sort=b", {"paging": {"sort": ["a", "b"]}}, {}),
        ("/find?deep%5Bpage%5D=2", {"paging": {}, "deep": {"page": 2}}, {}),
    ],
)
def test_an_object_is_gathered_from_a_query(
    target: str, arguments: dict[str, object], query: dict[str, list[str]]
) -> None:
    [call] = recorded_calls(DESCRIBED, METHODS, [recorded(target)])
    assert (call.arguments, call.query) == (arguments, query)


@pytest.mark.parametrize("media_type", ["text/plain", "image/png", "application/xml; a=b"])
def test_what_a_range_takes_in_has_a_body(media_type: str) -> None:
    [exchange] = steps(DESCRIBED, METHODS, [recorded("/find?page=1", media_type)])
    assert exchange.expected.form == "bytes"

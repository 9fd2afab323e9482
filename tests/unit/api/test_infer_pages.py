"""Pages are inferred from parameters in use for them and from the answer's shape, or not at all."""

from __future__ import annotations

import pytest

from generator.api.behaviours import Pagination
from generator.api.explain import explanation
from generator.api.infer import infer
from tests.described import api_of
from tests.unit.mock.shop import Caller, caller, value

THING = "{type: object, required: [id], properties: {id: {type: string, readOnly: true}, name: {type: string}}}"
ARRAY = "{type: array, items: {$ref: '#/components/schemas/Thing'}}"


def text(query: str, answer: str, headers: str = "{}") -> str:
    """A list with these query parameters and this answer."""
    names = [each.split(":") for each in query.split()]
    parameters = ", ".join(
        f"{{name: {name}, in: query, schema: {{type: {kind}}}}}" for name, kind in names
    )
    return f"""\
components: {{schemas: {{Thing: {THING}}}}}
paths:
  /things:
    get:
      operationId: list
      parameters: [{parameters}]
      responses: {{"200": {{description: x, headers: {headers}, content: {{application/json: {{schema: {answer}}}}}}}}}
    post:
      operationId: make
      requestBody: {{content: {{application/json: {{schema: {{$ref: '#/components/schemas/Thing'}}}}}}}}
      responses: {{"201": {{description: x}}}}
  /things/{{id}}:
    get:
      operationId: read
      parameters: [{{name: id, in: path, required: true, schema: {{type: string}}}}]
      responses:
        "200": {{description: x, content: {{application/json: {{schema: {{$ref: '#/components/schemas/Thing'}}}}}}}}
        "404": {{description: x}}
"""


def body(members: str) -> str:
    return f"{{type: object, properties: {{things: {ARRAY}, {members}}}}}"


NUMBERED = text(
    "page:integer per_page:integer include_count:boolean",
    body(
        "meta: {type: object, properties: {total_count: {type: integer}}}, "
        "links: {type: array, items: {type: object, properties: {rel: {}, href: {}}}}"
    ),
)
OFFSET = text("offset:integer limit:integer", body("total: {type: integer}"))
CURSOR = text("pageToken:string pageSize:integer", body("nextPageToken: {type: string}"))
LINKED = text("page:integer limit:integer", ARRAY, "{Link: {schema: {type: string}}}")


def cut(described: str) -> Pagination | None:
    """What is inferred of the list."""
    operations = {each.name: each for each in infer(api_of(described)).api.operations}
    return operations["list"].behaviours.pagination


@pytest.mark.parametrize(
    ("described", "expected"),
    [
        (
            NUMBERED,
            Pagination(
                "page-number",
                items="/things",
                total="/meta/total_count",
                links="/links",
                page="page",
                size="per_page",
                count="include_count",
            ),
        ),
        (
            OFFSET,
            Pagination("offset", items="/things", total="/total", offset="offset", size="limit"),
        ),
        (
            CURSOR,
            Pagination(
                "cursor",
                items="/things",
                next="/nextPageToken",
                cursor="pageToken",
                size="pageSize",
            ),
        ),
        (LINKED, Pagination("link", page="page", size="limit")),
    ],
)
def test_names_and_shapes_tell(described: str, expected: Pagination) -> None:
    assert cut(described) == expected


@pytest.mark.parametrize(
    "described",
    [
        text("limit:integer", ARRAY),
        text("page:integer", ARRAY),
        text("page:string limit:integer", ARRAY),
        text("cursor:string limit:integer", ARRAY),
        text("offset:boolean limit:integer", ARRAY),
        text("pages:integer limit:integer", ARRAY),
    ],
)
def test_what_is_not_plain_is_not_inferred(described: str) -> None:
    assert cut(described) is None


def test_what_is_declared_is_left_as_it_is() -> None:
    declared = LINKED.replace(
        "operationId: list", "operationId: list\n      x-lockstep-pagination: {style: single}"
    )
    assert cut(declared) == Pagination("single")


@pytest.mark.parametrize(("default", "start"), [(0, 0), (1, 1)])
def test_the_first_page_has_the_number_of_its_default(default: int, start: int) -> None:
    described = LINKED.replace(
        "page, in: query, schema: {type: integer}",
        f"page, in: query, schema: {{type: integer, minimum: 0, default: {default}}}",
    )
    found = cut(described)
    assert found is not None
    assert found.start == start


def test_it_says_from_what() -> None:
    said = "list: offset pages of /things (inferred from its parameters offset and limit)"
    assert said in list(explanation(api_of(OFFSET)))


def filled(described: str) -> Caller:
    """A mock with five things."""
    call = caller(described)
    for name in "abcd":
        assert call("POST", "/things", {"name": name}).status == 201
    return call


def test_inferred_pages_are_cut_and_lead_on() -> None:
    numbered = value(filled(NUMBERED)("GET", "/things?page=2&per_page=2"))
    assert len(numbered["things"]) == 2
    assert numbered["meta"] == {"total_count": 5}
    assert [each["rel"] for each in numbered["links"]] == ["previous", "self", "next"]
    offset = value(filled(OFFSET)("GET", "/things?offset=3&limit=4"))
    assert (len(offset["things"]), offset["total"]) == (2, 5)
    linked = filled(LINKED)("GET", "/things?page=3&limit=2")
    assert len(value(linked)) == 1
    assert 'rel="next"' not in str(linked.header("link"))


def test_inferred_cursors_lead_to_the_end() -> None:
    call, seen, token = filled(CURSOR), 0, ""
    for _ in range(3):
        page = value(call("GET", f"/things?pageSize=2&pageToken={token}"))
        seen += len(page["things"])
        token = page.get("nextPageToken", "")
    assert (seen, token) == (5, "")

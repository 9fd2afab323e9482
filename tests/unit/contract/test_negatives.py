"""Negatives and auth: each wrong call gets what is declared, and a server that is lax is told."""

from __future__ import annotations

import json
from collections.abc import Callable
from urllib.parse import unquote

import pytest

from generator.api.exchange import Request, Response
from generator.compose.twin import MockTwin
from generator.contract import Finished, Options, Target, run
from generator.contract.judging.refusals import statuses
from generator.contract.negatives.values import probes, texts
from generator.mock import app_for, serve
from generator.report import Finding, Severity
from tests.described import api_of, component
from tests.mutants.boards.table import BOARDS
from tests.mutants.judged import findings
from tests.unit.contract.servers import serving
from tests.unit.contract.shelf import shelf_api

RIGHT = BOARDS.source


def negatives(changed: str) -> list[Finding]:
    """What the part finds in a changed server."""
    return findings(BOARDS, changed, ("negatives",))


def test_the_right_servers_are_not_accused() -> None:
    assert not negatives(RIGHT)
    with serve(app_for(shelf_api()), "127.0.0.1", 0) as server:
        target = Target(server.url, disposable=True)
        options = Options(only=("negatives",))
        last = list(run(shelf_api(), {}, target, options))[-1]
    assert isinstance(last, Finished)
    assert last.report.findings == ()
    assert last.report.calls > 50


@pytest.mark.parametrize(
    ("right", "wrong", "title"),
    [
        ("1 <= len(value) <= most", "1 <= len(value) <= most + 1", "text of length 41"),
        ("1 <= len(value) <= most", "len(value) <= most", "nothing in it"),
        ("1 <= len(value) <= most", "1 <= len(value.encode()) <= most", "first plane is fine"),
        ('"text": given["text"]', '"text": given["text"][:99]', "200 is fine yet it is kept otherwise"),
        ("rank > 100", "rank > 99", "maximum + 0 is fine"),
        ("isinstance(rank, bool) or ", "", "true in its place"),
        ("len(made) != len(pairs)", "False", "a key that stands twice"),
        ('set(given) - {"title", "archived"}', "False", "a field that is unknown"),
        ("len(asked) != len(pairs) or ", "", "sent twice"),
        ('raise Refusal(415, "media")', "pass", "a body of text/plain"),
        ('raise Refusal(405, "method", [("Allow", ", ".join(table))])',
         'raise Refusal(405, "method")', "a 405 without Allow"),
        ('wanted != self.tag(held["row"])', "False", "a precondition that does not hold"),
        ('or held["row"]["board"] != parts[1]', "", "in another board"),
    ],
)  # fmt: skip
def test_a_lax_server_is_told_by_its_fault(right: str, wrong: str, title: str) -> None:
    assert right in RIGHT
    found = negatives(RIGHT.replace(right, wrong))
    assert any(title in each.title for each in found), [each.title for each in found]


def test_a_finding_names_the_keyword_and_its_place() -> None:
    found = negatives(RIGHT.replace("1 <= len(value) <= most", "len(value) <= most"))
    told = next(each for each in found if each.title.startswith("title: nothing in it"))
    assert "minLength" in told.message
    assert str(told.where).endswith("/Title/minLength")


def test_what_is_open_has_no_status() -> None:
    api = api_of("paths: {/a: {get: {responses: {'200': {description: Fine.}}}}}")
    operation = api.operations[0]
    assert statuses(api, operation, "unknown-query") == frozenset()
    assert statuses(api, operation, "not-acceptable") == frozenset()
    assert 404 in statuses(api, operation, "not-found")
    assert 400 in statuses(api, operation, "invalid-query")
    assert 404 not in statuses(api, operation, "invalid-query")


@pytest.mark.parametrize(
    ("schema", "fine", "lengths"),
    [
        ("{type: string, minLength: 2, maxLength: 5}", "abc", {1, 2, 3, 4, 5, 6}),
        ("{type: string, pattern: '^[a-f]{3,4}$'}", "abc", {2, 3, 4, 5}),
    ],
)
def test_texts_stand_on_both_sides_of_each_limit(schema: str, fine: str, lengths: set[int]) -> None:
    api = api_of(f"paths: {{}}\ncomponents: {{schemas: {{Text: {schema}}}}}")
    made = [text for what, text in texts(api, component("Text"), fine) if "of length" in what]
    assert {len(each) for each in made} == lengths


def test_numbers_and_arrays_have_limits_too() -> None:
    api = api_of(
        "paths: {}\ncomponents: {schemas: {"
        "Number: {type: integer, minimum: 3, multipleOf: 2},"
        "List: {type: array, maxItems: 2, items: {type: integer}}}}"
    )
    numbers = [value for _, value in probes(api, component("Number"), 4)]
    assert {2, 3, 4, 7.0} <= {each for each in numbers if isinstance(each, int | float)}
    arrays = [value for _, value in probes(api, component("List"), [1])]
    assert [1, 1, 1] in arrays


def test_a_server_that_fails_on_odd_calls_is_told() -> None:
    def fails(request: Request) -> Response:
        return Response(500 if "lockstep" in request.target else 200, (), b"")

    api = api_of("paths: {/a: {get: {operationId: a, responses: {'200': {description: Fine.}}}}}")
    with serving(fails) as url:
        last = list(run(api, {}, Target(url), Options(only=("negatives",)), MockTwin(api)))[-1]
    assert isinstance(last, Finished)
    assert last.report.tested


AUTH = (
    ('if owner is None:', "if owner is None and headers.get('x-key') is None:", "auth-required"),
    ('if owner is None:', "if owner is None and ',' not in headers.get('x-key', ''):", "auth-proof"),
    ('raise Refusal(401, "key", [("WWW-Authenticate", "Key")])', 'raise Refusal(404, "missing")',
     "auth-first"),
)  # fmt: skip


@pytest.mark.parametrize(("right", "wrong", "rule"), AUTH)
def test_lax_credentials_are_told(right: str, wrong: str, rule: str) -> None:
    assert right in RIGHT
    found = findings(BOARDS, RIGHT.replace(right, wrong), ("laws", "auth"))
    assert rule in {each.rule for each in found}
    assert all("key-of-ann" not in f"{each.curl}{each.message}" for each in found)


COUNTED = """
paths:
  /shelves/{shelf}:
    get:
      operationId: getShelf
      parameters:
        - {name: shelf, in: path, required: true, schema: {type: integer}}
        - {name: deep, in: query, schema: {type: boolean}}
      responses:
        "200":
          description: A shelf.
          content: {application/json: {schema: {$ref: "#/components/schemas/Shelf"}}}
        "404": {description: None.}
  /shelves:
    post:
      operationId: createShelf
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: "#/components/schemas/NewShelf"}}}
      responses:
        "201":
          description: Made.
          content: {application/json: {schema: {$ref: "#/components/schemas/Shelf"}}}
components:
  schemas:
    NewShelf: {type: object, required: [label], properties: {label: {type: string}}}
    Shelf:
      type: object
      required: [id, label]
      properties: {id: {type: integer}, label: {type: string}}
"""


def counted(answer: Callable[[str, str], Response | None]) -> list[Finding]:
    """What the part finds in a server of shelves that says no more of itself."""
    made = json.dumps({"id": 7, "label": "a"}).encode()
    typed = (("Content-Type", "application/json"),)

    def shelves(request: Request) -> Response:
        path, _, query = request.target.partition("?")
        if request.method == "GET" and (told := answer(unquote(path), unquote(query))):
            return told
        if request.method == "POST" and path == "/shelves":
            return Response(201, typed, made)
        if request.method not in ("GET", "HEAD"):
            return Response(405, (("Allow", "GET, HEAD"),), b"")
        found = path == "/shelves/7" and query in ("", "deep=true", "deep=false")
        return Response(200, typed, made) if found else Response(404, (), b"")

    with serving(shelves) as url:
        options = Options(only=("negatives",), judge=("getShelf",), strict=True)
        *_, last = run(api_of(COUNTED), {}, Target(url, disposable=True), options)
    assert isinstance(last, Finished)
    return [each for each in last.report.findings if each.severity is Severity.ERROR]


def fine(told: bool) -> Response | None:
    """A shelf, or what the right server answers."""
    body = b'{"id": 7, "label": "a"}'
    return Response(200, (("Content-Type", "application/json"),), body) if told else None


def test_how_a_number_may_be_spelled_in_an_address_is_left_open() -> None:
    assert not counted(lambda path, query: fine(path.strip(" \n").endswith("/7") and not query))
    assert not counted(lambda path, query: fine(query.lower().strip() in ("deep=true",)))
    other = counted(lambda path, query: fine(path.endswith("/7") and query == "deep=lockstep"))
    assert {each.title for each in other} == {
        "deep: a text in its place is not refused as declared",
        "deep: 'lockstep' in its place is not refused as declared",
    }


def test_a_number_that_nothing_has_is_asked_for() -> None:
    (told,) = counted(lambda path, query: fine(path[9:].isdigit() and not query))
    assert told.title == "shelf: a key that nothing has is not refused as declared"


def test_what_is_left_open_may_be_refused_but_not_make_the_server_fail() -> None:
    assert not counted(
        lambda path, query: Response(400, (), b"") if "lockstepUnknown" in query else None
    )
    found = counted(
        lambda path, query: Response(500, (), b"") if "lockstepUnknown" in query else None
    )
    titles = [each.title for each in found]
    assert "a parameter that is unknown makes the server fail" in titles

"""One method, several ways of calling it: a body or its fields, one media type or another."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.behaviour.client.conftest import Make
from tests.behaviour.client.server import Server
from tests.behaviour.client.test_generated import opened

JSON = "application/json"
SHELVES = """\
paths:
  /shelves/{name}:
    put:
      operationId: putShelf
      tags: [Shelves]
      parameters:
        - {name: name, in: path, required: true, schema: {type: string}}
        - {name: fields, in: query, schema: {type: string}}
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: '#/components/schemas/Shelf'}}}
      responses: {"204": {description: Kept.}}
    patch:
      operationId: changeShelf
      tags: [Shelves]
      parameters: [{name: name, in: path, required: true, schema: {type: string}}]
      requestBody:
        content:
          application/json:
            schema: {type: object, properties: {self: {type: string}, isFull: {type: boolean}}}
      responses: {"204": {description: Changed.}}
  /notes:
    post:
      operationId: addNote
      tags: [Shelves]
      requestBody:
        required: true
        content:
          text/plain: {schema: {type: string}}
          application/json: {schema: {$ref: '#/components/schemas/Note'}}
          application/x-www-form-urlencoded: {schema: {$ref: '#/components/schemas/Note'}}
          multipart/form-data: {schema: {$ref: '#/components/schemas/Note'}}
      responses: {"204": {description: Kept.}}
    put:
      operationId: putNote
      tags: [Shelves]
      requestBody:
        content:
          application/octet-stream: {schema: {}}
          'hostile/"]=x': {schema: {}}
      responses: {"204": {description: Kept.}}
  /report:
    get:
      operationId: getReport
      tags: [Shelves]
      responses:
        "200":
          description: A report.
          content:
            text/csv: {schema: {type: string}}
            application/json: {schema: {$ref: '#/components/schemas/Report'}}
        "404": {description: None., content: {application/problem+json: {schema: {type: object}}}}
  /shelves:
    get:
      operationId: listShelves
      tags: [Shelves]
      x-lockstep-pagination: {style: cursor, cursor: after, items: /items, next: /next}
      parameters: [{name: after, in: query, schema: {type: string}}]
      responses:
        "200":
          description: Shelves.
          content:
            text/csv: {schema: {type: string}}
            application/json: {schema: {$ref: '#/components/schemas/Names'}}
            application/vnd.whole+json: {schema: {$ref: '#/components/schemas/Notes'}}
components:
  schemas:
    Note: {type: object, required: [text], properties: {text: {type: string}, page: {type: integer}}}
    Names:
      type: object
      required: [items]
      properties: {items: {type: array, items: {type: string}}, next: {type: string}}
    Notes:
      type: object
      required: [items]
      properties:
        items: {type: array, items: {$ref: '#/components/schemas/Note'}}
        next: {type: string}
    Report: {type: object, required: [rows], properties: {rows: {type: integer}}}
    Shelf:
      type: object
      required: [name, width]
      properties:
        name: {type: string, description: As painted on it.}
        width: {type: integer, minimum: 1}
        heightInRows: {type: [integer, 'null']}
        id: {type: string, readOnly: true}
"""
CALLS = """\
from typing import assert_type

import {name}
from {name} import Client, models
from {name}._runtime import Page

client = Client("http://probe.test")
shelves = client.shelves
assert_type(shelves.get_report(accept="text/csv"), str)
assert_type(shelves.get_report(accept="application/json"), models.Report)
assert_type(shelves.get_report(), models.Report | str)
raw = shelves.with_raw_response.get_report(accept="text/csv")
assert_type(raw.parse(), str)
assert_type(shelves.list_shelves(accept="text/csv"), str)
assert_type(shelves.list_shelves(accept="application/json"), Page[str])
assert_type(shelves.list_shelves(after="a", accept="application/vnd.whole+json"), Page[models.Note])
assert_type(shelves.list_shelves(), Page[str | models.Note])
shelves.put_shelf("a", models.Shelf(name="a", width=1))
shelves.put_shelf("a", {{"name": "a"}}, fields="x")
shelves.put_shelf("a", body_name="a", width=1, height_in_rows=None, fields="x")
shelves.with_raw_response.put_shelf("a", body_name="a", width=1)
shelves.change_shelf("a", body_self="me", is_full=True)
shelves.change_shelf("a")
shelves.add_note(models.Note(text="a"))
shelves.add_note(text="a", page=1)
shelves.add_note("a", content_type="text/plain")
shelves.add_note(models.Note(text="a"), content_type="application/x-www-form-urlencoded")
shelves.put_note(b"a")
"""
WRONG = (
    'shelves.put_shelf("a")',
    'shelves.put_shelf("a", width=1)',
    'shelves.put_shelf("a", body_name="a", width="1")',
    'shelves.put_shelf("a", body_name="a", width=1, colour="red")',
    'shelves.put_shelf("a", {}, body_name="a", width=1)',
    'shelves.get_report(accept="text/html")',
    'shelves.add_note("a")',
    'shelves.add_note(b"a", content_type="application/x-www-form-urlencoded")',
    'shelves.add_note("a", content_type="text/html")',
)


@pytest.fixture(scope="module")
def shelves(make: Make) -> Any:
    return make(SHELVES)


def asked(package: Any) -> tuple[Any, Server]:
    """The resource and the server that it asks."""
    client, server = opened(
        package,
        {
            "PUT /shelves/a": (204, "", None),
            "PUT /shelves/a?fields=x": (204, "", None),
            "PATCH /shelves/a": (204, "", None),
            "POST /notes": (204, "", None),
            "GET /report": (200, "text/csv", "rows\r\n1\r\n"),
            "GET /shelves": (200, JSON, {"items": ["a", "b"], "next": "c"}),
            "GET /shelves?after=c": (200, JSON, {"items": ["c"]}),
            "GET /shelves?after=x": (200, "text/csv", "a\r\n"),
        },
    )
    return client.shelves, server


def test_a_body_is_given_whole_or_by_its_fields(shelves: Any) -> None:
    resource, server = asked(shelves)
    body = {"name": "a", "width": 1, "heightInRows": None}
    resource.put_shelf("a", body)
    resource.put_shelf("a", shelves.models.Shelf(name="a", width=1, height_in_rows=None))
    resource.put_shelf("a", body_name="a", width=1, height_in_rows=None)
    resource.with_raw_response.put_shelf("a", body_name="a", width=1, height_in_rows=None)
    with resource.with_streaming_response.put_shelf("a", body_name="a", width=1) as streamed:
        assert streamed.status == 204
    assert [each.body for each in server.asked] == [body] * 4 + [{"name": "a", "width": 1}]


def test_a_parameter_keeps_its_name_and_a_field_gets_another(shelves: Any) -> None:
    resource, server = asked(shelves)
    resource.put_shelf("a", body_name="b", width=2, fields="x")
    resource.change_shelf("a", body_self="me", is_full=shelves.UNSET)
    resource.change_shelf("a")
    assert [(each.query, each.body) for each in server.asked] == [
        ("fields=x", {"name": "b", "width": 2}),
        ("", {"self": "me"}),
        ("", None),
    ]


def test_what_does_not_make_a_body_is_said_before_anything_is_sent(shelves: Any) -> None:
    resource, server = asked(shelves)
    with pytest.raises(TypeError, match=r"putShelf takes a body or its fields .*, not both"):
        resource.put_shelf("a", {}, width=1)
    with pytest.raises(TypeError, match=r"putShelf: .*name"):
        resource.put_shelf("a", width=1)
    with pytest.raises(TypeError, match=r"putShelf: .*colour"):
        resource.put_shelf("a", body_name="a", width=1, colour="red")
    with pytest.raises(TypeError, match="putShelf needs a body"):
        resource.put_shelf("a")
    assert not server.asked


def test_an_answer_is_asked_for_in_one_of_its_media_types(shelves: Any) -> None:
    resource, server = asked(shelves)
    assert resource.get_report(accept="text/csv") == "rows\r\n1\r\n"
    assert resource.get_report() == "rows\r\n1\r\n"
    with pytest.raises(shelves.errors.DecodeError, match="not described"):
        resource.get_report(accept=JSON)
    with pytest.raises(ValueError, match="getReport does not answer in 'text/html'"):
        resource.get_report(accept="text/html")
    assert [each.headers["accept"] for each in server.asked] == [
        "text/csv, application/problem+json",
        f"{JSON}, text/csv, application/problem+json",
        f"{JSON}, application/problem+json",
    ]


def test_pages_are_asked_for_unless_another_media_type_is(shelves: Any) -> None:
    resource, server = asked(shelves)
    assert list(resource.list_shelves().all()) == ["a", "b", "c"]
    assert list(resource.list_shelves(accept=JSON).all()) == ["a", "b", "c"]
    assert resource.list_shelves(after="x", accept="text/csv") == "a\r\n"
    raw = resource.with_raw_response
    assert raw.list_shelves(accept=JSON).parse().items == ["a", "b"]
    assert raw.list_shelves(after="x", accept="text/csv").parse() == "a\r\n"
    with resource.with_streaming_response.list_shelves(after="x", accept="text/csv") as streamed:
        assert streamed.read() == b"a\r\n"
    with pytest.raises(shelves.errors.DecodeError, match="'text/csv' is not described"):
        resource.list_shelves(after="x")
    with pytest.raises(ValueError, match="listShelves does not answer in 'text/html'"):
        resource.list_shelves(accept="text/html")
    paged = f"{JSON}, application/vnd.whole+json"
    accepts = [each.headers["accept"] for each in server.asked]
    assert accepts == [paged, paged, JSON, JSON, "text/csv", JSON, "text/csv", "text/csv", paged]


def test_a_body_is_sent_in_one_of_its_media_types(shelves: Any) -> None:
    resource, server = asked(shelves)
    note = shelves.models.Note(text="a b", page=1)
    resource.add_note(note)
    resource.add_note(text="a b", page=1)
    resource.add_note(note, content_type="application/x-www-form-urlencoded")
    resource.add_note("a b", content_type="text/plain")
    resource.add_note({"text": "a b"}, content_type="multipart/form-data")
    with pytest.raises(ValueError, match="addNote takes no body of 'text/html'"):
        resource.add_note(note, content_type="text/html")
    sent = [(each.headers["content-type"].partition(";")[0], each.raw) for each in server.asked]
    assert sent[:4] == [
        (JSON, b'{"text":"a b","page":1}'),
        (JSON, b'{"text":"a b","page":1}'),
        ("application/x-www-form-urlencoded", b"text=a%20b&page=1"),
        ("text/plain", b"a b"),
    ]
    assert sent[4][0] == "multipart/form-data"
    assert b'name="text"\r\n\r\na b' in sent[4][1]


def test_the_docstring_tells_of_the_fields(shelves: Any) -> None:
    told = shelves.Client("http://probe.test").shelves.put_shelf.__doc__
    assert "body_name: In the body. As painted on it." in told
    assert "width: In the body. At least 1." in told


def test_type_checkers_tell_the_forms_apart(shelves: Any, tmp_path: Path) -> None:
    lines = [*CALLS.format(name=shelves.__name__).splitlines(), *WRONG]
    (tmp_path / "calls.py").write_text("\n".join(lines))
    folder = Path(shelves.__file__).parent.parent
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(tmp_path), "calls.py"],
        cwd=tmp_path,
        env={"MYPYPATH": str(folder), "PATH": ""},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    found = [line.partition(": error:")[0] for line in done.stdout.splitlines() if "error:" in line]
    first = len(lines) - len(WRONG) + 1
    wanted = [f"calls.py:{first + n}" for n in range(len(WRONG))]
    assert list(dict.fromkeys(found)) == wanted, done.stdout

"""A form in parts is given by its fields: files in every way, the rest by its schema."""

from __future__ import annotations

import asyncio
import importlib
import io
import re
import subprocess
import sys
from collections.abc import AsyncIterator
from email import message_from_bytes
from pathlib import Path
from typing import Any

import pytest

from generator.api import build
from generator.diagnostics import Diagnostics
from generator.mock import app_for
from tests.behaviour.client.conftest import Make
from tests.behaviour.client.server import Asked
from tests.behaviour.client.test_generated import opened
from tests.described import described, resolved_of

PHOTOS = """\
x-lockstep-resources:
  Photo: {schema: '#/components/schemas/Photo', key: id, fields: {id: {opaque: true}}}
paths:
  /photos:
    post:
      operationId: addPhoto
      x-lockstep-resource: {resource: Photo, role: create}
      tags: [Photos]
      requestBody:
        required: true
        content:
          multipart/form-data:
            schema: {$ref: '#/components/schemas/NewPhoto'}
            encoding:
              meta: {contentType: application/vnd.meta+json}
              picture: {contentType: image/png, headers: {X-Taken: {schema: {type: string}}}}
              note: {headers: {X-Language: {schema: {type: string}}}}
              size: {style: deepObject, explode: true}
              flat: {style: form, explode: false}
      responses:
        "201":
          description: Kept.
          content: {application/json: {schema: {$ref: '#/components/schemas/Photo'}}}
        "400": {description: No such photo can be.}
  /photos/{id}:
    get:
      operationId: getPhoto
      x-lockstep-resource: {resource: Photo, role: read, parameters: {id: Photo}}
      tags: [Photos]
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses:
        "200":
          description: A photo.
          content: {application/json: {schema: {$ref: '#/components/schemas/Photo'}}}
        "404": {description: No such photo.}
  /notes:
    post:
      operationId: addNote
      tags: [Photos]
      requestBody:
        required: true
        content:
          multipart/form-data: {schema: {$ref: '#/components/schemas/NewNote'}}
          application/json: {schema: {$ref: '#/components/schemas/NewNote'}}
      responses: {"204": {description: Kept.}}
  /anything:
    post:
      operationId: addAnything
      tags: [Photos]
      requestBody:
        content:
          multipart/form-data:
            schema:
              oneOf:
                - {type: object, properties: {a: {type: string}}}
                - {type: object, properties: {b: {type: string}}}
      responses: {"204": {description: Kept.}}
components:
  schemas:
    Kind: {type: string, enum: [scan, shot]}
    Size: {type: object, properties: {width: {type: integer}, height: {type: integer}}}
    Meta: {type: object, required: [by], properties: {by: {type: string}, year: {type: integer}}}
    NewNote:
      type: object
      required: [text]
      properties: {text: {type: string}, scan: {type: string, format: binary}, content_type: false}
    NewPhoto:
      type: object
      required: [picture, title, version]
      properties:
        picture: {type: string, format: binary, description: What is seen.}
        title: {type: string, maxLength: 20}
        version: {type: integer, const: 1}
        id: {type: string, readOnly: true}
        kind: {$ref: '#/components/schemas/Kind'}
        meta: {$ref: '#/components/schemas/Meta'}
        size: {$ref: '#/components/schemas/Size'}
        flat: {type: array, items: {type: integer}}
        note: {type: string}
        'tag[]': {type: array, items: {type: string}}
        more: {type: array, items: {type: string, format: binary}}
        either: {anyOf: [{type: string, format: binary}, {$ref: '#/components/schemas/Meta'}]}
        thumbnail: {anyOf: [{type: string, contentMediaType: image/gif}, {type: 'null'}]}
        rows: {type: string, contentMediaType: text/csv}
        self: {type: boolean}
        class: {type: string}
    Photo:
      type: object
      required: [id, title]
      properties:
        id: {type: string}
        title: {type: string}
        kind: {$ref: '#/components/schemas/Kind'}
        meta: {$ref: '#/components/schemas/Meta'}
        size: {$ref: '#/components/schemas/Size'}
        flat: {type: array, items: {type: integer}}
        'tag[]': {type: array, items: {type: string}}
"""
ANSWER = (201, "application/json", {"id": "1", "title": "t"})
CALLS = """\
import io
import pathlib
from {name} import Client, File, FileLike, Part, models

photos = Client("http://probe.test").photos
path = pathlib.Path("a.png")
photos.add_photo({{"picture": b"1", "title": "t", "version": 1}})
photos.add_photo(picture=b"1", title="t")
photos.add_photo(picture=path, title="t", thumbnail=io.BytesIO(b"1"), rows="a,b")
photos.add_photo(picture=path.open("rb"), title="t", more=[path, b"1", ("a", b"2")])
photos.add_photo(picture=("a.png", b"1"), title="t", either=models.Meta(by="me"))
photos.add_photo(picture=("a.png", path, "image/gif"), title="t", kind=models.Kind.SCAN)
photos.add_photo(picture=File("a.png", b"1", headers={{"X-Taken": "now"}}), title="t")
photos.add_photo(picture=iter([b"1"]), title="t", note=Part("n", {{"X-Language": "de"}}))
photos.add_photo(picture=b"", title="t", size=models.Size(width=1), flat=[1], tag=["a"])
some: FileLike = b"1"
photos.add_note(text="a", scan="b")
photos.add_note(text="a", scan=some, content_type="multipart/form-data")
photos.add_note({{"text": "a"}}, content_type="multipart/form-data")
photos.add_photo(picture=some, title="t", body_self=True, class_="c", meta=models.Meta(by="me"))
"""
WRONG = (
    "photos.add_photo()",
    'photos.add_photo(title="t")',
    'photos.add_photo(picture="a", title="t")',
    'photos.add_photo(picture=[b"1"], title="t", more=b"1")',
    'photos.add_photo(picture=b"1", title="t", id="1")',
    'photos.add_photo(picture=b"1", title="t", version=1, flat=["a"])',
    'photos.add_photo({}, picture=b"1", title="t")',
    'photos.add_note(text="a", scan=b"b")',
    'photos.add_note(scan=b"b", content_type="multipart/form-data")',
)


@pytest.fixture(scope="module")
def photos(make: Make) -> Any:
    return make(PHOTOS)


def asked(package: Any) -> tuple[Any, list[Asked]]:
    """The resource, and what its server was asked."""
    client, server = opened(
        package,
        {"POST /photos": ANSWER, "POST /anything": (204, "", None), "POST /notes": (204, "", None)},
    )
    return client.photos, server.asked


def parts(request: Asked) -> list[tuple[str, str, str, bytes]]:
    """Of each part its name, file name, media type and content."""
    head = f"Content-Type: {request.headers['content-type']}\r\n\r\n".encode()
    found = message_from_bytes(head + request.raw).get_payload()
    assert isinstance(found, list)
    return [
        (
            str(part.get_param("name", header="content-disposition")),
            part.get_filename() or "",
            part.get("content-type", ""),
            part.get_payload(decode=True),
        )
        for part in found
    ]


def test_a_file_is_given_in_every_way(photos: Any, tmp_path: Path) -> None:
    path = tmp_path / "a b.png"
    path.write_bytes(b"1")
    resource, calls = asked(photos)
    with path.open("rb") as opened_file:
        for picture in (
            path,
            opened_file,
            ("a b.png", b"1"),
            ("a b.png", iter([b"1"]), "image/png"),
            ("a b.png", path),
            photos.File("a b.png", io.BytesIO(b"1")),
        ):
            resource.add_photo(picture=picture, title="t")
    wanted = [
        ("picture", "a b.png", "image/png", b"1"),
        ("title", "", "", b"t"),
        ("version", "", "", b"1"),
    ]
    assert [parts(each) for each in calls] == [wanted] * 6
    resource.add_photo(picture=("x", b"", "image/gif"), title="t")
    assert parts(calls[-1])[0] == ("picture", "x", "image/gif", b"")


def test_the_rest_is_written_as_the_description_says(photos: Any) -> None:
    resource, calls = asked(photos)
    models = photos.models
    resource.add_photo(
        picture=photos.File("p", b"0", headers={"X-Taken": "now"}),
        title="Größe, &",
        kind=models.Kind.SCAN,
        meta=models.Meta(by="me"),
        size=models.Size(width=1, height=2),
        flat=[1, 2],
        note=photos.Part("n", {"X-Language": "de"}),
        tag=["a", "b"],
        more=[b"1", ("two", b"2")],
        either=models.Meta(by="you"),
        thumbnail=b"3",
        rows="a,b",
        body_self=True,
        class_="c",
    )
    assert parts(calls[0]) == [
        ("picture", "p", "image/png", b"0"),
        ("title", "", "", "Größe, &".encode()),
        ("version", "", "", b"1"),
        ("kind", "", "", b"scan"),
        ("meta", "", "application/vnd.meta+json", b'{"by":"me"}'),
        ("size[width]", "", "", b"1"),
        ("size[height]", "", "", b"2"),
        ("flat", "", "", b"1,2"),
        ("note", "", "", b"n"),
        ("tag[]", "", "", b"a"),
        ("tag[]", "", "", b"b"),
        ("more", "more", "application/octet-stream", b"1"),
        ("more", "two", "application/octet-stream", b"2"),
        ("either", "", "application/json", b'{"by":"you"}'),
        ("thumbnail", "thumbnail", "application/octet-stream", b"3"),
        ("rows", "", "text/csv", b"a,b"),
        ("self", "", "", b"true"),
        ("class", "", "", b"c"),
    ]
    assert b"X-Taken: now" in calls[0].raw
    assert b"X-Language: de" in calls[0].raw


def test_a_mapping_says_the_same(photos: Any) -> None:
    resource, calls = asked(photos)
    resource.add_photo({"picture": ("p", b"0"), "title": "t", "tag[]": ["a"], "version": 1})
    resource.add_photo(picture=("p", b"0"), title="t", tag=["a"])
    assert sorted(parts(calls[0])) == sorted(parts(calls[1]))
    resource.add_anything({"a": "1"})
    resource.add_anything()
    assert parts(calls[2]) == [("a", "", "", b"1")]
    assert not calls[3].raw


def test_the_fields_of_a_form_beside_json_go_with_its_media_type(photos: Any) -> None:
    resource, calls = asked(photos)
    resource.add_note(text="a", scan="b")
    resource.add_note(text="a", scan=("s", b"b"), content_type="multipart/form-data")
    resource.add_note({"text": "a"}, content_type="multipart/form-data")
    assert calls[0].body == {"text": "a", "scan": "b"}
    note = ("text", "", "", b"a")
    assert parts(calls[1]) == [note, ("scan", "s", "application/octet-stream", b"b")]
    assert parts(calls[2]) == [note]
    for wrong in ({"scan": b"b"}, {"text": "a", "content": "b"}):
        with pytest.raises(TypeError, match="addNote: "):
            resource.add_note(**wrong, content_type="multipart/form-data")


def test_what_makes_no_form_is_said_before_anything_is_sent(photos: Any, tmp_path: Path) -> None:
    resource, calls = asked(photos)
    with pytest.raises(TypeError, match="addPhoto: Missing required argument 'title'"):
        resource.add_photo(picture=b"1")
    with pytest.raises(TypeError, match="addPhoto: Unexpected keyword argument 'id'"):
        resource.add_photo(picture=b"1", title="t", id="1")
    with pytest.raises(TypeError, match=r"takes a body or its fields \(picture\), not both"):
        resource.add_photo({}, picture=b"1")
    with pytest.raises(TypeError, match="addPhoto needs a body"):
        resource.add_photo()
    with pytest.raises(FileNotFoundError):
        resource.add_photo(picture=tmp_path / "none", title="t")
    assert not calls


def test_the_asynchronous_client_does_the_same(photos: Any, tmp_path: Path) -> None:
    asgi = importlib.import_module(f"{photos.__name__}._runtime.asgi")
    _, server = opened(photos, {"POST /photos": ANSWER})
    path = tmp_path / "p"
    path.write_bytes(b"1" * 200_000)

    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(2):
            yield b"1" * 100_000

    async def calls() -> None:
        transport = asgi.AsyncAsgiTransport(server)
        async with photos.AsyncClient(transport=transport) as client:
            await client.photos.add_photo(picture=path, title="t")
            await client.photos.add_photo(picture=("p", pieces()), title="t")

    asyncio.run(calls())
    wanted = ("picture", "p", "image/png", b"1" * 200_000)
    assert [parts(each)[0] for each in server.asked] == [wanted] * 2


def test_the_mock_reads_what_the_client_writes(photos: Any, tmp_path: Path) -> None:
    resolved = resolved_of(described(PHOTOS), Diagnostics())
    assert resolved is not None
    api = build(resolved, Diagnostics())
    assert api is not None
    asgi = importlib.import_module(f"{photos.__name__}._runtime.asgi")
    client = photos.Client(transport=asgi.AsgiTransport(app_for(api)))
    path = tmp_path / "p"
    path.write_bytes(b"\xff\x00--\r\n")
    models = photos.models
    given = {
        "title": "Größe, & = +",
        "kind": models.Kind.SCAN,
        "meta": models.Meta(by="me", year=1),
        "size": models.Size(width=1, height=2),
        "flat": [1, 2],
        "tag": ["a,b", ""],
    }
    made = client.photos.add_photo(picture=path, more=[path, b"2"], **given)
    kept = client.photos.get_photo(made.id)
    assert {name: getattr(kept, name) for name in given} == given
    for wrong in ({"title": "t" * 21}, {"flat": ["a"]}, {"meta": {"year": 1}}):
        with pytest.raises(photos.errors.BadRequest):
            client.photos.add_photo(**{"picture": path, "title": "t", **wrong})


def test_docstring_and_reference_tell_of_the_fields(photos: Any) -> None:
    told = photos.Client("http://probe.test").photos.add_photo.__doc__
    assert "picture: In the body. What is seen." in told
    page = Path(photos.__file__).parent.parent / "docs" / "photos.md"
    rows = re.findall(r"\| `(\w+)` \| field of the body \| (\S.*?) \| (\S*)", page.read_text())
    assert rows[:3] == [
        ("picture", "`FileLike`", "required"),
        ("title", "`str`", "required"),
        ("version", "`int`", ""),
    ]


def test_type_checkers_know_the_fields(photos: Any, tmp_path: Path) -> None:
    lines = [*CALLS.format(name=photos.__name__).splitlines(), *WRONG]
    (tmp_path / "calls.py").write_text("\n".join(lines))
    folder = Path(photos.__file__).parent.parent
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(tmp_path), "calls.py"],
        cwd=tmp_path,
        env={"MYPYPATH": str(folder), "PATH": ""},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    found = [line.partition(": error:")[0] for line in done.stdout.splitlines() if "error:" in line]
    first = len(lines) - len(WRONG) + 1
    wanted = [f"calls.py:{first + n}" for n in range(len(WRONG))]
    assert list(dict.fromkeys(found)) == wanted, done.stdout

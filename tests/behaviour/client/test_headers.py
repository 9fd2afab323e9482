"""Declared header fields of raw responses are typed."""

from __future__ import annotations

import asyncio
import importlib
from typing import Any

import pytest

from tests.behaviour.client.conftest import Make

FILES = """\
paths:
  /files:
    get:
      operationId: listFiles
      tags: [Files]
      responses:
        "200":
          description: Files.
          headers: &headers
            X-Total: {required: true, description: How many., schema: {type: integer}}
            X-Ratio: {schema: {type: number}}
            X-Full: {schema: {type: boolean}}
            X-Kind: {schema: {$ref: '#/components/schemas/Kind'}}
            X-Kinds: {schema: {type: array, items: {$ref: '#/components/schemas/Kind'}}}
            X-Level: {schema: {$ref: '#/components/schemas/Level'}}
            X-Sizes: {schema: {type: array, items: {type: integer}}}
            X-Odd: {schema: {type: object}}
            X-Rate: {schema: {type: object, properties: {limit: {type: integer}, left: {type: integer}}}}
            X-Mixed: {schema: {type: object, properties: {a: {type: integer}, b: {type: string}}}}
            X-Deep: {schema: {type: object, properties: {a: {type: array}}}}
            X-Map: {schema: {type: object, additionalProperties: {$ref: '#/components/schemas/Kind'}}}
            From: {schema: {type: string}}
            x-total: {schema: {type: string}}
            Content-Type: {schema: {type: string}}
          content: {text/plain: {schema: {type: string}}}
  /file:
    get:
      operationId: getFile
      tags: [Files]
      responses:
        "200":
          description: A file.
          headers: *headers
          content: {text/plain: {schema: {type: string}}}
    delete:
      operationId: deleteFile
      tags: [Files]
      responses:
        "200": {description: Gone., headers: {X-Left: {required: true, schema: {type: integer}}}}
        "202": {description: Soon.}
    put:
      operationId: putFile
      tags: [Files]
      responses: {"204": {description: Kept.}}
components:
  schemas:
    Kind: {type: string, enum: [a, b]}
    Level: {type: integer, enum: [1, 2]}
"""


@pytest.fixture(scope="module")
def files(make: Make) -> Any:
    return make(FILES)


class Server:
    """Answers everything with some header fields and a text."""

    def __init__(self, headers: dict[str, str]) -> None:
        self.headers = [(k.encode(), v.encode()) for k, v in headers.items()]

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        headers = [(b"content-type", b"text/plain"), *self.headers]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b"text"})


def asgi_of(package: Any) -> Any:
    return importlib.import_module(f"{package.__name__}._runtime.asgi")


def files_of(package: Any, headers: dict[str, str]) -> Any:
    """The resource, over a server that sends these fields."""
    transport = asgi_of(package).AsgiTransport(Server(headers))
    return package.Client(transport=transport).files


def raw_of(package: Any, headers: dict[str, str]) -> Any:
    """The methods that answer with responses as they came."""
    return files_of(package, headers).with_raw_response


ALL = {
    "x-total": "7",
    "x-ratio": "0.5",
    "x-full": "true",
    "x-kind": "c",
    "x-kinds": "b, c",
    "x-level": "3",
    "x-sizes": "1, 2,3",
    "x-odd": "a,1",
    "x-rate": "limit,10, left,9",
    "x-mixed": "a=1, b=x=y",
    "x-deep": "a,1",
    "x-map": "k=b,l=c",
    "from": "me",
}


def test_values_have_the_types_that_are_declared(files: Any) -> None:
    raw = raw_of(files, ALL).list_files()
    found = raw.typed_headers
    assert (found.x_total, found.x_ratio, found.x_full, found.x_kind) == (7, 0.5, True, "c")
    assert (found.x_sizes, found.x_deep, found.from_) == ([1, 2, 3], "a,1", "me")
    assert (raw.parse(), raw.status, raw.headers.get("X-Total")) == ("text", 200, "7")


def test_enumerations_keep_what_they_do_not_know(files: Any) -> None:
    found = raw_of(files, ALL).list_files().typed_headers
    kind, level = files.models.Kind, files.models.Level
    for value, wanted, known in (
        (found.x_kind, kind("c"), False),
        (found.x_kinds[0], kind.B, True),
        (found.x_kinds[1], kind("c"), False),
        (found.x_level, level(3), False),
        (found.x_map["k"], kind.B, True),
    ):
        assert (type(value), value, value.is_known) == (type(wanted), wanted, known)


def test_objects_come_in_both_ways_of_the_style(files: Any) -> None:
    found = raw_of(files, ALL).list_files().typed_headers
    assert found.x_rate == {"limit": 10, "left": 9}
    assert found.x_mixed == {"a": "1", "b": "x=y"}
    assert found.x_odd == {"a": "1"}
    assert found.x_map == {"k": "b", "l": "c"}


def test_streamed_answers_have_them_too(files: Any) -> None:
    with files_of(files, ALL).with_streaming_response.list_files() as streamed:
        assert streamed.typed_headers.x_rate == {"limit": 10, "left": 9}
        assert streamed.read() == b"text"
        assert streamed.typed_headers.x_total == 7
    streaming = files_of(files, {}).with_streaming_response.list_files()
    with streaming as streamed, pytest.raises(files.errors.DecodeError, match="X-Total"):
        _ = streamed.typed_headers


def test_what_was_not_sent_is_unset(files: Any) -> None:
    found = raw_of(files, {"x-total": "7"}).get_file().typed_headers
    assert found.x_ratio is files.UNSET
    assert type(found).__name__ == "FilesHeaders"
    left = raw_of(files, {}).delete_file().typed_headers
    assert left.x_left is files.UNSET
    assert type(left).__name__ == "DeleteFileHeaders"


@pytest.mark.parametrize("headers", [{}, {"x-total": "many"}])
def test_what_does_not_fit_is_named_when_it_is_read(files: Any, headers: dict[str, str]) -> None:
    raw = raw_of(files, headers).list_files()
    assert raw.parse() == "text"
    with pytest.raises(files.errors.DecodeError, match="X-Total"):
        _ = raw.typed_headers


def test_an_operation_that_declares_none_has_none(files: Any) -> None:
    assert not hasattr(raw_of(files, {}).put_file(), "typed_headers")


def test_the_asynchronous_client_has_them_too(files: Any) -> None:
    async def use() -> int:
        transport = asgi_of(files).AsyncAsgiTransport(Server(ALL))
        async with files.AsyncClient(transport=transport) as client:
            raw = await client.files.with_raw_response.list_files()
            async with client.files.with_streaming_response.list_files() as streamed:
                assert streamed.typed_headers == raw.typed_headers
                assert await streamed.read() == b"text"
            total: int = raw.typed_headers.x_total
            return total

    assert asyncio.run(use()) == 7

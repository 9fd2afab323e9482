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
            X-Kind: {schema: {enum: [a, b]}}
            X-Sizes: {schema: {type: array, items: {type: integer}}}
            X-Odd: {schema: {type: object}}
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


def raw_of(package: Any, headers: dict[str, str]) -> Any:
    """The methods that answer with responses as they came."""
    transport = asgi_of(package).AsgiTransport(Server(headers))
    return package.Client(transport=transport).files.with_raw_response


ALL = {
    "x-total": "7",
    "x-ratio": "0.5",
    "x-full": "true",
    "x-kind": "c",
    "x-sizes": "1, 2,3",
    "x-odd": "a,1",
    "from": "me",
}


def test_values_have_the_types_that_are_declared(files: Any) -> None:
    raw = raw_of(files, ALL).list_files()
    found = raw.typed_headers
    assert (found.x_total, found.x_ratio, found.x_full, found.x_kind) == (7, 0.5, True, "c")
    assert (found.x_sizes, found.x_odd, found.from_) == ([1, 2, 3], "a,1", "me")
    assert (raw.parse(), raw.status, raw.headers.get("X-Total")) == ("text", 200, "7")


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
            total: int = raw.typed_headers.x_total
            return total

    assert asyncio.run(use()) == 7

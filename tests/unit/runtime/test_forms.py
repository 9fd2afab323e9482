"""Fields of forms are written as the description says; operations go to servers of their own."""

from __future__ import annotations

import re
from typing import Any

import pytest

from generator.runtime import Body, File, Model, Operation, Parameter
from generator.runtime.auth import Keyring
from generator.runtime.body import encode_body
from generator.runtime.paging import Turn
from generator.runtime.session import Session
from generator.runtime.uri import split_base

FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data"


class Meta(Model, kw_only=True):
    name: str


def _parts(value: Any, *fields: Parameter) -> list[tuple[str, str, bytes]]:
    """Of each part its name, its Content-Type and its content."""
    kind, content = encode_body(Body(MULTIPART, fields=fields), MULTIPART, value)
    assert isinstance(content, bytes)
    boundary = kind.partition("boundary=")[2].encode()
    found: list[tuple[str, str, bytes]] = []
    for part in content.split(b"--" + boundary)[1:-1]:
        head, _, body = part.strip(b"\r\n").partition(b"\r\n\r\n")
        name = re.search(r'name="([^"]*)"', head.decode())
        media_type = re.search(r"Content-Type: (.*)", head.decode())
        assert name is not None
        found.append((name[1], media_type[1] if media_type else "", body))
    return found


def test_parts_say_what_they_are() -> None:
    value = {
        "meta": Meta(name="x"),
        "plain": {"a": 1},
        "text": "t",
        "list": ["a", "b"],
        "whole": ["a", "b"],
        "picture": File("p.png", b"1"),
        "other": File("o", b"2", "text/css"),
        "any": File("a", b"3"),
    }
    told = (
        Parameter("meta", "query", media_type="application/vnd.meta+json"),
        Parameter("whole", "query", media_type="application/json"),
        Parameter("picture", "query", media_type="image/png"),
        Parameter("other", "query", media_type="image/png"),
    )
    assert _parts(value, *told) == [
        ("meta", "application/vnd.meta+json", b'{"name":"x"}'),
        ("plain", "application/json", b'{"a":1}'),
        ("text", "", b"t"),
        ("list", "", b"a"),
        ("list", "", b"b"),
        ("whole", "application/json", b'["a","b"]'),
        ("picture", "image/png", b"1"),
        ("other", "text/css", b"2"),
        ("any", "application/octet-stream", b"3"),
    ]


def test_fields_of_a_form_have_styles() -> None:
    fields = (
        Parameter("ids", "query", explode=False),
        Parameter("filter", "query", style="deepObject", explode=True),
        Parameter("meta", "query", media_type="application/json"),
    )
    value = {"ids": [1, 2], "filter": {"a": "x"}, "meta": Meta(name="n"), "free": ["p", "q"]}
    _, content = encode_body(Body(FORM, fields=fields), FORM, value)
    assert content == (b"ids=1,2&filter%5Ba%5D=x&meta=%7B%22name%22%3A%22n%22%7D&free=p&free=q")


@pytest.mark.parametrize(
    ("base", "expected"),
    [
        ("https://api.example.com", "https://up.example.com/v2/a"),
        ("https://eu.api.example.com/", "https://up.example.com/v2/a"),
        ("http://127.0.0.1:8000/x", "http://127.0.0.1:8000/x/a"),
    ],
)
def test_a_server_of_its_own_takes_the_place_of_the_usual_ones_alone(
    base: str, expected: str
) -> None:
    operation: Operation[None] = Operation(
        id="a",
        method="GET",
        path="/a",
        server="https://up.example.com/v2",
        instead_of=("https://api.example.com", "https://eu.api.example.com"),
    )
    session = Session(base=split_base(base), keyring=Keyring(None, ()))
    request, _ = session.start(operation, Turn({}), b"", None)
    assert request.url == expected

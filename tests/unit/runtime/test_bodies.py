"""Bodies by their media type: what is sent of what a caller gives, and what is refused."""

from __future__ import annotations

import io
import json
from decimal import Decimal
from typing import Any

import pytest

from generator.runtime import UNSET, Body, File, Part, Upload
from generator.runtime.body import encode_body
from tests.unit.runtime.facts import Role, Thing

FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data"
MIXED = "multipart/mixed"
BINARY = "application/octet-stream"
A, B = Thing(name="a"), Thing(name="b")


def sent(value: Any, media_type: str, **facts: Any) -> tuple[str, bytes]:
    kind, content = encode_body(Body(media_type, **facts), media_type, value)
    return kind, b"".join(content.pieces()) if isinstance(content, Upload) else content


def parts(value: Any, media_type: str = MULTIPART, **facts: Any) -> list[tuple[str, bytes]]:
    """Of each part its head and its content."""
    kind, content = sent(value, media_type, **facts)
    boundary = b"--" + kind.partition("boundary=")[2].encode()
    assert content.endswith(boundary + b"--\r\n")
    cut = [part.removesuffix(b"\r\n") for part in content.split(boundary)[1:-1]]
    pairs = [part.partition(b"\r\n\r\n") for part in cut]
    return [(head.decode().removeprefix("\r\n"), body) for head, _, body in pairs]


@pytest.mark.parametrize(
    ("media_type", "value", "content"),
    [
        ("application/json", A, b'{"name":"a"}'),
        ("application/json", {"a": UNSET, "b": None}, b'{"b":null}'),
        ("application/json", Decimal("1.10"), b"1.10"),
        ("application/jsonl", [A, B], b'{"name":"a"}\n{"name":"b"}\n'),
        ("application/json-seq", (A,), b'\x1e{"name":"a"}\n'),
        ("application/jsonl", [], b""),
        ("application/jsonl", [b"x", b"y"], b"xy"),
        ("text/plain", "é", b"\xc3\xa9"),
        (BINARY, bytearray(b"x"), b"x"),
        (BINARY, io.BytesIO(b"x"), b"x"),
        (BINARY, [b"x", b"y"], b"xy"),
        (FORM, A, b"name=a"),
        (FORM, {"a": [1, True], "b": UNSET, "c": {"x": 1}}, b"a=1&a=true&c=%7B%22x%22%3A1%7D"),
        (FORM, {"role": Role.OWNER, "a b": "&="}, b"role=OWNER&a%20b=%26%3D"),
    ],
)
def test_by_media_type(media_type: str, value: Any, content: bytes) -> None:
    assert sent(value, media_type) == (media_type, content)


@pytest.mark.parametrize(
    ("media_type", "value", "said"),
    [
        ("text/plain", 1, "not int"),
        (BINARY, A, "not Thing"),
        (FORM, "a=b", "not str"),
        (MULTIPART, [A], "not list"),
    ],
)
def test_what_is_no_body_of_a_media_type_is_refused(media_type: str, value: Any, said: str) -> None:
    with pytest.raises(TypeError, match=said):
        sent(value, media_type)


def test_what_is_written_is_what_json_says() -> None:
    came = {"name": "a", "id": 1, "inside": [{"id": 2, "x": 3}]}
    _, content = sent(came, "application/json", omit=("/id", "/inside/*/id", "/none"))
    assert json.loads(content) == {"name": "a", "inside": [{"x": 3}]}


def test_parts_of_a_form() -> None:
    value = {
        "thing": A,
        "text": "t",
        "pipe": [b"raw"],
        "file": File("a.txt", b"1", headers={"X-Rows": "3"}),
        "part": Part({"a": 1}, media_type="application/vnd.a+json", headers={"X-A": "1"}),
    }
    names = [head.splitlines() for head, _ in parts(value)]
    assert names == [
        ['Content-Disposition: form-data; name="thing"', "Content-Type: application/json"],
        ['Content-Disposition: form-data; name="text"'],
        [
            'Content-Disposition: form-data; name="pipe"; filename="pipe"',
            f"Content-Type: {BINARY}",
        ],
        [
            'Content-Disposition: form-data; name="file"; filename="a.txt"',
            f"Content-Type: {BINARY}",
            "X-Rows: 3",
        ],
        [
            'Content-Disposition: form-data; name="part"',
            "Content-Type: application/vnd.a+json",
            "X-A: 1",
        ],
    ]
    assert [body for _, body in parts(value)] == [b'{"name":"a"}', b"t", b"raw", b"1", b'{"a":1}']


def test_an_open_file_stands_there_under_its_own_name(tmp_path: Any) -> None:
    path = tmp_path / 'a"b.txt'
    path.write_bytes(b"rows")
    with path.open("rb") as file:
        [(head, body)] = parts({"file": file})
    assert head.splitlines() == [
        'Content-Disposition: form-data; name="file"; filename="a%22b.txt"',
        f"Content-Type: {BINARY}",
    ]
    assert body == b"rows"


def test_a_name_cannot_end_its_line() -> None:
    [(head, _)] = parts({"a\r\nX: y": File('n"\r\nZ: 1', b"")})
    assert head.count("\r\n") == 1
    assert 'name="a%0D%0AX: y"; filename="n%22%0D%0AZ: 1"' in head


@pytest.mark.parametrize(
    "part",
    [
        File("a", b"", "text/plain\r\nX: y"),
        File("a", b"", headers={"X-A": "1\r\nX: y"}),
        File("a", b"", headers={"content-type": "text/plain"}),
        Part("a", headers={"Content-Disposition": "form-data"}),
    ],
)
def test_a_part_cannot_say_what_is_not_its_to_say(part: File | Part) -> None:
    with pytest.raises(ValueError, match=r"line break|is made of"):
        sent({"a": part}, MULTIPART)


def test_parts_without_names() -> None:
    value = [A, b"raw", "text", File("a.txt", b"1"), Part(b"2", media_type="image/png")]
    assert parts(value, MIXED) == [
        ("Content-Type: application/json", b'{"name":"a"}'),
        (f"Content-Type: {BINARY}", b"raw"),
        ("", b"text"),
        (f'Content-Disposition: attachment; filename="a.txt"\r\nContent-Type: {BINARY}', b"1"),
        ("Content-Type: image/png", b"2"),
    ]
    assert parts([A], MIXED, item_type="application/vnd.a+json") == [
        ("Content-Type: application/vnd.a+json", b'{"name":"a"}')
    ]
    assert parts([b"raw", A], MIXED, item_type="image/png")[1][0] == "Content-Type: image/png"

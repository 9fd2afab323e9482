"""Bodies are read by their media type: JSON, text, bytes, and sequences of items."""

from __future__ import annotations

from typing import Any

import pytest

from generator.runtime import DecodeError, Event, Headers, Response
from generator.runtime.decode import (
    charset_of,
    decode,
    decode_event,
    decode_json,
    decode_part,
)
from generator.runtime.sequences import is_sequence_of_json, items, text_of, written
from tests.unit.runtime.facts import Thing
from tests.unit.runtime.probe import answer

A, B = Thing(name="a"), Thing(name="b")
LINES = "application/x-ndjson"
RECORDS = "application/json-seq"
EVENTS = "text/event-stream"
MIXED = "multipart/mixed"
PARTS = (
    b'--x\r\ncontent-type: application/json\r\n\r\n{"name":"a"}\r\n'
    b'--x\r\ncontent-type: text/json\r\n\r\n{"name":"b"}\r\n--x--\r\n'
)


def read(body: bytes, media_type: str, wanted: Any, **headers: str) -> Any:
    return decode(answer(200, body, **headers), media_type, wanted)


@pytest.mark.parametrize(
    ("body", "media_type", "wanted", "found"),
    [
        (b"x", "text/plain", None, None),
        (b"\xff", "text/plain", bytes, b"\xff"),
        (b"\xff", "application/pdf", str, b"\xff"),
        (b"\xc3\xa9", "text/csv", str, "é"),
        (b'{"name":"a"}', "application/vnd.x+json", Thing, A),
        (b'\xef\xbb\xbf{"name":"a"}', "application/json", Thing, A),
        (b'{"name":"a"}\n\n {"name":"b"}', LINES, list[Thing], [A, B]),
        (b'\x1e{"name":"a"}\n\x1e{"name":"b"}\n', RECORDS, list[Thing], [A, B]),
        (b"", LINES, list[Thing], []),
        (b"", RECORDS, list[Thing], []),
    ],
)
def test_by_media_type(body: bytes, media_type: str, wanted: Any, found: Any) -> None:
    assert read(body, media_type, wanted) == found


@pytest.mark.parametrize(
    ("content_type", "charset"),
    [
        ("text/plain", "utf-8"),
        ("text/plain; charset=", "utf-8"),
        ("text/plain;charset=Latin-1", "Latin-1"),
        ('text/plain; boundary=x; Charset="utf-16"', "utf-16"),
        ("", "utf-8"),
    ],
)
def test_text_is_of_the_charset_that_is_named(content_type: str, charset: str) -> None:
    headers = Headers([("Content-Type", content_type)])
    assert charset_of(headers) == charset
    assert read("é".encode(charset), "text/plain", str, content_type=content_type) == "é"


@pytest.mark.parametrize("charset", ["utf-8", "of-nobody"])
def test_text_that_is_not_of_its_charset_is_refused(charset: str) -> None:
    with pytest.raises(DecodeError, match=f"not '{charset}'"):
        read(b"\xff", "text/plain", str, content_type=f"text/plain; charset={charset}")


def test_events_hold_what_is_wanted_or_what_they_say() -> None:
    body = b'id: 1\nevent: made\nretry: 5\ndata: {"name":"a"}\n\ndata: [DONE]\n\n'
    assert read(body, EVENTS, list[Event[Thing]]) == [
        Event(data=A, event="made", id="1", retry=5),
        Event(data="[DONE]", id="1", retry=5),
    ]
    # What is no event of its own is an object with what the event holds.
    assert read(body, EVENTS, list[dict[str, Any]]) == [
        {"data": '{"name":"a"}', "event": "made", "id": "1", "retry": 5},
        {"data": "[DONE]", "id": "1", "retry": 5},
    ]


def test_an_event_of_json_that_does_not_fit_is_an_error() -> None:
    with pytest.raises(DecodeError) as caught:
        decode_event(answer(), Event(data='{"name":1}'), Thing)
    assert (caught.value.path, caught.value.reason.count("name")) == ("$.name", 1)
    assert decode_event(answer(), Event(data="ping"), Thing) == Event(data="ping")


def test_parts_are_read_by_their_own_media_types() -> None:
    wanted = list[Thing]
    assert read(PARTS, MIXED, wanted, content_type=f"{MIXED}; boundary=x") == [A, B]
    told = Response(200, Headers([("content-type", "image/png")]), b"\xff")
    assert decode_part(told, bytes) == b"\xff"
    assert decode_part(answer(200, b"text", content_type="text/plain"), str) == "text"
    assert decode_part(Response(200, Headers([]), b"3"), str) == "3"


@pytest.mark.parametrize(
    ("body", "media_type", "said"),
    [
        (b'{"name":"a"}\n{"name":', LINES, "item 1: "),
        (b'\x1e{"name":1}', RECORDS, r"item 0: .*\$\.name"),
        (b"--x\r\ncontent-type: application/json\r\n\r\n{}\r\n--x--", MIXED, "item 0: .*name"),
        (b"--y--", MIXED, "item 0: .*does not end"),
    ],
)
def test_an_item_that_does_not_fit_is_named(body: bytes, media_type: str, said: str) -> None:
    with pytest.raises(DecodeError, match=said):
        read(body, media_type, list[Thing], content_type=f"{MIXED}; boundary=x")


def test_an_event_stream_that_is_not_text_is_refused() -> None:
    with pytest.raises(DecodeError, match=r"item 0: .*utf-8"):
        read(b"data: \xff\n\n", EVENTS, list[Event[str]])


def test_a_part_that_does_not_fit_keeps_what_came() -> None:
    response = answer(200, b'{"name":1}')
    with pytest.raises(DecodeError) as caught:
        decode_part(response, Thing)
    assert (caught.value.response, caught.value.path) == (response, "$.name")
    with pytest.raises(DecodeError, match="the body is empty"):
        decode_json(answer(200, b""), Thing)


def test_sequences_that_are_written_are_read_again() -> None:
    texts = [b'{"a":1}', b"[]", b'"\\n"']
    for media_type in (LINES, RECORDS, "application/jsonl", "application/x-jsonlines"):
        assert is_sequence_of_json(media_type)
        assert list(items(written(texts, media_type), media_type)) == texts
    assert not is_sequence_of_json("application/json")
    assert [text_of(line) for line in (b"\x1e {} ", b" \x1e", b"1\r")] == [b"{}", b"", b"1"]

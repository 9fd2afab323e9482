"""Media types, ranges and negotiation."""

from __future__ import annotations

import pytest

from generator.wire import MediaType, covers, is_json, may_be_json, negotiate, parse_accept

ATLAS = "application/vnd.example.2023-01-01+json"


def test_parse() -> None:
    parsed = MediaType.parse('Application/Vnd.X+JSON ; Charset="ISO-8859-1"; v=1')
    assert parsed == MediaType("application", "vnd.x+json", (("charset", "ISO-8859-1"), ("v", "1")))
    assert parsed is not None
    assert parsed.suffix == "json"
    assert parsed.is_json
    assert str(parsed) == "application/vnd.x+json;charset=ISO-8859-1;v=1"


def test_a_quoted_value_holds_anything() -> None:
    parsed = MediaType.parse('multipart/form-data; boundary="a;b, \\"c\\""')
    assert parsed is not None
    assert parsed.parameter("Boundary") == 'a;b, "c"'
    assert MediaType.parse(str(parsed)) == parsed


@pytest.mark.parametrize(
    "text", ["", "json", "a/b/c", "a /b", "/", "a/", 'a/b; c="', "a/b c", "é/x"]
)
def test_malformed_is_none(text: str) -> None:
    assert MediaType.parse(text) is None
    assert not is_json(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("application/json", True),
        ("application/json;charset=utf-8", True),
        (ATLAS, True),
        ("application/problem+json", True),
        ("application/jsonl", False),
        ("application/json-seq", False),
        ("text/csv", False),
        (None, False),
    ],
)
def test_is_json(text: str | None, expected: bool) -> None:
    assert is_json(text) is expected


@pytest.mark.parametrize(
    ("media_range", "other", "expected"),
    [
        ("*/*", "text/csv", True),
        ("text/*", "text/csv", True),
        ("text/*", "application/json", False),
        ("text/csv", "text/csv; header=present", True),
        ("text/csv; header=present", "text/csv", False),
        ("text/csv; header=present", "text/csv; header=present", True),
        ("application/json; charset=utf-8", "application/json", True),
        ("text/plain; charset=utf-8", "text/plain; charset=latin-1", False),
        ("text/plain; charset=UTF-8", "text/plain; charset=utf-8", True),
    ],
)
def test_matches(media_range: str, other: str, expected: bool) -> None:
    wide, narrow = MediaType.parse(media_range), MediaType.parse(other)
    assert wide is not None
    assert narrow is not None
    assert wide.matches(narrow) is expected


def test_accept_is_read_with_weights_and_extensions() -> None:
    ranges = parse_accept('text/*;q=0.3, text/plain;v="1,2";q=0.7;ext=1, , junk, a/b;q=7, */x')
    assert [(str(each.range), each.quality) for each in ranges] == [
        ("text/*", 0.3),
        ('text/plain;v="1,2"', 0.7),
    ]


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (None, "application/json"),
        ("", "application/json"),
        ("garbage", "application/json"),
        ("*/*", "application/json"),
        ("text/csv", "text/csv"),
        ("text/csv;q=0.5, application/json;q=0.4", "text/csv"),
        ("text/csv, */*", "text/csv"),
        ("text/csv, */*;q=0.1", "text/csv"),
        ("application/*;q=0.2, application/json;q=0, text/csv;q=0.1", ATLAS),
        (ATLAS, ATLAS),
        ("image/png", None),
        ("*/*;q=0", None),
        ("text/csv;q=0, text/*", None),
    ],
)
def test_negotiate(accept: str | None, expected: str | None) -> None:
    assert negotiate(accept, ["application/json", ATLAS, "text/csv"]) == expected


def test_the_most_specific_range_decides_not_the_kindest() -> None:
    accept = (
        "text/*;q=0.3, text/plain;q=0.7, text/plain;format=flowed, text/plain;format=fixed;q=0.4"
    )
    assert negotiate(accept, ["text/plain;format=fixed", "text/plain"]) == "text/plain"
    assert negotiate(accept, ["text/plain", "text/plain;format=flowed"]) == (
        "text/plain;format=flowed"
    )


def test_nothing_offered() -> None:
    assert negotiate("*/*", []) is None
    assert negotiate(None, []) is None


@pytest.mark.parametrize(
    ("declared", "media_type", "expected"),
    [
        ("*/*", "text/plain", True),
        ("text/*", "text/plain; charset=utf-8", True),
        ("text/plain; charset=utf-8", "text/plain", True),
        ("text/*", "application/json", False),
        ("nonsense", "application/json", False),
        ("*/*", "", False),
    ],
)
def test_a_declared_media_type_covers_another(
    declared: str, media_type: str, expected: bool
) -> None:
    assert covers(declared, media_type) is expected


def test_what_may_be_json() -> None:
    found = ["*/*", "application/*", "application/vnd.a+json", "text/*", "text/plain", "*"]
    assert [each for each in found if may_be_json(each)] == found[:3]

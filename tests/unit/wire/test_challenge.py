"""Challenges and credentials, several in one field, sound and not."""

from __future__ import annotations

import pytest

from generator.wire import Challenge, format_challenge, parse_challenges

Reading = list[tuple[str, str | None, dict[str, str]]]
NONE: dict[str, str] = {}


def read(text: str) -> Reading:
    return [(each.scheme, each.token, dict(each.parameters)) for each in parse_challenges(text)]


def test_several_challenges_in_one_field() -> None:
    # The example of RFC 9110, section 11.6.1.
    text = 'Basic realm="simple", Newauth realm="apps", type=1,  title="Login to \\"apps\\""'
    assert read(text) == [
        ("basic", None, {"realm": "simple"}),
        ("newauth", None, {"realm": "apps", "type": "1", "title": 'Login to "apps"'}),
    ]


FORMS: list[tuple[str, Reading]] = [
    ("Basic dXNlcjpwYXNz", [("basic", "dXNlcjpwYXNz", NONE)]),
    ("Negotiate abc==, Bearer", [("negotiate", "abc==", NONE), ("bearer", None, NONE)]),
    ("Bearer", [("bearer", None, NONE)]),
    ('Digest realm="a, b" , nonce = x', [("digest", None, {"realm": "a, b", "nonce": "x"})]),
    ("Digest qop=auth, qop=auth-int", [("digest", None, {"qop": "auth"})]),
    (' , , Basic realm=""', [("basic", None, {"realm": ""})]),
    ("", []),
    ('"', []),
    ('=x, Basic realm="r"', [("basic", None, {"realm": "r"})]),
    ('Basic realm="open, Digest nonce="n"', [("basic", None, NONE)]),
]


@pytest.mark.parametrize(("text", "expected"), FORMS)
def test_forms(text: str, expected: Reading) -> None:
    assert read(text)[: len(expected)] == expected


@pytest.mark.parametrize("text", ["," * 50_000, '"' * 50_000, "a " * 25_000, 'A b="' * 10_000])
def test_hostile_text_ends(text: str) -> None:
    assert isinstance(parse_challenges(text), tuple)


def test_what_is_written_reads_back() -> None:
    parameters = {"realm": 'a "b" \\ c', "error": "x y", "plain": "z"}
    text = format_challenge("Bearer", parameters, unquoted=("error", "plain"))
    assert text == 'Bearer realm="a \\"b\\" \\\\ c", error="x y", plain=z'
    assert parse_challenges(text) == (Challenge("bearer", None, parameters),)


def test_no_line_end_reaches_the_field() -> None:
    assert format_challenge("Basic", {"realm": "a\r\nSet-Cookie: b"}) == (
        'Basic realm="a  Set-Cookie: b"'
    )

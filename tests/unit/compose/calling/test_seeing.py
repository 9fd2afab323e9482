"""Whether a request asks what was recorded, and an error says where the fault is."""

from __future__ import annotations

import msgspec
import pytest

from generator.compose.calling.job import Asked, Fault, Reply
from generator.compose.calling.seeing import asked_otherwise, misplaced
from generator.runtime import DecodeError
from tests.unit.runtime.probe import answer

JSON = "application/json"
WANTED = Asked("POST", "/things/a%2Fb?x=1&y=2", JSON, b'{"a": 1}')
REPLY = Reply(200, [("Content-Type", JSON)], b"{}")


def test_the_same_may_be_written_differently() -> None:
    asked = Asked("POST", "/things/a%2fb?y=2&x=1", f"{JSON}; charset=utf-8", b'{"a":1.0}', JSON)
    assert asked_otherwise(WANTED, asked, REPLY) == ""


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"method": "PUT"}, "sent PUT"),
        ({"target": "/things/a/b?x=1&y=2"}, "asked for /things/a/b"),
        ({"target": "/things/a%2Fb?x=1"}, "asked for ?x=1"),
        ({"target": "/things/a%2Fb?x=1&y=2&y=2"}, "asked for ?x=1&y=2&y=2"),
        ({"content_type": "text/plain"}, "sent a body of text/plain"),
        ({"body": b'{"a":2}'}, "sent another body: body.a was 1, is 2"),
        ({"body": b""}, "sent another body: body was {'a': 1}, is b''"),
        ({"accept": "text/html"}, "accepts text/html alone"),
    ],
)
def test_what_differs_is_said(changes: dict[str, str], said: str) -> None:
    asked = msgspec.structs.replace(WANTED, **{"accept": "*/*", **changes})
    assert asked_otherwise(WANTED, asked, REPLY) == said


def test_nothing_was_sent() -> None:
    assert asked_otherwise(WANTED, None, REPLY) == "sent nothing"


@pytest.mark.parametrize(
    ("named", "inside", "right"),
    [
        ("$.a", False, True),
        ("$", False, True),
        ("$.a[0]", False, False),
        ("$.a[0]", True, True),
        ("$.ab", True, False),
        ("$.b", True, False),
    ],
)
def test_an_error_names_the_place_of_what_is_wrong(named: str, inside: bool, right: bool) -> None:
    fault = Fault(["a"], 0, inside)
    raised = DecodeError("Expected `int`, got `array` - at `" + named + "`", answer(200, b"{}"))
    assert raised.path == named
    assert (misplaced(fault, raised) == "") is right

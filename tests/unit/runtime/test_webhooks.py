"""Requests that an API makes are read as their types, by their media type."""

from __future__ import annotations

import pytest

from generator.runtime import Carried, DecodeError, Webhook
from tests.unit.runtime.facts import Thing

MADE: Webhook[Thing | str] = Webhook(
    name="thingMade",
    bodies=(Carried("application/json", Thing), Carried("text/plain", str)),
)
THING = b'{"name":"a","new":1}'


@pytest.mark.parametrize(
    ("headers", "body", "found"),
    [
        ({}, THING, "Thing(name='a')"),
        ({"Content-Type": "application/json; charset=utf-8"}, THING, "Thing(name='a')"),
        ([("content-type", "application/vnd.a+json")], THING, "Thing(name='a')"),
        ({"CONTENT-TYPE": "text/plain; charset=latin-1"}, b"\xe9", "'é'"),
    ],
)
def test_a_body_is_read_by_its_media_type(headers: object, body: bytes, found: str) -> None:
    assert repr(MADE.decode(body, headers)) == found  # type: ignore[arg-type]


def test_what_is_new_is_kept() -> None:
    made = MADE.decode(THING)
    assert isinstance(made, Thing)
    assert made.extra_fields == {"new": 1}


def test_a_webhook_without_a_body_has_none() -> None:
    ping: Webhook[None] = Webhook(name="ping")
    assert ping.decode(b"anything", {"content-type": "image/png"}) is None


@pytest.mark.parametrize(
    ("headers", "body", "said"),
    [
        ({"content-type": "text/html"}, b"<p>", "thingMade: the media type 'text/html' is not"),
        ({}, b'{"name":1}', "thingMade does not fit: .*at `\\$.name`"),
        ({}, b"", "thingMade does not fit: the body is empty"),
        ({"content-type": "text/plain"}, b"\xff", "thingMade does not fit: .*utf-8"),
    ],
)
def test_what_does_not_fit_names_the_webhook(
    headers: dict[str, str], body: bytes, said: str
) -> None:
    with pytest.raises(DecodeError, match=said) as caught:
        MADE.decode(body, headers)
    assert (caught.value.request, caught.value.response, caught.value.curl) == (None, None, None)

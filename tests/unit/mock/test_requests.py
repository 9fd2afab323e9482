"""How parameters and bodies are read: by type and style, strictly, and what is refused."""

from __future__ import annotations

import pytest

from generator.mock.calls import Refused
from generator.mock.reading.bodies import LARGEST, read_json
from tests.unit.mock.shop import Caller, caller, fragment, value

ECHO = fragment("requests.yaml")


@pytest.fixture(scope="module")
def call() -> Caller:
    """A caller of an API without resources."""
    return caller(ECHO)


@pytest.mark.parametrize(
    ("target", "status"),
    [
        ("/things/1?must=true", 204),
        ("/things/1?must=true&many=1&many=2&few=1,2&deep[a]=1", 204),
        ("/things/0?must=true", 400),
        ("/things/x?must=true", 400),
        ("/things/%FF?must=true", 400),
        ("/things/1", 400),
        ("/things/1?must=yes", 400),
        ("/things/1?must=", 400),
        ("/things/1?must=true&many=a", 400),
        ("/things/1?must=true&few=1,2,3", 400),
        ("/things/1?must=true&deep[a]=x", 400),
        ("/things/1?must=true&deep[a]=1&deep[b]=1", 400),
        ("/marked/;one=1/.1,2/;spread=1;spread=2", 204),
        ("/marked/1/.1,2/;spread=1", 400),
        ("/marked/;one=x/.1,2/;spread=1", 400),
        ("/marked/;one=1/1,2/;spread=1", 400),
        ("/marked/;one=1/.1,2/;spread=1;spread=x", 400),
        ("/things/1?must=%FF", 400),
        ("/things/1?must=true&any=1", 204),
    ],
)
def test_parameters_are_judged(call: Caller, target: str, status: int) -> None:
    assert call("GET", target).status == status


def test_headers_and_cookies_are_judged(call: Caller) -> None:
    target = "/things/1?must=true"
    assert call("GET", target, headers=(("x-level", "3"),)).status == 204
    assert call("GET", target, headers=(("x-level", "high"),)).status == 400
    assert call("GET", target, headers=(("Cookie", "session=ab"),)).status == 204
    assert call("GET", target, headers=(("Cookie", "session=a"),)).status == 400


@pytest.mark.parametrize(
    ("body", "media_type", "status"),
    [
        (b'{"n": 1}', "application/json", 204),
        (b'{"n": 1}', "application/json; charset=UTF-8", 204),
        (b'{"n": 1}', "application/json; charset=utf-16", 415),
        (b'{"n": 1}', "application/xml", 415),
        (b'{"n": 1}', "not a type", 415),
        (b'{"n": "1"}', "application/json", 400),
        (b"n=1.5", "application/x-www-form-urlencoded", 204),
        (b"n=x", "application/x-www-form-urlencoded", 400),
        (b"abc", "text/plain", 204),
        (b"abcd", "text/plain", 400),
        (b"", "application/json", 400),
        (b"\xff", "text/plain", 400),
        (b" " * (LARGEST + 1), "application/json", 413),
    ],
)
def test_bodies_are_judged(call: Caller, body: bytes, media_type: str, status: int) -> None:
    answer = call("PUT", "/things/1", body, headers=(("Content-Type", media_type),))
    assert answer.status == status


@pytest.mark.parametrize(("coding", "status"), [("identity", 204), ("gzip", 415), ("", 415)])
def test_a_coded_body_is_not_taken(call: Caller, coding: str, status: int) -> None:
    headers = (("Content-Type", "application/json"), ("Content-Encoding", coding))
    assert call("PUT", "/things/1", b'{"n": 1}', headers=headers).status == status


@pytest.mark.parametrize(
    "text",
    [
        '{"a":1,"a":1}',
        '[{"b":{"a":1,"a":2}}]',
        "NaN",
        "[-Infinity]",
        "1e400",
        r'"\ud800"',
        r'{"\udc00": 1}',
        "[" * 100_000,
        "{",
        "1" * 10_000,
        "\ufeff{}",
    ],
)
def test_doubtful_json_is_refused(text: str) -> None:
    with pytest.raises(Refused) as caught:
        read_json(text)
    assert caught.value.kind == "malformed-body"


def test_sound_json_is_read() -> None:
    assert read_json(r'{"a": [1, 2.5, null, "\ud83d\ude00"]}') == {"a": [1, 2.5, None, "😀"]}


def test_without_a_declared_format_errors_are_problem_details(call: Caller) -> None:
    answer = call("GET", "/nowhere")
    assert answer.header("content-type") == "application/problem+json"
    assert value(answer)["status"] == 404


def test_an_absent_method_names_the_others(call: Caller) -> None:
    refused = call("DELETE", "/things/1")
    assert (refused.status, refused.header("allow")) == (405, "GET, HEAD, OPTIONS, PUT")
    assert call("OPTIONS", "/things/1").header("allow") == "GET, HEAD, OPTIONS, PUT"
    assert call("TRACE", "/things/1").status == 405

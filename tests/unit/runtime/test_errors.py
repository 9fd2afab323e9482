"""What errors say: words of the body, the request that can be repeated, and no secret."""

from __future__ import annotations

import copy
import pickle
from typing import Any

import pytest

from generator.runtime import (
    BodySpent,
    ConnectError,
    ConnectTimeout,
    DecodeError,
    Error,
    Headers,
    MissingCredentials,
    NotFound,
    PagingError,
    Request,
    Response,
    TimeoutError_,
    TokenError,
    TransportError,
)
from generator.runtime.error_words import code_and_detail
from generator.runtime.errors import printable
from generator.runtime.status import CLASSES, StatusError
from tests.unit.runtime.conftest import MakeWorld
from tests.unit.runtime.facts import GET
from tests.unit.runtime.probe import answer

REQUEST = Request(
    method="GET",
    origin="http://h",
    target="/a?key=hush&b=1",
    headers={"authorization": "Bearer hush", "accept": "a/b"},
)
RESPONSE = Response(404, Headers([("X-Request-Id", "r1")]), b'{"name":1}')
CURL = "curl -X GET -H 'authorization: ***' -H 'accept: a/b' 'http://h/a?key=***&b=1'"
PLAIN = (
    *(BodySpent, ConnectError, ConnectTimeout, MissingCredentials, PagingError),
    *(TimeoutError_, TokenError, TransportError),
)


@pytest.mark.parametrize(
    ("body", "code", "detail"),
    [
        ({"code": "NO", "detail": "none"}, "NO", "none"),
        ({"errorCode": "NO", "message": "none"}, "NO", "none"),
        ({"error": "invalid_client", "error_description": "who?"}, "invalid_client", "who?"),
        ({"error": {"code": 7, "message": "none"}}, "7", "none"),
        ({"error": "it broke"}, None, "it broke"),
        ({"errors": [{"code": "A", "title": "first"}, {"code": "B"}]}, "A", "first"),
        ({"errors": []}, None, None),
        ({"errors": "many"}, None, None),
        ({"title": "t", "status": 404}, None, "t"),
        ({"code": "", "detail": True, "msg": "m"}, None, "m"),
        ({"code": {"a": 1}, "detail": ["x"]}, None, None),
        (" plain words\n", None, "plain words"),
        ("  ", None, None),
        ([{"code": "A"}], None, None),
        (None, None, None),
    ],
)
def test_the_words_of_a_body(body: object, code: str | None, detail: str | None) -> None:
    assert code_and_detail(body) == (code, detail)


def failed(kind: type[Error]) -> Error:
    error = kind("it broke")
    error.request = REQUEST
    return error


def errors() -> list[Error]:
    """One of each kind, as a call raises it."""
    return [
        *map(failed, PLAIN),
        DecodeError("no - at `$.name`", RESPONSE, REQUEST),
        *(
            kind(REQUEST, RESPONSE, body={"a": 1}, code="NO", detail="none")
            for kind in dict.fromkeys((*CLASSES.values(), StatusError))
        ),
    ]


def told_of(error: Any) -> dict[str, Any]:
    """What an error has, its response by its parts, which compares by identity."""
    response = getattr(error, "response", None)
    parts = response and (response.status, response.headers.items(), response.body)
    return {**vars(error), "response": parts}


@pytest.mark.parametrize("error", errors(), ids=lambda error: type(error).__name__)
def test_an_error_is_the_same_in_another_process(error: Error) -> None:
    for again in (pickle.loads(pickle.dumps(error)), copy.copy(error), copy.deepcopy(error)):
        assert type(again) is type(error)
        assert (str(again), repr(again)) == (str(error), repr(error))
        assert again.request == REQUEST
        assert again.curl == error.curl == CURL
        assert told_of(again) == told_of(error)
    assert "hush" not in str(error) + repr(error)


def test_an_error_is_the_same_in_another_process_over_every_transport(
    make_any_world: MakeWorld,
) -> None:
    world = make_any_world(lambda r: answer(404, b'{"errorCode":"NO"}', x_left="9"))
    with pytest.raises(NotFound) as caught:
        world.call(GET)
    raw = world.raw(GET)
    for response in (caught.value.response, raw.response):
        again = pickle.loads(pickle.dumps(response))
        assert (again.status, again.body) == (404, response.body)
        assert again.headers.items() == response.headers.items()
        assert again.headers.get("X-Left") == "9"
    error = pickle.loads(pickle.dumps(caught.value))
    assert (type(error), error.code, str(error)) == (NotFound, "NO", str(caught.value))


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b'\xef\xbb\xbf{"errorCode":"NO"}', "NO"),
        (b'{"errorCode":"NO","new":1}', "NO"),
        (b'{"errorCode":', None),
        (b"[" * 100_000 + b"]" * 100_000, None),
        (b'{"errorCode":"\xff"}', None),
        (b"", None),
    ],
)
def test_an_error_is_of_its_status_whatever_its_body_is(
    make_world: MakeWorld, body: bytes, code: str | None
) -> None:
    world = make_world(lambda r: answer(404, body))
    with pytest.raises(NotFound) as caught:
        world.call(GET)
    assert (caught.value.code, caught.value.response.body) == (code, body)


def test_a_server_cannot_write_into_the_terminal() -> None:
    error = DecodeError("bad\x1b[31m\n" + "x" * 400, RESPONSE, REQUEST)
    first, _, rest = str(error).partition("\n")
    assert first.startswith("GET http://h/a?key=***&b=1: answer 404 does not fit: bad [31m xxx")
    assert first.endswith("... (request r1)")
    assert rest == f"  {CURL}"
    assert printable("é\u202e\t") == "é  "


def test_what_came_from_no_call_has_no_curl_line() -> None:
    assert (str(ConnectError("refused")), ConnectError("refused").curl) == ("refused", None)
    assert str(DecodeError("hook: bad\n")) == "hook: bad "
    assert str(DecodeError("bad", RESPONSE)) == "answer 404 does not fit: bad (request r1)"


@pytest.mark.parametrize(
    ("reason", "path"), [("no - at `$.a[0]`", "$.a[0]"), ("the body is empty", "$")]
)
def test_where_a_body_does_not_fit(reason: str, path: str) -> None:
    assert DecodeError(reason).path == path


def test_errors_are_caught_by_what_python_calls_them() -> None:
    assert issubclass(TimeoutError_, TimeoutError)
    assert issubclass(ConnectTimeout, TimeoutError | ConnectError)
    assert all(issubclass(each, Error) for each in PLAIN)

"""Every kind of wrong call is sent, and is wrong as it stands on the wire."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest

from generator.api.conform import Conform
from generator.api.exchange import Request
from generator.contract import Options, Target
from generator.contract.negatives.bodies import body_cases
from generator.contract.negatives.case import Case
from generator.contract.negatives.escapes import escaped
from generator.contract.negatives.requests import request_cases
from generator.contract.session import Session
from generator.contract.smoke import subject
from generator.mock import serve
from generator.wire import is_json
from tests.mutants.boards.table import BOARDS

API = BOARDS.api
Sent = Callable[[Request], bool]


def cases() -> Iterator[tuple[str, Case]]:
    """Every case for every operation of the boards, with the operation's name."""
    with serve(BOARDS.app(BOARDS.source)) as server:
        target = Target(server.url, BOARDS.principals, disposable=True)
        session = Session(API, {}, target, Options(run="fixed1"))
        world = session.world
        with session.client:
            for operation in API.operations:
                thing = subject(world, operation)
                request = world.request(operation, thing)
                told = [*body_cases(world, operation, thing)]
                told += request_cases(world, operation, thing, request)
                yield from ((operation.name, case) for case in told)


CASES = list(cases())


def _body(request: Request) -> Any:
    try:
        return json.loads(request.body)
    except ValueError:
        return None


def _members(request: Request) -> dict[str, Any]:
    body = _body(request)
    return body if isinstance(body, dict) else {"title": None}


def _texts(request: Request) -> list[str]:
    return [each for each in _members(request).values() if isinstance(each, str)]


def _repeated(request: Request) -> bool:
    names = [pair.partition("=")[0] for pair in urlsplit(request.target).query.split("&")]
    return len(names) > len(set(names))


KINDS: dict[str, Sent] = {
    "a text of another length": lambda sent: 41 in map(len, _texts(sent)),
    "a field left out": lambda sent: "title" not in _members(sent),
    "a wrong type": lambda sent: b"18.15" in sent.body,
    "a field that is unknown": lambda sent: b"lockstepUnknown" in sent.body,
    "a parameter that is unknown": lambda sent: "lockstepUnknown=1" in sent.target,
    "a parameter sent twice": _repeated,
    "a parameter that is malformed": lambda sent: "=lockstep" in sent.target,
    "a null character": lambda sent: "%00" in sent.target,
    "a trailing newline": lambda sent: "%0A" in sent.target,
    "a letter of another alphabet": lambda sent: "%D0%B6" in sent.target,
    "code points beyond the first plane": lambda sent: b"\xf0\x9d\x95\x8f" in sent.body,
    "a percent sign alone": lambda sent: sent.target.endswith("%") or "%/" in sent.target,
    "an escape that is none": lambda sent: "%zz" in sent.target,
    "an overlong slash": lambda sent: "%C0%AF" in sent.target,
    "half a character in the path": lambda sent: "%ED%A0%80" in sent.target,
    "half a character in the body": lambda sent: b"\\ud800" in sent.body,
    "JSON that ends too soon": lambda sent: sent.body.startswith(b"{") and sent.body[-1:] != b"}",
    "a key that stands twice": lambda sent: sent.body.count(b'"title":') == 2,
    "no body": lambda sent: sent.method == "POST" and not sent.body,
    "another media type": lambda sent: sent.header("Content-Type") == "text/plain",
    "no Content-Type": lambda sent: bool(sent.body) and sent.header("Content-Type") is None,
    "Accept that admits nothing": lambda sent: sent.header("Accept") == "image/png",
    "Accept by quality": lambda sent: ";q=0.1" in (sent.header("Accept") or ""),
    "Accept of anything": lambda sent: sent.header("Accept") == "*/*",
    "Accept of a family": lambda sent: sent.header("Accept") == "application/*",
    "no Accept": lambda sent: sent.header("Accept") is None,
    "a trailing slash": lambda sent: urlsplit(sent.target).path.endswith("/"),
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_wrong_call_is_sent(kind: str) -> None:
    assert any(KINDS[kind](case.request) for _, case in CASES)


def test_a_body_that_breaks_a_keyword_breaks_it_on_the_wire() -> None:
    conform, judged = Conform(API), 0
    for name, case in CASES:
        operation = API.operation(name)
        sent = _body(case.request)
        if case.keyword and sent is not None and operation is not None and operation.body:
            content = next(e for e in operation.body.content if is_json(e.media_type))
            assert content.schema is not None
            broken = conform.errors(content.schema, sent, "request")
            if broken:
                assert (broken[0].kind, broken[0].where) == (case.keyword, case.where), case.name
                judged += 1
            else:
                assert "/" in case.request.target.removesuffix(operation.path), case.name
    assert judged > 20


def test_what_is_fine_at_a_limit_fits_on_the_wire() -> None:
    conform, judged = Conform(API), 0
    for name, case in CASES:
        operation = API.operation(name)
        if case.limit and case.request.body and operation is not None and operation.body:
            schema = operation.body.content[0].schema
            assert schema is not None
            assert conform.valid(schema, _body(case.request), "request"), case.name
            judged += 1
    assert judged > 2


@pytest.mark.parametrize("text", ["", "key", "a b"])
def test_a_broken_escape_is_read_as_something_else_than_the_text(text: str) -> None:
    for each in escaped(text):
        assert text not in each.readings
        assert unquote(each.sent, errors="replace") in each.readings or "%" in each.readings[0]
        assert each.sent.isascii()

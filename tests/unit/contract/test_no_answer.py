"""Answers that cannot be read: a finding of the call, and the run goes on until the target is down."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from generator.api.exchange import Request, Response
from generator.compose.twin import MockTwin
from generator.contract import Finished, Found, Options, Target, run
from generator.mock import MockApp, app_for
from generator.report import Finding
from tests.mutants.planted import Of
from tests.unit.contract.servers import Answer, serving
from tests.unit.contract.shelf import shelf_api

API = shelf_api()
OWN = ("smoke", "laws", "negatives", "auth", "lockstep")
BROKEN = {
    "hangs up": None,
    "truncated": b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{",
    "no HTTP": b"lockstep\r\n\r\n",
    "a bad chunk": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
    "two lengths": b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n{}",
    "half a head": b"HTTP/1.1 200 OK\r\nContent-",
}


def finished(answer: Answer, *parts: str) -> Finished:
    """How a run of parts ends on a server."""
    with serving(answer) as url:
        options = Options(only=parts, seed=1, max_sequences=10)
        last = list(run(API, {}, Target(url), options, MockTwin(API)))[-1]
    assert isinstance(last, Finished)
    return last


UPDATE = Of("PATCH", "/shelves/*/books/*")


def where(of: Of, broken: bytes | None, app: MockApp) -> Answer:
    """A server that is right but for some calls."""
    return lambda request: broken if of(request) else app.answer(request)


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN)
@pytest.mark.parametrize("part", OWN)
def test_it_is_a_finding_of_the_call_and_the_run_goes_on(part: str, broken: bytes | None) -> None:
    app = app_for(API)
    before = app.state.tables
    last = finished(where(UPDATE, broken, app), part)
    assert last.down == ""
    silent = [each for each in last.report.findings if each.rule == "no-answer"]
    if part == "auth":
        assert silent == []
        return
    (found,) = silent
    assert found.operation == "updateBook"
    assert found.part == part
    assert found.where is not None
    assert "--request PATCH" in found.curl
    assert {each.operation for each in last.report.findings} == {"updateBook"}
    assert app.state.tables == before


def test_it_is_told_once_whatever_part_meets_it() -> None:
    last = finished(where(UPDATE, None, app_for(API)), *OWN)
    rules = [each.rule for each in last.report.findings]
    assert sorted(rules) == ["no-answer", "unreached"]


def test_what_every_second_call_gets_does_not_end_the_run() -> None:
    app, asked = app_for(API), [0]

    def answer(request: Request) -> Response | None:
        asked[0] += 1
        return None if asked[0] % 2 == 0 else app.answer(request)

    last = finished(answer, *OWN)
    assert last.down == ""
    assert "no-answer" in {each.rule for each in last.report.findings}


@pytest.mark.parametrize("part", ["laws", "negatives", "lockstep"])
def test_a_target_that_ends_in_the_middle_is_down(part: str) -> None:
    app, asked = app_for(API), [0]

    def answer(request: Request) -> Response | None:
        asked[0] += 1
        return app.answer(request) if asked[0] < 40 else None

    last = finished(answer, "smoke", part)
    assert "closed" in last.down or "reset" in last.down
    assert asked[0] < 100


def once(broken: bytes | None, of: Callable[[Request], bool]) -> Answer:
    """A server that answers so once, and rightly from then on."""
    app, left = app_for(API), [broken]
    return lambda request: left.pop() if left and of(request) else app.answer(request)


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN)
def test_one_such_answer_hides_nothing_else_and_tells_no_other(broken: bytes | None) -> None:
    last = finished(once(broken, lambda request: request.method == "DELETE"), "lockstep")
    found: list[Finding] = list(last.report.findings)
    assert [each.rule for each in found] == ["no-answer"]
    assert last.report.calls > 100


def test_a_finding_is_told_when_it_happens() -> None:
    with serving(where(UPDATE, None, app_for(API))) as url:
        told = run(API, {}, Target(url), Options(only=("smoke", "laws"), seed=1), MockTwin(API))
        kinds = [type(each) for each in told]
    assert kinds.index(Found) < len(kinds) - 3

"""Hooks: told of every sending, able to change it; logging and tracing are two of them."""

from __future__ import annotations

import logging
import re
from typing import Any

import pytest

from generator.runtime import (
    ApiKey,
    ConnectError,
    Hook,
    OpenTelemetryHook,
    Options,
    Request,
    Response,
    TransportError,
)
from tests.unit.runtime.conftest import MakeWorld
from tests.unit.runtime.facts import GET, VND, get
from tests.unit.runtime.probe import answer
from tests.unit.runtime.test_retries import noting

FINE = answer(200, b'{"name":"x"}', content_type=VND, x_request_id="r-9")


class Noting(Hook):
    """Marks requests and notes outcomes."""

    def __init__(self, mark: str) -> None:
        self.mark = mark
        self.seen: list[Any] = []

    def before(self, request: Request) -> Request:
        return request.with_header("x-mark", request.headers.get("x-mark", "") + self.mark)

    def after(self, request: Request, outcome: Response | BaseException, seconds: float) -> None:
        assert seconds >= 0
        came = outcome.status if isinstance(outcome, Response) else type(outcome)
        self.seen.append((request.headers["x-mark"], came))


def test_hooks_of_client_and_call_see_every_sending(make_any_world: MakeWorld) -> None:
    replies = iter([answer(503, retry_after="0"), FINE])
    first, second = Noting("a"), Noting("b")
    world = make_any_world(
        lambda r: next(replies), options=Options(hooks=(first,)), wrap=noting([])
    )
    world.call(GET, options=Options(hooks=(second,)))
    assert first.seen == [("a", 503), ("a", 200)]
    assert second.seen == [("ab", 503), ("ab", 200)]
    assert [r.headers["x-mark"] for r in world.probe.requests] == ["ab", "ab"]


def test_hooks_are_told_of_errors(make_world: MakeWorld) -> None:
    hook = Noting("a")
    world = make_world(
        lambda r: FINE,
        options=Options(hooks=(hook,), retries=0),
        wrap=noting([], ConnectError("no")),
    )
    with pytest.raises(TransportError):
        world.call(GET)
    assert hook.seen == [("a", ConnectError)]


def test_a_plain_hook_does_nothing(make_world: MakeWorld) -> None:
    world = make_world(lambda r: FINE, options=Options(hooks=(Hook(),)))
    assert world.call(GET).name == "x"


def test_a_hook_that_forgets_the_request_is_named(make_world: MakeWorld) -> None:
    class Forgetful(Hook):
        def before(self, request: Request) -> Any:
            request.with_header("x-mark", "a")

    world = make_world(lambda r: FINE)
    with pytest.raises(TypeError, match=r"Forgetful\.before gives the request to send, not None"):
        world.call(GET, options=Options(hooks=(Forgetful(),)))
    assert world.probe.requests == []


def test_the_log_says_what_was_sent_without_secrets(
    make_world: MakeWorld, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="generator")
    world = make_world(
        lambda r: FINE,
        auth=ApiKey("hush", "key", "query"),
        options=Options(retries=0, query={"access_token": "hush2", "q": "1"}),
        wrap=noting([], TransportError("cut")),
    )
    operation = get(security=(("Key",),))
    with pytest.raises(TransportError):
        world.call(operation)
    world.call(operation)
    first, second = (record.getMessage() for record in caplog.records)
    target = "http://probe.test/things?access_token=***&q=1&key=***"
    assert re.match(rf"GET {re.escape(target)} -> TransportError in \d+ ms", first)
    assert second.startswith(f"GET {target} -> 200 in ")
    assert second.endswith(" ms (request 'r-9')")
    assert "hush" not in caplog.text


class Span:
    """A span that keeps what it is told."""

    def __init__(self, name: str) -> None:
        self.facts: dict[str, Any] = {"name": name}
        self.ended = False

    def set_attribute(self, key: str, value: Any) -> None:
        self.facts[key] = value

    def end(self) -> None:
        self.ended = True


class Tracer:
    """A tracer that keeps its spans."""

    def __init__(self) -> None:
        self.spans: list[Span] = []

    def start_span(self, name: str) -> Span:
        self.spans.append(Span(name))
        return self.spans[-1]


def test_a_span_for_every_sending(make_world: MakeWorld) -> None:
    tracer = Tracer()
    replies = iter([answer(503, retry_after="0"), FINE])

    def inject(carrier: dict[str, str]) -> None:
        carrier["traceparent"] = "00-1-2-01"

    world = make_world(
        lambda r: next(replies),
        options=Options(hooks=(OpenTelemetryHook(tracer, inject), Noting("a"))),
        wrap=noting([], TransportError("cut")),
    )
    world.call(GET)
    assert [span.ended for span in tracer.spans] == [True] * 3
    facts = [span.facts for span in tracer.spans]
    assert [fact.get("error.type") for fact in facts] == ["TransportError", "503", None]
    assert facts[2] == {
        "name": "GET",
        "http.request.method": "GET",
        "url.full": "http://probe.test/things",
        "http.response.status_code": 200,
    }
    assert {r.headers["traceparent"] for r in world.probe.requests} == {"00-1-2-01"}


def test_a_tracer_without_headers_and_an_outcome_without_a_span() -> None:
    tracer = Tracer()
    hook = OpenTelemetryHook(tracer)
    request = Request(method="GET", origin="http://probe.test", target="/")
    assert hook.before(request) is request
    hook.after(request, answer(200), 0.1)
    hook.after(request, answer(200), 0.1)
    assert len(tracer.spans) == 1

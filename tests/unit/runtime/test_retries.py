"""What is repeated, after which pause, and when it stops."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from generator.runtime import (
    BadGateway,
    ConnectError,
    Options,
    Request,
    Response,
    ServiceUnavailable,
    StatusError,
    TimeoutError_,
    Timeouts,
    TooManyRequests,
    TransportError,
)
from generator.runtime.exchange import Conduct, Limits, exchange
from generator.runtime.retry import Retries, retry_after
from tests.unit.runtime.conftest import MakeWorld
from tests.unit.runtime.facts import GET, VND, Thing, get
from tests.unit.runtime.probe import answer

FINE = answer(200, b'{"name":"x"}', content_type=VND)
NOW = datetime(1994, 11, 6, 8, 49, 7, tzinfo=UTC)


class _Noting:
    """A transport that notes its pauses and does not wait; it may break before it sends."""

    def __init__(self, inner: Any, pauses: list[float], errors: list[Exception]) -> None:
        self._inner = inner
        self._pauses = pauses
        self._errors = errors

    def send(self, request: Request, timeouts: Timeouts) -> Response:
        if self._errors:
            raise self._errors.pop(0)
        result: Response = self._inner.send(request, timeouts)
        return result

    def sleep(self, seconds: float) -> None:
        self._pauses.append(seconds)

    def close(self) -> None:
        self._inner.close()


class _AsyncNoting(_Noting):
    async def send(self, request: Request, timeouts: Timeouts) -> Response:  # type: ignore[override]
        if self._errors:
            raise self._errors.pop(0)
        result: Response = await self._inner.send(request, timeouts)
        return result

    async def sleep(self, seconds: float) -> None:  # type: ignore[override]
        self._pauses.append(seconds)

    async def close(self) -> None:  # type: ignore[override]
        await self._inner.close()


def noting(pauses: list[float], *errors: Exception) -> Callable[[Any], Any]:
    """Wrap a transport of either kind."""

    def wrap(inner: Any) -> Any:
        kind = _AsyncNoting if type(inner).__name__.startswith("Async") else _Noting
        return kind(inner, pauses, list(errors))

    return wrap


@pytest.mark.parametrize("status", [408, 429, 502, 503, 504])
def test_transient_statuses_are_repeated(make_world: MakeWorld, status: int) -> None:
    replies, pauses = iter([answer(status), answer(status), FINE]), list[float]()
    world = make_world(lambda r: next(replies), wrap=noting(pauses))
    assert world.call(GET) == Thing(name="x")
    assert len(pauses) == 2
    assert 0 <= pauses[0] <= 0.5
    assert 0 <= pauses[1] <= 1.0


@pytest.mark.parametrize("status", [400, 401, 409, 500, 501])
def test_other_statuses_are_not(make_world: MakeWorld, status: int) -> None:
    world = make_world(lambda r: answer(status))
    with pytest.raises(StatusError):
        world.call(GET)
    assert len(world.probe.requests) == 1


def test_over_every_transport_with_real_pauses(make_any_world: MakeWorld) -> None:
    replies = iter([answer(503), FINE])
    world = make_any_world(lambda r: next(replies), options=Options(timeout=None))
    assert world.call(GET) == Thing(name="x")


def test_retries_end_and_can_be_switched_off(make_world: MakeWorld) -> None:
    world = make_world(lambda r: answer(503), wrap=noting([]))
    with pytest.raises(ServiceUnavailable):
        world.call(GET)
    assert len(world.probe.requests) == 3
    with pytest.raises(ServiceUnavailable):
        world.call(GET, options=Options(retries=0))
    assert len(world.probe.requests) == 4


def test_only_what_is_safe_to_repeat(make_world: MakeWorld) -> None:
    post = get(method="POST", idempotency_key="Idempotency-Key")
    replies = iter([answer(502), answer(502), FINE])
    world = make_world(lambda r: next(replies), wrap=noting([]))
    with pytest.raises(BadGateway):
        world.call(post)
    assert world.call(post, options=Options(idempotency_key="k")) == Thing(name="x")
    assert [r.headers.get("idempotency-key") for r in world.probe.requests] == [None, "k", "k"]


def test_connection_errors(make_world: MakeWorld) -> None:
    def broken() -> Callable[[Any], Any]:
        return noting([], TransportError("cut"))

    assert make_world(lambda r: FINE, wrap=broken()).call(GET) == Thing(name="x")
    with pytest.raises(TransportError, match="cut") as caught:
        make_world(lambda r: FINE, wrap=broken()).call(get(method="POST"))
    assert caught.value.request is not None
    unsent = make_world(lambda r: FINE, wrap=noting([], ConnectError("refused")))
    assert unsent.call(get(method="POST")) == Thing(name="x")


@pytest.mark.parametrize("asked", ["7", "Sun, 06 Nov 2094 08:49:37 GMT"])
def test_retry_after_is_obeyed_or_given_up(make_world: MakeWorld, asked: str) -> None:
    pauses: list[float] = []
    replies = iter([answer(429, retry_after=asked), FINE])
    world = make_world(lambda r: next(replies), wrap=noting(pauses))
    if asked == "7":
        assert world.call(GET) == Thing(name="x")
        assert pauses[0] == 7
    else:
        with pytest.raises(TooManyRequests):
            world.call(GET)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (None, None),
        (" 12 ", 12),
        ("Sun, 06 Nov 1994 08:49:37 GMT", 30),
        ("Sunday, 06-Nov-94 08:49:37 GMT", pytest.approx(30 + 100 * 365.25 * 86400, abs=86400 * 2)),
        ("Sun Nov  6 08:49:37 1994", 30),
        ("Sun, 06 Nov 1993 08:49:37 GMT", 0),
        ("Sun, 06 Xxx 1994 08:49:37 GMT", None),
        ("Sun, 36 Nov 1994 08:49:37 GMT", None),
        ("08:49:37 GMT", None),
        ("-1", None),
        ("soon", None),
        ("٣", None),
    ],
)
def test_both_forms_of_retry_after(value: str | None, seconds: object) -> None:
    assert retry_after(value, NOW) == seconds


def test_jitter_is_full_and_bounded() -> None:
    least, most = Retries(99, True, lambda: 0.0), Retries(99, True, lambda: 1.0)
    pauses = [most.after_response(attempt, answer(503)) for attempt in (0, 1, 2, 3, 4, 5, 90)]
    assert pauses == [0.5, 1, 2, 4, 8, 8, 8]
    assert least.after_response(5, answer(503)) == 0
    assert Retries(1, True).after_response(1, answer(503)) is None


def _clock(*times: float) -> Callable[[], float]:
    left = list(times)
    return lambda: left.pop(0) if len(left) > 1 else left[0]


def test_the_deadline_ends_retries() -> None:
    request = Request(method="GET", origin="http://probe.test", target="/")
    limits = Limits(5.0, 10.0, _clock(0.0, 9.9))
    steps = exchange(request, None, Conduct(Retries(5, True, lambda: 1.0), limits))
    assert next(steps).timeouts == Timeouts(5.0, 10.0)
    with pytest.raises(StopIteration) as done:
        steps.send(answer(503))
    assert done.value.value.status == 503


def test_the_deadline_shortens_timeouts_and_then_ends_the_call() -> None:
    request = Request(method="GET", origin="http://probe.test", target="/")
    limits = Limits(5.0, 10.0, _clock(8.0, 8.5, 10.5))
    steps = exchange(request, None, Conduct(Retries(5, True, lambda: 1.0), limits))
    assert next(steps).timeouts == Timeouts(2.0, 2.0)
    assert steps.throw(TransportError("cut")).pause == 0.5
    with pytest.raises(TimeoutError_, match="deadline") as caught:
        steps.send(None)
    assert caught.value.request is request


def test_a_deadline_in_options(make_world: MakeWorld) -> None:
    world = make_world(lambda r: FINE, options=Options(deadline=-1.0, timeout=None))
    with pytest.raises(TimeoutError):
        world.call(GET)
    assert world.call(GET, options=Options(deadline=None)) == Thing(name="x")

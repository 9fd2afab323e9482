"""Connections of the httpx2 transport are lent one by one, kept for a while, and given up."""

from __future__ import annotations

import time
from collections import deque

import pytest

from generator.runtime import Timeouts, TransportOptions
from generator.runtime.errors import ConnectTimeout, TransportError
from tests.benchmarks.transports.driver import PATIENT, Driver, request
from tests.benchmarks.transports.server import Server, serving

BOTH = pytest.mark.parametrize("kind", ["sync-httpx2", "async-httpx2"])


class Clock:
    """A clock that stands."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The clock by which connections grow old."""
    made = Clock()
    for module in ("over_httpx2_lent", "over_httpx2_lent_async"):
        monkeypatch.setattr(f"generator.runtime.{module}.monotonic", made)
    return made


def opened(driver: Driver, server: Server) -> list[int]:
    """How many connections the server ever saw, and how many are open."""
    driver.get(server.url)
    return [server.connections, server.open]


@BOTH
def test_the_connection_used_last_is_taken_first_and_idle_ones_are_closed(
    kind: str, clock: Clock
) -> None:
    with serving() as server, Driver(kind, TransportOptions(keepalive=1000)) as driver:
        driver.many(f"{server.url}/together-5", 5)
        assert server.connections == 5
        assert opened(driver, server) == [5, 5]
        for clock.now in (400, 999, 1001):
            driver.get(server.url)
        assert server.soon(lambda: server.open == 1)
        assert server.connections == 5


@BOTH
def test_a_connection_that_has_idled_too_long_is_not_lent_again(kind: str) -> None:
    with serving() as server, Driver(kind, TransportOptions(keepalive=0.05)) as driver:
        driver.get(server.url)
        time.sleep(0.1)
        driver.get(server.url)
        assert server.connections == 2
        assert server.soon(lambda: server.open == 1)


@BOTH
def test_a_connection_that_the_server_closed_is_not_lent_again(kind: str) -> None:
    with serving() as server, Driver(kind) as driver:
        driver.get(f"{server.url}/hangup")
        assert server.closed()
        (pool,) = driver.transport._pools.values()
        assert server.soon(lambda: pool._idle[0][0].has_expired())
        assert driver.get(server.url).body == b"fine"


@BOTH
def test_no_connection_is_kept_where_none_may_idle(kind: str) -> None:
    with serving() as server, Driver(kind, TransportOptions(keepalive=0.0)) as driver:
        driver.get(server.url)
        assert server.closed()


@BOTH
def test_a_call_waits_for_a_connection_no_longer_than_it_may(kind: str) -> None:
    with serving() as server, Driver(kind, TransportOptions(max_connections=1)) as driver:
        incoming = driver.run(driver.transport.open(request(server.url), PATIENT))
        with pytest.raises(ConnectTimeout):
            driver.get(server.url, Timeouts(0.1))
        driver.run(incoming.close())
        assert driver.get(server.url).body == b"fine"


@BOTH
def test_connections_without_a_limit(kind: str) -> None:
    with serving() as server, Driver(kind, TransportOptions(max_connections=None)) as driver:
        assert len(driver.many(f"{server.url}/wait-0.05", 8)) == 8


@BOTH
def test_failed_calls_give_their_slot_back(kind: str) -> None:
    with serving() as server, Driver(kind, TransportOptions(max_connections=1)) as driver:
        for _ in range(3):
            with pytest.raises(TransportError):
                driver.get(f"{server.url}/held", Timeouts(0.05))
        assert driver.get(server.url).body == b"fine"


@BOTH
def test_closing_closes_what_is_lent(kind: str) -> None:
    with serving() as server:
        driver = Driver(kind)
        incoming = driver.run(
            driver.transport.open(request(f"{server.url}/big-100000000"), PATIENT)
        )
        driver.run(driver.transport.close())
        assert server.closed()
        driver.run(incoming.close())


class _Raced(deque[object]):
    """Another thread takes the last one just after it was seen."""

    def __len__(self) -> int:
        found = super().__len__()
        if found == 1:
            self.pop()
        return found


@BOTH
def test_the_last_idle_one_may_be_taken_while_old_ones_are_looked_for(kind: str) -> None:
    with serving() as server, Driver(kind) as driver:
        driver.get(server.url)
        (pool,) = driver.transport._pools.values()
        pool._idle = _Raced()
        assert driver.get(server.url).body == b"fine"


@BOTH
def test_what_comes_back_after_closing_is_closed(kind: str) -> None:
    with serving() as server, Driver(kind) as driver:
        incoming = driver.run(driver.transport.open(request(server.url), PATIENT))
        assert driver.run(incoming.read()) == b"fine"
        (pool,) = driver.transport._pools.values()
        pool._closed = True
        driver.run(incoming.close())
        assert server.closed()

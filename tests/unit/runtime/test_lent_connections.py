"""Connections of the httpx2 transport are lent one by one, kept for a while, and given up."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from generator.runtime import Timeouts, TransportOptions
from generator.runtime.errors import ConnectTimeout, TransportError
from tests.benchmarks.transports.driver import Driver, request
from tests.benchmarks.transports.server import Server, serving

BOTH = pytest.mark.parametrize("kind", ["sync-httpx2", "async-httpx2"])


def soon(holds: Callable[[], bool]) -> bool:
    """Whether something holds within three seconds."""
    ends = time.monotonic() + 3
    while not holds() and time.monotonic() < ends:
        time.sleep(0.01)
    return holds()


def opened(driver: Driver, server: Server) -> list[int]:
    """How many connections the server ever saw, and how many are open."""
    driver.get(server.url)
    return [server.connections, server.open]


@BOTH
def test_the_connection_used_last_is_taken_first_and_idle_ones_are_closed(kind: str) -> None:
    with serving() as server, Driver(kind, TransportOptions(keepalive=0.3)) as driver:
        driver.many(f"{server.url}/wait-0.1", 5)
        assert server.connections == 5
        assert opened(driver, server) == [5, 5]
        for _ in range(8):
            time.sleep(0.05)
            driver.get(server.url)
        assert soon(lambda: server.open == 1)
        assert server.connections == 5


@BOTH
def test_a_connection_that_has_idled_too_long_is_not_lent_again(kind: str) -> None:
    with serving() as server, Driver(kind, TransportOptions(keepalive=0.05)) as driver:
        driver.get(server.url)
        time.sleep(0.1)
        driver.get(server.url)
        assert server.connections == 2
        assert soon(lambda: server.open == 1)


@BOTH
def test_a_connection_that_the_server_closed_is_not_lent_again(kind: str) -> None:
    with serving() as server, Driver(kind) as driver:
        driver.get(f"{server.url}/hangup")
        assert server.closed()
        assert driver.get(server.url).body == b"fine"


@BOTH
def test_no_connection_is_kept_where_none_may_idle(kind: str) -> None:
    with serving() as server, Driver(kind, TransportOptions(keepalive=0.0)) as driver:
        driver.get(server.url)
        assert server.closed()


@BOTH
def test_a_call_waits_for_a_connection_no_longer_than_it_may(kind: str) -> None:
    with serving() as server, Driver(kind, TransportOptions(max_connections=1)) as driver:
        incoming = driver.run(driver.transport.open(request(server.url), Timeouts(5.0)))
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
                driver.get(f"{server.url}/wait-0.2", Timeouts(0.05))
        assert driver.get(server.url).body == b"fine"


@BOTH
def test_closing_closes_what_is_lent(kind: str) -> None:
    with serving() as server:
        driver = Driver(kind)
        incoming = driver.run(
            driver.transport.open(request(f"{server.url}/big-100000000"), Timeouts(5.0))
        )
        driver.run(driver.transport.close())
        assert server.closed()
        driver.run(incoming.close())

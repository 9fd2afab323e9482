"""Cells about connections: kept, limited, timed, and made through a proxy."""

from __future__ import annotations

import os
import socket

from generator.runtime import Timeouts, TransportOptions
from generator.runtime.errors import ConnectError, TimeoutError_
from tests.benchmarks.transports.driver import Driver, raises
from tests.benchmarks.transports.server import serving


def keep_alive(kind: str) -> None:
    """Calls one after the other share a connection, and closing closes it."""
    with serving() as server:
        with Driver(kind) as driver:
            assert [driver.get(server.url).body for _ in range(5)] == [b"fine"] * 5
            assert driver.shares(server)
        assert server.closed()


def pool_limit(kind: str) -> None:
    """No more connections than the options say."""
    with serving() as server, Driver(kind, TransportOptions(max_connections=3)) as driver:
        assert len(driver.many(f"{server.url}/wait-0.02", 12)) == 12
        assert server.most <= 3


def connect_timeout(kind: str) -> None:
    """A host that does not take the connection."""
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        port = full.getsockname()[1]
        waiting = [socket.socket() for _ in range(3)]
        for each in waiting:
            each.setblocking(False)
            each.connect_ex(("127.0.0.1", port))
        with Driver(kind, TransportOptions(connect_timeout=0.2)) as driver:
            raises(ConnectError, lambda: driver.get(f"http://127.0.0.1:{port}"))
        for each in waiting:
            each.close()


def read_timeout(kind: str) -> None:
    """A server that is silent."""
    with serving() as server, Driver(kind) as driver:
        raises(TimeoutError_, lambda: driver.get(f"{server.url}/held", Timeouts(0.1)))


def total_timeout(kind: str) -> None:
    """A server that is never silent for long."""
    with serving() as server, Driver(kind) as driver:
        slow = f"{server.url}/drip-0.02"
        raises(TimeoutError_, lambda: driver.get(slow, Timeouts(0.3, 0.3)))


def proxy(kind: str) -> None:
    """The proxy of the options gets the whole URL."""
    with serving() as server, Driver(kind, TransportOptions(proxy=server.url)) as driver:
        assert driver.get("http://nowhere.test/x").body == b"fine"
        assert server.asked == ["http://nowhere.test/x"]


def proxy_of_the_environment(kind: str) -> None:
    """The proxy that the environment names, and none where it is not trusted."""
    with serving() as server, socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        nobody = f"http://127.0.0.1:{deaf.getsockname()[1]}"
        os.environ["http_proxy"] = server.url
        try:
            with Driver(kind) as driver:
                assert driver.get("http://nowhere.test/y").body == b"fine"
            with Driver(kind, TransportOptions(trust_env=False)) as driver:
                raises(ConnectError, lambda: driver.get(nobody))
        finally:
            del os.environ["http_proxy"]
        assert server.asked == ["http://nowhere.test/y"]

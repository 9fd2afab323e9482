"""Cells about redirects and bodies, whole and streamed."""

from __future__ import annotations

import resource

from tests.benchmarks.transports.driver import PATIENT, Driver, request
from tests.benchmarks.transports.server import serving

_GIGABYTE = 1024 * 1024 * 1024


def redirects(kind: str) -> None:
    """A redirect is an answer; credentials go nowhere."""
    with serving() as server, Driver(kind) as driver:
        wanted = request(f"{server.url}/redirect").with_header("authorization", "Bearer x")
        response = driver.run(driver.transport.send(wanted, PATIENT))
        assert response.status == 302
        assert server.asked == ["/redirect"]


def body_up(kind: str) -> None:
    """A body of 32 MB arrives whole."""
    with serving() as server, Driver(kind) as driver:
        wanted = request(server.url, method="POST", body=b"x" * 32_000_000)
        assert driver.run(driver.transport.send(wanted, PATIENT)).body == b"32000000"


def stream_down(kind: str) -> None:
    """A stream is read piece by piece, and its connection serves the next call."""
    with serving() as server, Driver(kind) as driver:
        assert driver.length(f"{server.url}/big-5000000") == 5_000_000
        assert driver.get(server.url).body == b"fine"
        assert server.connections == 1


def abandoned_stream(kind: str) -> None:
    """A stream that is closed early leaves no connection."""

    async def awaited(driver: Driver, url: str) -> None:
        incoming = await driver.transport.open(request(url), PATIENT)
        async for _ in incoming.chunks():
            break
        await incoming.close()
        await incoming.close()

    with serving() as server, Driver(kind) as driver:
        url = f"{server.url}/big-100000000"
        if driver.blocking:
            incoming = driver.transport.open(request(url), PATIENT)
            next(iter(incoming.chunks()))
            incoming.close()
            incoming.close()
        else:
            driver.run(awaited(driver, url))
        assert server.closed()


def gigabyte_down(kind: str) -> None:
    """A stream of a gigabyte in bounded memory."""
    with serving() as server, Driver(kind) as driver:
        driver.length(f"{server.url}/big-1000000")
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        assert driver.length(f"{server.url}/big-{_GIGABYTE}") == _GIGABYTE
        assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 64 * 1024

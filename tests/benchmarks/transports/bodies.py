"""Cells about redirects and bodies, whole and streamed."""

from __future__ import annotations

import io
import resource
from collections.abc import Iterator

from generator.runtime import Upload
from tests.benchmarks.transports.driver import PATIENT, Driver, raises, request
from tests.benchmarks.transports.server import serving

_GIGABYTE = 1024 * 1024 * 1024


def _pieces(size: int) -> Iterator[bytes]:
    """A body of so many bytes, made as it is sent."""
    for _ in range(0, size, 50_000):
        yield b"x" * min(50_000, size)


def _breaking() -> Iterator[bytes]:
    yield b"x" * 100_000
    raise OSError("the disk is gone")


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
        assert driver.shares(server)


def stream_up(kind: str) -> None:
    """A body in pieces arrives whole, whether its length is known or not."""
    with serving() as server, Driver(kind) as driver:
        assert driver.upload(server.url, Upload(_pieces(5_000_000))) == 5_000_000
        assert driver.upload(server.url, Upload(b"head", io.BytesIO(b"x" * 1_000_000))) == 1_000_004
        assert driver.get(server.url).body == b"fine"


def failing_upload(kind: str) -> None:
    """A body that breaks off while it is read ends the call and its connection, and no other."""
    with serving() as server, Driver(kind) as driver:
        raises(Exception, lambda: driver.upload(server.url, Upload(_breaking())))
        assert server.closed()
        assert driver.get(server.url).body == b"fine"


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
        before = _most_memory()
        assert driver.length(f"{server.url}/big-{_GIGABYTE}") == _GIGABYTE
        assert _most_memory() - before < 64


def gigabyte_up(kind: str) -> None:
    """A body of a gigabyte in bounded memory."""
    with serving() as server, Driver(kind) as driver:
        driver.upload(server.url, Upload(_pieces(1_000_000)))
        before = _most_memory()
        assert driver.upload(server.url, Upload(_pieces(1_000_000_000))) == 1_000_000_000
        assert _most_memory() - before < 64


def _most_memory() -> int:
    """The most that this process ever held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024

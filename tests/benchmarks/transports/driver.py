"""A transport of any kind and one way to drive it, blocking or awaited."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from generator.runtime import Request, Timeouts, TransportOptions, Upload
from generator.runtime.over_httpx2 import Httpx2Transport
from generator.runtime.over_httpx2_async import AsyncHttpx2Transport
from generator.runtime.over_pyreqwest import PyreqwestTransport
from generator.runtime.over_pyreqwest_async import AsyncPyreqwestTransport
from tests.benchmarks.transports.server import LONG, Server

KINDS = ("sync-httpx2", "async-httpx2", "sync-pyreqwest", "async-pyreqwest")
_MAKE: Mapping[str, Callable[[TransportOptions | None], Any]] = {
    "sync-httpx2": Httpx2Transport,
    "async-httpx2": AsyncHttpx2Transport,
    "sync-pyreqwest": PyreqwestTransport,
    "async-pyreqwest": AsyncPyreqwestTransport,
}
PATIENT = Timeouts(60.0)


class NotClaimed(Exception):
    """A transport does not promise this."""


class DoesNotApply(Exception):
    """What a cell asks has no meaning for a kind of transport."""


class Driver:
    """A transport of one kind and the loop that it waits on."""

    def __init__(self, kind: str, options: TransportOptions | None = None) -> None:
        self.blocking = kind.startswith("sync")
        self.transport = _MAKE[kind](options)
        self._runner = asyncio.Runner()

    def run(self, value: Any) -> Any:
        """What a call gives, awaited where it must be."""
        return value if self.blocking else self._runner.run(value)

    def begin_anew(self) -> None:
        """Take an event loop of one's own: after a fork, that of the parent is the parent's.

        It is kept, for as garbage it would be closed, and deaf in the parent with whom it is shared.
        """
        self._inherited = self._runner
        self._runner = asyncio.Runner()

    def get(self, url: str, timeouts: Timeouts = PATIENT) -> Any:
        return self.run(self.transport.send(request(url), timeouts))

    def length(self, url: str) -> int:
        """How many bytes a stream gives."""

        async def awaited() -> int:
            incoming = await self.transport.open(request(url), PATIENT)
            size = 0
            async for chunk in incoming.chunks():
                size += len(chunk)
            await incoming.close()
            return size

        if not self.blocking:
            return int(self.run(awaited()))
        incoming = self.transport.open(request(url), PATIENT)
        size = sum(len(chunk) for chunk in incoming.chunks())
        incoming.close()
        return size

    def upload(self, url: str, body: Upload) -> int:
        """How many bytes the server got of a body in pieces."""
        wanted = request(url, method="POST", body=body)
        return int(self.run(self.transport.send(wanted, PATIENT)).body)

    def many(self, url: str, count: int) -> list[Any]:
        """Calls at once: threads or tasks."""

        async def awaited() -> list[Any]:
            sends = [self.transport.send(request(url), PATIENT) for _ in range(count)]
            return await asyncio.gather(*sends)

        if not self.blocking:
            found: list[Any] = self.run(awaited())
            return found
        with ThreadPoolExecutor(count) as pool:
            return list(pool.map(self.get, [url] * count))

    def shares(self, server: Server) -> bool:
        """Whether calls one after the other share a connection of this server.

        pyreqwest takes one back on a thread of its own, which may be a moment after the answer.
        """
        if isinstance(self.transport, Httpx2Transport | AsyncHttpx2Transport):
            return server.connections == 1
        ends = time.monotonic() + LONG
        while not server.has_served_twice and time.monotonic() < ends:
            self.get(server.url)
        return server.has_served_twice

    def __enter__(self) -> Driver:
        return self

    def __exit__(self, *_: object) -> None:
        self.run(self.transport.close())
        self._runner.close()


def request(url: str, method: str = "GET", body: bytes | Upload = b"") -> Request:
    """A request to an absolute URL."""
    scheme, _, rest = url.partition("://")
    authority, _, path = rest.partition("/")
    origin = f"{scheme}://{authority}"
    return Request(method=method, origin=origin, target=f"/{path}", body=body)


def raises(kind: type[BaseException], call: Callable[[], object]) -> None:
    """Whether a call raises, well before the servers here or a patient client give up."""
    began = time.monotonic()
    try:
        call()
    except kind:
        assert time.monotonic() - began < LONG - 5, "too late"
        return
    raise AssertionError(f"no {kind.__name__}")

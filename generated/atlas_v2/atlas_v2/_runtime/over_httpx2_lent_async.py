# Part of the Lockstep runtime, copied here by the generator. Do not edit.
# fmt: off
"""Connections to one origin of the httpx2 transport, each lent to one call at a time.

In come requests for the engine, out go its responses, whose closing gives the connection back. The
engine's own pool looks at every connection at every call and asks the system about each idle one,
which is half the cost of a call among fifty; here the one that was used last is taken, and it alone
is asked whether the server has hung up. What has idled too long is closed when another comes back.
"""

from collections import deque
from collections.abc import AsyncIterable, AsyncIterator
from time import monotonic
from typing import Any, cast

import httpcore2

from .over_httpx2_awaited_slots import AsyncSlots


class AsyncLentConnections:
    """Lends connections that a pool makes, which knows proxies and certificates."""

    def __init__(
        self, pool: httpcore2.AsyncConnectionPool, most: int | None, keepalive: float | None
    ) -> None:
        self._pool = pool
        self._slots = AsyncSlots(most)
        self._keepalive = keepalive
        self._idle: deque[tuple[httpcore2.AsyncConnectionInterface, float]] = deque()
        self._lent: set[httpcore2.AsyncConnectionInterface] = set()
        self._closed = False

    async def handle_async_request(self, request: httpcore2.Request) -> httpcore2.Response:
        """Send on a connection that is free, or on a new one."""
        timeouts: dict[str, float | None] = cast("Any", request).extensions["timeout"]
        await self._slots.take(timeouts["pool"])
        connection = None
        try:
            connection = await self._free(request)
            self._lent.add(connection)
            response = await connection.handle_async_request(request)
        except BaseException:
            self._lent.discard(connection)
            self._slots.give()
            if connection is not None and not connection.is_closed():
                await connection.aclose()
            raise
        response.stream = _LentStream(response.stream, self, connection)
        return response

    async def give_back(self, connection: httpcore2.AsyncConnectionInterface) -> None:
        """Take a connection back: to be lent again where its answer was read to the end."""
        # Before others may take it, who note it themselves.
        self._lent.discard(connection)
        try:
            if connection.is_available():
                self._idle.append((connection, monotonic()))
                await self._close_old()
            elif not connection.is_closed():
                await connection.aclose()
        finally:
            self._slots.give()

    async def aclose(self) -> None:
        """Close every connection, those that are lent, too."""
        self._closed = True
        await self._close_old()
        for connection in tuple(self._lent):
            await connection.aclose()

    async def _free(self, request: httpcore2.Request) -> httpcore2.AsyncConnectionInterface:
        while self._idle:
            try:
                connection, _ = self._idle.pop()
            except IndexError:  # another thread took the last
                break
            if not connection.has_expired():
                return connection
            await connection.aclose()
        return self._pool.create_connection(request.url.origin)

    async def _close_old(self) -> None:
        """Close what has been idle for too long; the oldest is the first."""
        while self._idle:
            try:
                connection, since = self._idle[0]
                if not self._is_old(since):
                    return
                self._idle.remove((connection, since))
            except (IndexError, ValueError):  # another thread has it
                continue
            await connection.aclose()

    def _is_old(self, since: float) -> bool:
        if self._closed:
            return True
        return self._keepalive is not None and monotonic() - since >= self._keepalive


class _LentStream:
    """The body of a response; closing it gives the connection back."""

    __slots__ = ("_connection", "_lender", "_stream")

    def __init__(
        self,
        stream: Any,
        lender: AsyncLentConnections,
        connection: httpcore2.AsyncConnectionInterface,
    ) -> None:
        self._stream = stream
        self._lender: AsyncLentConnections | None = lender
        self._connection = connection

    def __aiter__(self) -> AsyncIterator[bytes]:
        stream: AsyncIterable[bytes] = self._stream
        return stream.__aiter__()

    async def aclose(self) -> None:
        """Close the body, once."""
        lender, self._lender = self._lender, None
        if lender is not None:
            try:
                await self._stream.aclose()
            finally:
                await lender.give_back(self._connection)

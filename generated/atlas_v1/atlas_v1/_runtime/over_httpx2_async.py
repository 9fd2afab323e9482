# Part of the Lockstep runtime, copied here by the generator. Do not edit.
# fmt: off
"""The transport over httpx2, the default: a connection pool for each way out.

HTTP/1.1 or, where asked for and ``h2`` is there, HTTP/2. It may be used from many calls at once,
and after a fork: the child opens connections of its own, as each event loop does.
"""

import os
from collections.abc import AsyncIterator

import anyio.lowlevel
import httpcore2

from .codings import decoded, unzip_for
from .errors import TransportError
from .messages import Headers, Request, Response
from .over_httpx2_lent_async import AsyncLentConnections
from .over_httpx2_network_async import AsyncNetwork
from .over_httpx2_pools import (
    FAILURES,
    Place,
    checked,
    core_extensions,
    core_headers,
    core_url,
    failure,
    headers_of,
    is_over,
    may_share,
    pool_arguments,
)
from .transport import Timeouts, TransportOptions
from .upload import Upload

AsyncPool = httpcore2.AsyncConnectionPool | AsyncLentConnections


class AsyncHttpx2Transport:
    """Sends requests with the engine of httpx2."""

    def __init__(self, options: TransportOptions | None = None) -> None:
        self._options = checked(options or TransportOptions())
        self._pools: dict[Place, AsyncPool] = {}
        self._closed = False

    async def send(self, request: Request, timeouts: Timeouts) -> Response:
        """Send and read the response whole."""
        incoming = await self.open(request, timeouts)
        try:
            return Response(incoming.status, incoming.headers, await incoming.read())
        finally:
            await incoming.close()

    async def open(self, request: Request, timeouts: Timeouts) -> "AsyncHttpx2Incoming":
        """Send and leave the body to be read."""
        body = request.body
        try:
            response = await self._pool(request.origin).handle_async_request(
                httpcore2.Request(
                    request.method,
                    core_url(request),
                    headers=core_headers(request),
                    content=body.pieces_async() if isinstance(body, Upload) else body or None,
                    extensions=core_extensions(timeouts, self._options),
                )
            )
        except FAILURES as error:
            raise failure(error) from error
        return AsyncHttpx2Incoming(response)

    async def sleep(self, seconds: float) -> None:
        """Wait, on whichever event loop runs."""
        await anyio.sleep(seconds)

    async def close(self) -> None:
        """Close the pools."""
        self._closed = True
        pools, self._pools = self._pools, {}
        for place, pool in pools.items():
            if place == self._place(place[0]):
                await pool.aclose()

    def _pool(self, origin: str) -> AsyncPool:
        place = self._place(origin)
        try:
            return self._pools[place]
        except KeyError:
            return self._made(place)

    def _made(self, place: Place) -> AsyncPool:
        if self._closed:
            raise TransportError("the transport is closed")
        for each in filter(is_over, list(self._pools)):
            self._pools.pop(each, None)
        return self._pools.setdefault(place, _pool_to(place, self._options))

    def _place(self, origin: str) -> Place:
        return origin, os.getpid(), anyio.lowlevel.current_token()


def _pool_to(place: Place, options: TransportOptions) -> AsyncPool:
    """The engine's own pool where calls share connections, otherwise one that lends them."""
    pool = httpcore2.AsyncConnectionPool(
        network_backend=AsyncNetwork(), **pool_arguments(place[0], options)
    )
    if may_share(place, options):
        return pool
    return AsyncLentConnections(pool, options.max_connections, options.keepalive)


class AsyncHttpx2Incoming:
    """A response whose body is still to be read."""

    __slots__ = ("_response", "headers", "status")

    def __init__(self, response: httpcore2.Response) -> None:
        self._response = response
        self.status = response.status
        self.headers: Headers = headers_of(response.headers)

    async def read(self) -> bytes:
        """The whole body."""
        return decoded(self.headers, [chunk async for chunk in self._pieces()])

    async def chunks(self) -> AsyncIterator[bytes]:
        """The body in pieces, content codings undone."""
        unzip = unzip_for(self.headers)
        async for chunk in self._pieces():
            if found := chunk if unzip is None else unzip.feed(chunk):
                yield found
        if unzip is not None:
            unzip.end()

    async def close(self) -> None:
        """Give the connection back, or up."""
        await self._response.aclose()

    async def _pieces(self) -> AsyncIterator[bytes]:
        try:
            async for chunk in self._response.aiter_stream():
                yield chunk
        except FAILURES as error:
            raise failure(error) from error

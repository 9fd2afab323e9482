# Part of the Lockstep runtime, copied here by the generator. Do not edit.
# fmt: off
# Derived from over_httpx2_async.py, which is the one to edit.
"""The transport over httpx2, the default: a connection pool for each way out.

HTTP/1.1 or, where asked for and ``h2`` is there, HTTP/2. It may be used from many calls at once,
and after a fork: the child opens connections of its own.
"""

import os
import time
from collections.abc import Iterator

import httpcore2

from .codings import decoded, unzip_for
from .errors import TransportError
from .messages import Headers, Request, Response
from .over_httpx2_lent import LentConnections
from .over_httpx2_network import Network
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

Pool = httpcore2.ConnectionPool | LentConnections


class Httpx2Transport:
    """Sends requests with the engine of httpx2."""

    def __init__(self, options: TransportOptions | None = None) -> None:
        self._options = checked(options or TransportOptions())
        self._pools: dict[Place, Pool] = {}
        self._closed = False

    def send(self, request: Request, timeouts: Timeouts) -> Response:
        """Send and read the response whole."""
        incoming = self.open(request, timeouts)
        try:
            return Response(incoming.status, incoming.headers, incoming.read())
        finally:
            incoming.close()

    def open(self, request: Request, timeouts: Timeouts) -> "Httpx2Incoming":
        """Send and leave the body to be read."""
        body = request.body
        try:
            response = self._pool(request.origin).handle_request(
                httpcore2.Request(
                    request.method,
                    core_url(request),
                    headers=core_headers(request),
                    content=body.pieces() if isinstance(body, Upload) else body or None,
                    extensions=core_extensions(timeouts, self._options),
                )
            )
        except FAILURES as error:
            raise failure(error) from error
        return Httpx2Incoming(response)

    def sleep(self, seconds: float) -> None:
        """Wait."""
        time.sleep(seconds)

    def close(self) -> None:
        """Close the pools."""
        self._closed = True
        pools, self._pools = self._pools, {}
        for place, pool in pools.items():
            if place == self._place(place[0]):
                pool.close()

    def _pool(self, origin: str) -> Pool:
        place = self._place(origin)
        try:
            return self._pools[place]
        except KeyError:
            return self._made(place)

    def _made(self, place: Place) -> Pool:
        if self._closed:
            raise TransportError("the transport is closed")
        for each in filter(is_over, list(self._pools)):
            self._pools.pop(each, None)
        return self._pools.setdefault(place, _pool_to(place, self._options))

    def _place(self, origin: str) -> Place:
        return origin, os.getpid(), None


def _pool_to(place: Place, options: TransportOptions) -> Pool:
    """The engine's own pool where calls share connections, otherwise one that lends them."""
    pool = httpcore2.ConnectionPool(network_backend=Network(), **pool_arguments(place[0], options))
    if may_share(place, options):
        return pool
    return LentConnections(pool, options.max_connections, options.keepalive)


class Httpx2Incoming:
    """A response whose body is still to be read."""

    __slots__ = ("_response", "headers", "status")

    def __init__(self, response: httpcore2.Response) -> None:
        self._response = response
        self.status = response.status
        self.headers: Headers = headers_of(response.headers)

    def read(self) -> bytes:
        """The whole body."""
        return decoded(self.headers, list(self._pieces()))

    def chunks(self) -> Iterator[bytes]:
        """The body in pieces, content codings undone."""
        unzip = unzip_for(self.headers)
        for chunk in self._pieces():
            if found := chunk if unzip is None else unzip.feed(chunk):
                yield found
        if unzip is not None:
            unzip.end()

    def close(self) -> None:
        """Give the connection back, or up."""
        self._response.close()

    def _pieces(self) -> Iterator[bytes]:
        try:
            yield from self._response.iter_stream()
        except FAILURES as error:
            raise failure(error) from error

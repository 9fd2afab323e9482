# Part of the Lockstep runtime, copied here by the generator. Do not edit.
# fmt: off
# Derived from over_httpx2_lent_async.py, which is the one to edit.
"""Connections to one origin of the httpx2 transport, each lent to one call at a time.

In come requests for the engine, out go its responses, whose closing gives the connection back. The
engine's own pool looks at every connection at every call and asks the system about each idle one,
which is half the cost of a call among fifty; here the one that was used last is taken, and it alone
is asked whether the server has hung up. What has idled too long is closed when another comes back.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from time import monotonic
from typing import Any, cast

import httpcore2

from .over_httpx2_slots import Slots


class LentConnections:
    """Lends connections that a pool makes, which knows proxies and certificates."""

    def __init__(
        self, pool: httpcore2.ConnectionPool, most: int | None, keepalive: float | None
    ) -> None:
        self._pool = pool
        self._slots = Slots(most)
        self._keepalive = keepalive
        self._idle: deque[tuple[httpcore2.ConnectionInterface, float]] = deque()
        self._lent: set[httpcore2.ConnectionInterface] = set()
        self._closed = False

    def handle_request(self, request: httpcore2.Request) -> httpcore2.Response:
        """Send on a connection that is free, or on a new one."""
        timeouts: dict[str, float | None] = cast("Any", request).extensions["timeout"]
        self._slots.take(timeouts["pool"])
        connection = None
        try:
            connection = self._free(request)
            self._lent.add(connection)
            response = connection.handle_request(request)
        except BaseException:
            self._lent.discard(connection)
            self._slots.give()
            if connection is not None and not connection.is_closed():
                connection.close()
            raise
        response.stream = _LentStream(response.stream, self, connection)
        return response

    def give_back(self, connection: httpcore2.ConnectionInterface) -> None:
        """Take a connection back: to be lent again where its answer was read to the end."""
        # Before others may take it, who note it themselves.
        self._lent.discard(connection)
        try:
            if connection.is_available():
                self._idle.append((connection, monotonic()))
                self._close_old()
            elif not connection.is_closed():
                connection.close()
        finally:
            self._slots.give()

    def close(self) -> None:
        """Close every connection, those that are lent, too."""
        self._closed = True
        self._close_old()
        for connection in tuple(self._lent):
            connection.close()

    def _free(self, request: httpcore2.Request) -> httpcore2.ConnectionInterface:
        while self._idle:
            try:
                connection, _ = self._idle.pop()
            except IndexError:  # another thread took the last
                break
            if not connection.has_expired():
                return connection
            connection.close()
        return self._pool.create_connection(request.url.origin)

    def _close_old(self) -> None:
        """Close what has been idle for too long; the oldest is the first."""
        while self._idle:
            try:
                connection, since = self._idle[0]
                if not self._is_old(since):
                    return
                self._idle.remove((connection, since))
            except (IndexError, ValueError):  # another thread has it
                continue
            connection.close()

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
        lender: LentConnections,
        connection: httpcore2.ConnectionInterface,
    ) -> None:
        self._stream = stream
        self._lender: LentConnections | None = lender
        self._connection = connection

    def __iter__(self) -> Iterator[bytes]:
        stream: Iterable[bytes] = self._stream
        return stream.__iter__()

    def close(self) -> None:
        """Close the body, once."""
        lender, self._lender = self._lender, None
        if lender is not None:
            try:
                self._stream.close()
            finally:
                lender.give_back(self._connection)

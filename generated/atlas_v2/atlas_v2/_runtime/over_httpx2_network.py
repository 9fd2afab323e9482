# Part of the Lockstep runtime, copied here by the generator. Do not edit.
# fmt: off
# Derived from over_httpx2_network_async.py, which is the one to edit.
"""The network below the httpx2 transport: the engine's own, with waits that end with their call.

In come the waits of the engine, each with its timeout, out go those of the sockets; see
``over_httpx2_waits``.
"""

import ssl
from collections.abc import Iterable
from typing import Any

import httpcore2

from .over_httpx2_waits import left, pieces


class Network(httpcore2.NetworkBackend):
    """Makes connections."""

    def __init__(self) -> None:
        network: Any = httpcore2.SyncBackend()
        self._network: httpcore2.NetworkBackend = network

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        """Connect to a host."""
        stream = self._network.connect_tcp(host, port, left(timeout), local_address, socket_options)
        return _Stream(stream)


class _Stream(httpcore2.NetworkStream):
    """A connection."""

    __slots__ = ("_stream",)

    def __init__(self, stream: httpcore2.NetworkStream) -> None:
        self._stream = stream

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """What comes next."""
        return self._stream.read(max_bytes, left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send all of it."""
        for piece in pieces(buffer, timeout):
            self._stream.write(piece, left(timeout))

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore2.NetworkStream:
        """The connection within TLS."""
        stream = self._stream.start_tls(ssl_context, server_hostname, left(timeout))
        return _Stream(stream)

    def close(self) -> None:
        """Hang up."""
        self._stream.close()

    def get_extra_info(self, info: str) -> Any:
        """What the engine asks of the socket."""
        return self._stream.get_extra_info(info)

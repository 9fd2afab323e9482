# Part of the Lockstep runtime, copied here by the generator. Do not edit.
# fmt: off
"""The network below the httpx2 transport: the engine's own, with waits that end with their call.

In come the waits of the engine, each with its timeout, out go those of the sockets; see
``over_httpx2_waits``.
"""

import ssl
from collections.abc import Iterable
from typing import Any

import httpcore2

from .over_httpx2_waits import left, pieces


class AsyncNetwork(httpcore2.AsyncNetworkBackend):
    """Makes connections."""

    def __init__(self) -> None:
        network: Any = httpcore2.AnyIOBackend()
        self._network: httpcore2.AsyncNetworkBackend = network

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        """Connect to a host."""
        stream = await self._network.connect_tcp(
            host, port, left(timeout), local_address, socket_options
        )
        return _Stream(stream)


class _Stream(httpcore2.AsyncNetworkStream):
    """A connection."""

    __slots__ = ("_stream",)

    def __init__(self, stream: httpcore2.AsyncNetworkStream) -> None:
        self._stream = stream

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """What comes next."""
        return await self._stream.read(max_bytes, left(timeout))

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send all of it."""
        for piece in pieces(buffer, timeout):
            await self._stream.write(piece, left(timeout))

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        """The connection within TLS."""
        stream = await self._stream.start_tls(ssl_context, server_hostname, left(timeout))
        return _Stream(stream)

    async def aclose(self) -> None:
        """Hang up."""
        await self._stream.aclose()

    def get_extra_info(self, info: str) -> Any:
        """What the engine asks of the socket."""
        return self._stream.get_extra_info(info)

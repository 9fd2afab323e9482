# Part of the Lockstep runtime, copied here by the generator. Do not edit.
# fmt: off
"""The seam to the network: three methods, blocking or awaited.

A transport sends one request and reads its response whole. It follows no redirects, adds no
credentials, keeps no cookies and repeats nothing: all that is decided above it. Whatever goes wrong
below is raised as ``TransportError``: ``ConnectError`` when nothing was sent, ``TimeoutError_``
when time ran out.
"""

from typing import Protocol

from .messages import Request, Response


class Transport(Protocol):
    """Sends requests and blocks; usable from several threads."""

    def send(self, request: Request, timeout: float | None) -> Response:
        """Send and read the response; ``timeout`` bounds each wait, None waits for ever."""
        ...

    def sleep(self, seconds: float) -> None:
        """Wait between two attempts."""
        ...

    def close(self) -> None:
        """Close what is open; closing twice does no harm."""
        ...


class AsyncTransport(Protocol):
    """Sends requests and is awaited."""

    async def send(self, request: Request, timeout: float | None) -> Response:
        """Send and read the response; ``timeout`` bounds each wait, None waits for ever."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Wait between two attempts."""
        ...

    async def close(self) -> None:
        """Close what is open; closing twice does no harm."""
        ...

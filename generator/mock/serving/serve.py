"""A mock on a port: uvicorn in a thread, started and stopped from outside.

A port that is taken, or an address that cannot be had, is a `ServeError` before anything runs.
"""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from types import TracebackType
from typing import Any

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from generator.mock.serving.asgi import ABORT

_PATIENCE = 60.0
_PAUSE = 0.005


class ServeError(Exception):
    """The server could not be started; the message names the address and the reason."""


class Running:
    """A running server: `url` leads to it, `stop` ends it; also a context manager."""

    def __init__(self, server: uvicorn.Server, bound: socket.socket, url: str) -> None:
        self.url = url
        self._server = server
        self._socket = bound
        self._thread = threading.Thread(
            target=server.run, kwargs={"sockets": [bound]}, name="lockstep-mock", daemon=True
        )

    def start(self) -> Running:
        """Run, and come back when the server takes calls."""
        self._thread.start()
        deadline = time.monotonic() + _PATIENCE
        while not self._server.started:
            if not self._thread.is_alive() or time.monotonic() > deadline:
                self.stop()
                raise ServeError(f"{self.url}: the server did not start")
            time.sleep(_PAUSE)
        return self

    def wait(self) -> None:
        """Come back when the server has ended."""
        while self._thread.is_alive():
            self._thread.join(0.2)

    def stop(self) -> None:
        """End the server and free its port; more than once does no harm."""
        self._server.should_exit = True
        if self._thread.is_alive():
            self._thread.join(_PATIENCE)
        self._socket.close()

    def __enter__(self) -> Running:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()


class _Protocol(HttpToolsProtocol):
    """uvicorn's own, with a way for the app to end a connection at once."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Offer the way to every request of this connection."""
        super().connection_made(transport)
        self.app_state = {**self.app_state, ABORT: transport.abort}


def serve(app: Any, host: str = "127.0.0.1", port: int = 0) -> Running:
    """Serve an ASGI app; port 0 takes a free one, which `url` names."""
    bound = _bind(host, port)
    name = f"[{host}]" if ":" in host else host
    config = uvicorn.Config(
        app,
        http=_Protocol,
        loop="asyncio",
        lifespan="on",
        log_level="critical",
        access_log=False,
        date_header=False,
        server_header=False,
        # Not the usual five seconds, after which a slow client may be calling just then.
        timeout_keep_alive=3600,
        timeout_graceful_shutdown=1,
    )
    return Running(uvicorn.Server(config), bound, f"http://{name}:{bound.getsockname()[1]}").start()


def _bind(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio switches Nagle's algorithm off only where a socket names its protocol, and with it on
    # an answer in two writes waits some 40 ms for the client's delayed acknowledgement.
    bound = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind((host, port))
        bound.listen(128)
    except (OSError, OverflowError) as error:
        bound.close()
        raise ServeError(f"{host}:{port}: {_reason(error)}") from error
    return bound


def _reason(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)

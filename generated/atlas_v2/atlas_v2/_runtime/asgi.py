# Part of the Lockstep runtime, copied here by the generator. Do not edit.
# fmt: off
"""Transports that call an ASGI application in the same process, for tests.

No socket is opened, and the body of a response is there when the response is. The blocking one runs
the application on an event loop of its own, so it cannot be used where a loop is running already.
What the application raises is raised to the caller.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, MutableMapping
from threading import Lock
from typing import Any

from .errors import TimeoutError_, TransportError
from .messages import Headers, Request, Response
from .transport import Timeouts
from .upload import Upload

Message = MutableMapping[str, Any]
Application = Callable[
    [
        MutableMapping[str, Any],
        Callable[[], Awaitable[Message]],
        Callable[[Message], Awaitable[None]],
    ],
    Awaitable[None],
]


class AsyncAsgiTransport:
    """Awaits an ASGI application."""

    def __init__(self, application: Application) -> None:
        self._application = application

    async def send(self, request: Request, timeouts: Timeouts) -> Response:
        """Call the application and gather what it sends."""
        sent: list[Message] = []
        body: list[Message] = [{"type": "http.request", "body": await _whole(request)}]

        async def receive() -> Message:
            return body.pop() if body else {"type": "http.disconnect"}

        async def send(message: Message) -> None:
            sent.append(message)

        try:
            call = self._application(_scope(request), receive, send)
            await asyncio.wait_for(call, timeouts.shortest)
        except TimeoutError as error:
            raise TimeoutError_("the application took too long") from error
        return _response(sent)

    async def open(self, request: Request, timeouts: Timeouts) -> "AsyncAsgiIncoming":
        """Call the application and gather what it sends."""
        return AsyncAsgiIncoming(await self.send(request, timeouts))

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await asyncio.sleep(seconds)

    async def close(self) -> None:
        """Nothing is open."""


class AsgiTransport:
    """Runs an ASGI application on a loop of its own; one call at a time."""

    def __init__(self, application: Application) -> None:
        self._transport = AsyncAsgiTransport(application)
        self._runner = asyncio.Runner()
        self._lock = Lock()

    def send(self, request: Request, timeouts: Timeouts) -> Response:
        """Call the application and gather what it sends."""
        with self._lock:
            return self._runner.run(self._transport.send(request, timeouts))

    def open(self, request: Request, timeouts: Timeouts) -> "AsgiIncoming":
        """Call the application and gather what it sends."""
        return AsgiIncoming(self.send(request, timeouts))

    def sleep(self, seconds: float) -> None:
        """Wait, while other threads call."""
        time.sleep(seconds)

    def close(self) -> None:
        """Close the loop."""
        with self._lock:
            self._runner.close()


class AsgiIncoming:
    """A response whose body is there."""

    def __init__(self, response: Response) -> None:
        self._body = response.body
        self.status = response.status
        self.headers = response.headers

    def chunks(self) -> Iterator[bytes]:
        """The body in one piece."""
        yield self._body

    def close(self) -> None:
        """Nothing is open."""


class AsyncAsgiIncoming:
    """A response whose body is there."""

    def __init__(self, response: Response) -> None:
        self._body = response.body
        self.status = response.status
        self.headers = response.headers

    async def chunks(self) -> AsyncIterator[bytes]:
        """The body in one piece."""
        yield self._body

    async def close(self) -> None:
        """Nothing is open."""


async def _whole(request: Request) -> bytes:
    if isinstance(request.body, Upload):
        return b"".join([piece async for piece in request.body.pieces_async()])
    return request.body


def _scope(request: Request) -> dict[str, Any]:
    path, _, query = request.target.partition("?")
    scheme, _, authority = request.origin.partition("://")
    host, _, port = authority.partition(":")
    headers = [(b"host", authority.encode())]
    headers += [(name.encode(), value.encode()) for name, value in request.headers.items()]
    length = request.body.length if isinstance(request.body, Upload) else len(request.body)
    if length:
        headers.append((b"content-length", str(length).encode()))
    return {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.4"},
        "http_version": "1.1",
        "method": request.method,
        "scheme": scheme,
        "path": _decoded(path),
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": headers,
        "server": (host, int(port) if port.isdigit() else None),
        "client": ("127.0.0.1", 0),
    }


def _response(sent: list[Message]) -> Response:
    if not sent or sent[0].get("type") != "http.response.start":
        raise TransportError("the application sent no response")
    pairs = [(n.decode("latin-1"), v.decode("latin-1")) for n, v in sent[0].get("headers", ())]
    body = b"".join(message.get("body", b"") for message in sent[1:])
    return Response(int(sent[0]["status"]), Headers(pairs), body)


def _decoded(path: str) -> str:
    pieces = path.split("%")
    data = pieces[0].encode() + b"".join(
        bytes.fromhex(piece[:2]) + piece[2:].encode() for piece in pieces[1:]
    )
    return data.decode("utf-8", "replace")

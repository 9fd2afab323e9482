"""ASGI at its plainest: messages to a request, a response to messages, connections that end ill.

Nothing here knows what is answered.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from generator.api.exchange import Request, Response
from generator.mock.reading.bodies import LARGEST
from generator.mock.serving.troubles import Due

Message = MutableMapping[str, Any]
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

ABORT = "lockstep.abort"
"""Where a server puts the function that ends the connection of a scope at once."""


async def live(receive: Receive, send: Send) -> None:
    """Say yes to start and end."""
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return


async def read_body(receive: Receive) -> bytes | None:
    """The whole body, or the first of it where it is too large; None if the caller went away."""
    chunks: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        chunk: bytes = message.get("body", b"")
        if not chunks and not message.get("more_body", False):
            return chunk
        if size <= LARGEST:
            chunks.append(chunk)
            size += len(chunk)
        if not message.get("more_body", False):
            return b"".join(chunks)


def request_of(scope: Scope, body: bytes) -> Request:
    """The request of a scope, its target as it came."""
    target: bytes = scope.get("raw_path") or scope["path"].encode("utf-8")
    query: bytes = scope["query_string"]
    if query:
        target = target.partition(b"?")[0] + b"?" + query
    headers = tuple(
        [(name.decode("latin-1"), value.decode("latin-1")) for name, value in scope["headers"]]
    )
    return Request(scope["method"], target.decode("latin-1"), headers, body)


async def respond(scope: Scope, send: Send, response: Response) -> None:
    """Send a response whole."""
    await send(_start(scope, response))
    await send({"type": "http.response.body", "body": response.body})


async def respond_ill(
    scope: Scope, receive: Receive, send: Send, response: Response, due: Due
) -> None:
    """Send a response late, in part, or not at all.

    Where the server offers no way to cut a connection, a ConnectionResetError tells the caller.
    """
    if due.delay:
        await asyncio.sleep(due.delay / 1000)
    if due.cut:
        await _cut(scope, receive)
    elif due.truncate and len(response.body) > 1 and scope["method"] != "HEAD":
        await send(_start(scope, response))
        half = response.body[: len(response.body) // 2]
        await send({"type": "http.response.body", "body": half, "more_body": True})
        raise ConnectionResetError("the body was truncated, as asked for")
    else:
        await respond(scope, send, response)


def _start(scope: Scope, response: Response) -> Message:
    headers = [
        (name.encode("latin-1"), value.encode("latin-1")) for name, value in response.headers
    ]
    if response.status != 204 and scope["method"] != "HEAD":
        headers.append((b"content-length", b"%d" % len(response.body)))
    return {"type": "http.response.start", "status": response.status, "headers": headers}


async def _cut(scope: Scope, receive: Receive) -> None:
    abort = scope.get("state", {}).get(ABORT)
    if abort is None:
        raise ConnectionResetError("the connection was cut, as asked for")
    abort()
    while (await receive())["type"] != "http.disconnect":
        pass

"""An ASGI application that gives the answer it is told to and keeps the request it got."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from generator.compose.calling.job import Asked, Reply

Message = MutableMapping[str, Any]


class Canned:
    """One answer, given to whoever asks; `asked` is what the last one asked for."""

    def __init__(self) -> None:
        self.reply = Reply(204)
        self.asked: Asked | None = None

    async def __call__(
        self,
        scope: Message,
        receive: Callable[[], Awaitable[Message]],
        send: Callable[[Message], Awaitable[None]],
    ) -> None:
        headers = {name.decode(): value.decode("latin-1") for name, value in scope["headers"]}
        query = scope["query_string"].decode()
        self.asked = Asked(
            method=scope["method"],
            target=scope["raw_path"].decode() + (f"?{query}" if query else ""),
            content_type=headers.get("content-type", ""),
            body=(await receive()).get("body", b""),
            accept=headers.get("accept", ""),
        )
        pairs = [(name.encode(), value.encode("latin-1")) for name, value in self.reply.headers]
        await send({"type": "http.response.start", "status": self.reply.status, "headers": pairs})
        await send({"type": "http.response.body", "body": self.reply.body})

"""A small ASGI server for tests: it answers from a table and remembers what it was asked."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

Message = dict[str, Any]


@dataclass
class Asked:
    """One request as it arrived."""

    method: str
    path: str
    query: str
    headers: dict[str, str]
    raw: bytes

    @property
    def body(self) -> Any:
        """The body, where it is JSON."""
        return json.loads(self.raw) if self.raw else None


@dataclass
class Server:
    """`answers` maps method and target to status, media type and body."""

    answers: dict[str, tuple[int, str, Any]]
    asked: list[Asked] = field(default_factory=list[Asked])

    async def __call__(
        self,
        scope: Message,
        receive: Callable[[], Awaitable[Message]],
        send: Callable[[Message], Awaitable[None]],
    ) -> None:
        body = b""
        while True:
            message = await receive()
            body += message.get("body", b"")
            if not message.get("more_body"):
                break
        query = scope["query_string"].decode()
        self.asked.append(
            Asked(
                method=scope["method"],
                path=scope["path"],
                query=query,
                headers={key.decode(): value.decode() for key, value in scope["headers"]},
                raw=body,
            )
        )
        target = scope["path"] + (f"?{query}" if query else "")
        status, media_type, answer = self.answers[f"{scope['method']} {target}"]
        headers = [(b"content-type", media_type.encode())] if media_type else []
        content = answer.encode() if isinstance(answer, str) else json.dumps(answer).encode()
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": content if media_type else b""})

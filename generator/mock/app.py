"""The ASGI shell around the model: it holds the state, the model decides everything else.

In come ASGI events, out go the model's answers. Steps are taken one after another on the event
loop, so each sees what the one before it left.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping, Sequence
from dataclasses import replace
from typing import Any

from generator.api.exchange import Principal, Request, Response
from generator.api.model import Api
from generator.mock.blueprint import base_path
from generator.mock.bodies import LARGEST
from generator.mock.model import MockModel, model_for
from generator.mock.principals import principals_for
from generator.mock.state import State

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Clock = Callable[[], float]


class MockApp:
    """An ASGI app that behaves as an API; `state` may be read, kept and put back."""

    def __init__(self, model: MockModel, state: State, clock: Clock | None = None) -> None:
        self.model = model
        self.state = state
        self._clock = clock

    @property
    def principals(self) -> tuple[Principal, ...]:
        """Whoever can sign in; nobody needs to where the server is open."""
        return () if self.state.open else self.state.principals

    @property
    def base(self) -> str:
        """The path that the first server's URL puts before every other."""
        servers = self.model.api.servers
        return base_path(servers[0].url) if servers else ""

    def answer(self, request: Request) -> Response:
        """Take a step."""
        if self._clock is not None:
            self.state = replace(self.state, moment=int(self._clock()), ticking=False)
        self.state, response, _ = self.model.step(self.state, request)
        return response

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await _live(receive, send)
        elif scope["type"] == "http":
            body = await _body(receive)
            if body is not None:
                await _respond(scope, send, self.answer(_request(scope, body)))
        else:
            await send({"type": "websocket.close", "code": 1000})


def app_for(
    api: Api,
    *,
    auth: bool = False,
    principals: Sequence[Principal] = (),
    seed: int = 0,
    clock: Clock | None = None,
) -> MockApp:
    """The mock of an API as an ASGI app.

    With `auth` the given principals may call, or seeded ones where none are given; without it
    everybody may. Without a `clock` time goes on by a second with each event, so that the same
    requests always get the same answers.
    """
    model = model_for(api)
    known = (tuple(principals) or principals_for(api, seed)) if auth else ()
    return MockApp(model, model.start(seed, known), clock)


async def _live(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return


async def _body(receive: Receive) -> bytes | None:
    """The whole body, or the first of it where it is too large; None if the caller went away."""
    chunks: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        chunk: bytes = message.get("body", b"")
        if size <= LARGEST:
            chunks.append(chunk)
            size += len(chunk)
        if not message.get("more_body", False):
            return b"".join(chunks)


def _request(scope: MutableMapping[str, Any], body: bytes) -> Request:
    target: bytes = scope.get("raw_path") or scope["path"].encode("utf-8")
    query: bytes = scope["query_string"]
    if query:
        target = target.partition(b"?")[0] + b"?" + query
    headers = tuple(
        [(name.decode("latin-1"), value.decode("latin-1")) for name, value in scope["headers"]]
    )
    return Request(scope["method"], target.decode("latin-1"), headers, body)


async def _respond(scope: MutableMapping[str, Any], send: Send, response: Response) -> None:
    headers = [
        (name.encode("latin-1"), value.encode("latin-1")) for name, value in response.headers
    ]
    if response.status != 204 and scope["method"] != "HEAD":
        headers.append((b"content-length", b"%d" % len(response.body)))
    await send({"type": "http.response.start", "status": response.status, "headers": headers})
    await send({"type": "http.response.body", "body": response.body})

"""The ASGI shell around the model: it holds the state, the model decides everything else.

In come ASGI events, out go the model's answers. Steps are taken one after another, whichever thread
asks, so each sees what the one before it left.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from threading import Lock

import msgspec

from generator.api.exchange import Principal, Request, Response
from generator.api.model import Api
from generator.mock.admitting.principals import principals_for
from generator.mock.blueprint import base_path
from generator.mock.model import MockModel, model_for
from generator.mock.serving.asgi import (
    Receive,
    Scope,
    Send,
    live,
    read_body,
    request_of,
    respond,
    respond_ill,
)
from generator.mock.serving.control import PREFIX, Control
from generator.mock.serving.statefile import StateFile, StateFileError
from generator.mock.serving.troubles import Trouble, Troubles
from generator.mock.state import State

Clock = Callable[[], float]


class MockApp:
    """An ASGI app that behaves as an API; `state` may be read, kept and put back."""

    def __init__(
        self,
        model: MockModel,
        state: State,
        clock: Clock | None = None,
        file: StateFile | None = None,
        troubles: Troubles | None = None,
        control: Control | None = None,
    ) -> None:
        self.model = model
        self.state = state
        self._clock = clock
        self._file = file
        self._troubles = troubles
        self._control = control
        self._one_at_a_time = Lock()

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
        """Take a step; what it changed is kept before it is answered."""
        with self._one_at_a_time:
            return self._stepped(request)

    def _stepped(self, request: Request) -> Response:
        before = self.state
        if self._clock is not None:
            before = replace(before, moment=int(self._clock()), ticking=False)
        after, response, _ = self.model.step(before, request)
        if self._file is not None and after.tables is not before.tables:
            response = self._kept(before, after) or response
        else:
            self.state = after
        if self._control is not None:
            self._control.note(before, request, response)
        return response

    def _refused(self, request: Request, status: int) -> Response:
        """Refuse without taking a step."""
        response = self.model.refusal(request, status)
        if self._control is not None:
            self._control.note(self.state, request, response)
        return response

    def put_back(self, state: State) -> Response | None:
        """Go on from another state; an answer where that could not be kept."""
        with self._one_at_a_time:
            if self._file is not None:
                return self._kept(self.state, state)
            self.state = state
            return None

    def _kept(self, before: State, after: State) -> Response | None:
        """Go on from a state once the file has it; else an answer that says so."""
        assert self._file is not None
        try:
            self._file.keep(before, after)
        except StateFileError as error:
            return _not_kept(error)
        self.state = after
        return None

    def close(self) -> None:
        """Let go of the state file, where there is one."""
        if self._file is not None:
            self._file.close()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await live(receive, send)
        elif scope["type"] == "http":
            body = await read_body(receive)
            if body is not None:
                await self._respond(scope, receive, send, request_of(scope, body))
        else:
            await send({"type": "websocket.close", "code": 1000})

    async def _respond(self, scope: Scope, receive: Receive, send: Send, request: Request) -> None:
        if self._control is not None and request.target.startswith(PREFIX):
            await respond(scope, send, self._control.answer(self, request))
            return
        if self._troubles is None:
            await respond(scope, send, self.answer(request))
            return
        # What is cut or truncated was done all the same: that is what a client cannot know.
        due = self._troubles.due()
        response = self._refused(request, due.status) if due.status else self.answer(request)
        await respond_ill(scope, receive, send, response, due)


def app_for(
    api: Api,
    *,
    auth: bool = False,
    principals: Sequence[Principal] = (),
    seed: int = 0,
    clock: Clock | None = None,
    state: str = "",
    troubles: Sequence[Trouble] = (),
    control: bool = False,
) -> MockApp:
    """The mock of an API as an ASGI app.

    With `auth` the given principals may call, or seeded ones where none are given; without it
    everybody may. Without a `clock` time goes on by a second with each event, so that the same
    requests always get the same answers. `state` names a file that the state is kept in, which is
    a `StateFileError` where it cannot be; `troubles` are given to callers,
    and with `control` tests may ask the mock itself.
    """
    model = model_for(api)
    known = (tuple(principals) or principals_for(api, seed)) if auth else ()
    fresh = model.start(seed, known)
    file = StateFile(state, model.blueprint, fresh) if state else None
    due = Troubles(troubles, seed) if troubles else None
    log = Control(model, fresh) if control else None
    return MockApp(model, file.state if file is not None else fresh, clock, file, due, log)


def _not_kept(error: StateFileError) -> Response:
    problem = {"title": "The state could not be kept", "status": 500, "detail": str(error)}
    headers = (("content-type", "application/problem+json"),)
    return Response(500, headers, msgspec.json.encode(problem))

"""What tests ask of the mock itself, below `/__lockstep__/`: what was asked, and its state.

`GET requests` lists the last requests with every check that each failed, `POST reset` goes back to
the start, `GET` and `PUT snapshot` take the state away and put it back. Web pages may use none of
it. Nothing here is there unless it was asked for.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Protocol
from urllib.parse import unquote_plus

import msgspec

import generator.mock.serving.snapshot as snapshot
from generator.api.exchange import Request, Response
from generator.mock.calls import Failed
from generator.mock.model import MockModel
from generator.mock.serving.snapshot import SnapshotError
from generator.mock.serving.statefile import fingerprint
from generator.mock.state import State

PREFIX = "/__lockstep__/"
_KEPT = 1_000
_JSON = (("content-type", "application/json"),)


class Controlled(Protocol):
    """What can be controlled: a model with a state that can be put back."""

    model: MockModel
    state: State

    def put_back(self, state: State) -> Response | None:
        """Go on from another state; an answer where that could not be kept."""
        ...


class Entry(msgspec.Struct, frozen=True):
    """One request: what was answered, and the checks that it failed."""

    method: str
    target: str
    status: int
    operation: str
    failed: list[Failed]


class Control:
    """The control of one app, with its log."""

    def __init__(self, model: MockModel, start: State) -> None:
        self._model = model
        self._start = start
        self._description = fingerprint(model.blueprint)
        self._entries: deque[Entry] = deque(maxlen=_KEPT)
        schemes = model.api.security_schemes.values()
        self._secret = {each.parameter for each in schemes if each.location == "query"}

    def note(self, before: State, request: Request, response: Response) -> None:
        """Take a request into the log."""
        operation, failed = self._model.failures(before, request)
        self._entries.append(
            Entry(request.method, self._shown(request.target), response.status, operation, failed)
        )

    def answer(self, app: Controlled, request: Request) -> Response:
        """The answer to a request below the prefix."""
        if request.header("origin") is not None:
            return _problem(403, "web pages may not control the mock")
        path = request.target.partition("?")[0].removeprefix(PREFIX)
        commands: dict[str, dict[str, Callable[[], Response]]] = {
            "requests": {"GET": self._log, "DELETE": self._forget},
            "reset": {"POST": lambda: self._reset(app)},
            "snapshot": {"GET": lambda: self._take(app), "PUT": lambda: self._put(app, request)},
        }
        methods = commands.get(path)
        if methods is None:
            return _problem(404, f"there are {', '.join(PREFIX + name for name in commands)}")
        if request.method not in methods:
            allow = (("allow", ", ".join(sorted(methods))),)
            return Response(405, allow)
        return methods[request.method]()

    def _log(self) -> Response:
        return Response(200, _JSON, msgspec.json.encode(list(self._entries)))

    def _forget(self) -> Response:
        self._entries.clear()
        return Response(204)

    def _reset(self, app: Controlled) -> Response:
        self._entries.clear()
        return app.put_back(self._start) or Response(204)

    def _take(self, app: Controlled) -> Response:
        return Response(200, _JSON, snapshot.written(app.state, self._description))

    def _put(self, app: Controlled, request: Request) -> Response:
        try:
            state = snapshot.restored(request.body, self._description, app.state)
        except SnapshotError as error:
            return _problem(400, str(error))
        return app.put_back(state) or Response(204)

    def _shown(self, target: str) -> str:
        """The target without secrets."""
        path, mark, query = target.partition("?")
        pairs = (pair.partition("=") for pair in query.split("&"))
        kept = [
            f"{name}{equals}{'***' if unquote_plus(name) in self._secret else value}"
            for name, equals, value in pairs
        ]
        return path + mark + "&".join(kept)


def _problem(status: int, detail: str) -> Response:
    body = msgspec.json.encode({"title": "Not done", "status": status, "detail": detail})
    return Response(status, (("content-type", "application/problem+json"),), body)

"""How a fault is planted: around the step of a mock's model, whatever stands in it.

A fault is a function from the right step, a state and a request to the state and response of a
wrong one. Nothing inside the mock is patched.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from generator.api.exchange import Determined, Request, Response
from generator.mock import MockApp
from tests.mutants.meeting import meet

Step = Callable[[Any, Request], tuple[Any, Response]]
Fault = Callable[[Step, Any, Request], tuple[Any, Response]]


@dataclass(frozen=True, slots=True)
class Planted:
    """A model with a fault."""

    right: Any
    fault: Fault

    def step(self, state: Any, request: Request) -> tuple[Any, Response, Determined]:
        """The wrong step."""

        def right(state: Any, request: Request) -> tuple[Any, Response]:
            after, response, _ = self.right.step(state, request)
            return after, response

        after, response = self.fault(right, state, request)
        return after, response, Determined()


def plant(app: MockApp, fault: Fault) -> MockApp:
    """The same app with the fault in it."""
    planted: Any = Planted(app.model, fault)
    return MockApp(planted, app.state)


def rightly(step: Step, state: Any, request: Request) -> tuple[Any, Response]:
    """No fault in the step itself."""
    return step(state, request)


@dataclass(frozen=True, slots=True)
class Of:
    """Which requests a fault is about: a method, how the path ends, what the query holds."""

    method: str
    path: str
    query: str = ""

    def __call__(self, request: Request) -> bool:
        """Whether it is about this one; * stands for one segment of the path."""
        path, _, query = request.target.partition("?")
        given, wanted = path.split("/"), self.path.split("/")
        same = len(given) == len(wanted) and all(
            want in ("*", have) for want, have in zip(wanted, given, strict=True)
        )
        return request.method == self.method and same and self.query in query


class Racing:
    """An app that answers some calls from the state of a moment before: what others did is lost."""

    def __init__(self, app: MockApp, when: Of) -> None:
        self._app = app
        self._when = when

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer late and from what was known when the call came."""
        if scope["type"] == "http" and self._when(Request(scope["method"], scope["path"])):
            known = self._app.state
            await meet()
            self._app.state = known
        await self._app(scope, receive, send)


def not_stored(when: Of) -> Fault:
    """What is answered as done is not done."""

    def fault(step: Step, state: Any, request: Request) -> tuple[Any, Response]:
        after, response = step(state, request)
        return (state if when(request) and response.status < 300 else after), response

    return fault


def answers(when: Of, change: Callable[[Any], Any]) -> Fault:
    """A success says something else; `change` gets its JSON."""

    def fault(step: Step, state: Any, request: Request) -> tuple[Any, Response]:
        after, response = step(state, request)
        if when(request) and response.status < 300 and response.body:
            body = json.dumps(change(json.loads(response.body))).encode()
            response = replace(response, headers=_headers(response, body), body=body)
        return after, response

    return fault


def asks(when: Of, change: Callable[[Request], Request]) -> Fault:
    """The server understands another request than was sent."""

    def fault(step: Step, state: Any, request: Request) -> tuple[Any, Response]:
        return step(state, change(request) if when(request) else request)

    return fault


def gets(when: Callable[[Request, Response], bool], status: int, body: bytes = b"{}") -> Fault:
    """An answer has another status."""

    def fault(step: Step, state: Any, request: Request) -> tuple[Any, Response]:
        after, response = step(state, request)
        if when(request, response):
            wrong = b"" if status == 204 else body
            response = replace(
                response, status=status, headers=_headers(response, wrong), body=wrong
            )
        return after, response

    return fault


def header(request: Request, name: str, value: str | None) -> Request:
    """The request with another value of a header, or without it."""
    kept = tuple(pair for pair in request.headers if pair[0].lower() != name)
    return replace(request, headers=kept if value is None else (*kept, (name, value)))


def _headers(response: Response, body: bytes) -> tuple[tuple[str, str], ...]:
    kept = [pair for pair in response.headers if pair[0].lower() != "content-length"]
    if body and not any(name.lower() == "content-type" for name, _ in kept):
        kept.append(("content-type", "application/json"))
    return tuple(kept)

"""More ways to be wrong: a side effect, a stale or unsteady answer, another header or body."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from generator.api.exchange import Request, Response
from tests.mutants.planted import Fault, Of, Step, answers, asks


def also(after: Callable[[Step, Any, Request, Response], Any], when: Of) -> Fault:
    """After a success the server does something more to its state."""

    def fault(step: Step, state: Any, request: Request) -> tuple[Any, Response]:
        done, response = step(state, request)
        if when(request) and response.status < 300:
            done = after(step, done, request, response)
        return done, response

    return fault


def sends(method: str, target: Callable[[Request], str], body: object = None) -> Any:
    """Another call that the server makes on its own, with the headers of the first."""

    def after(step: Step, state: Any, request: Request, response: Response) -> Any:
        text = json.dumps(body).encode() if body is not None else b""
        headers = tuple(each for each in request.headers if each[0].lower() != "content-type")
        accepted = (request.header("accept") or "").partition(",")[0]
        kind = (("content-type", accepted or "application/json"),)
        own = replace(
            request,
            method=method,
            target=target(request),
            headers=(*headers, *kind) if text else headers,
            body=text,
        )
        return step(state, own)[0]

    return after


class EverySecond:
    """Every second answer to the same read is another one."""

    def __init__(self, when: Of, change: Callable[[Any], Any]) -> None:
        self._when = when
        self._change = change
        self._seen = 0

    def __call__(self, step: Step, state: Any, request: Request) -> tuple[Any, Response]:
        if self._when(request):
            self._seen += 1
            if self._seen % 2 == 0:
                return answers(self._when, self._change)(step, state, request)
        return step(state, request)


class Cached:
    """A read is answered as it was the first time, whatever was written since."""

    def __init__(self, when: Of) -> None:
        self._when = when
        self._kept: dict[str, Response] = {}

    def __call__(self, step: Step, state: Any, request: Request) -> tuple[Any, Response]:
        after, response = step(state, request)
        if self._when(request) and response.status == 200:
            response = self._kept.setdefault(request.target, response)
        return after, response


def _changed(request: Request, change: Callable[[dict[str, Any]], dict[str, Any]]) -> Request:
    return replace(request, body=json.dumps(change(json.loads(request.body))).encode())


def path(request: Request) -> str:
    """The request's path without its query."""
    return request.target.partition("?")[0]


def above(request: Request) -> str:
    """The path that the request's lies in."""
    return path(request).rpartition("/")[0]


def lacking(*names: str) -> Callable[[Any], Any]:
    """A change that leaves members out."""
    return lambda body: {key: value for key, value in body.items() if key not in names}


def unless(header: str) -> Fault:
    """A header of every success is left out."""

    def fault(step: Step, state: Any, request: Request) -> tuple[Any, Response]:
        after, response = step(state, request)
        kept = tuple(each for each in response.headers if each[0].lower() != header)
        return after, replace(response, headers=kept)

    return fault


def as_type(when: Of, kind: str) -> Fault:
    """An answer says that it is of another media type."""

    def fault(step: Step, state: Any, request: Request) -> tuple[Any, Response]:
        after, response = step(state, request)
        if when(request):
            kept = tuple(each for each in response.headers if each[0].lower() != "content-type")
            response = replace(response, headers=(*kept, ("content-type", kind)))
        return after, response

    return fault


def taken_body(when: Of, change: Callable[[dict[str, Any]], dict[str, Any]]) -> Fault:
    """A body is understood otherwise, where it is an object at all."""

    def changed(request: Request) -> Request:
        try:
            return _changed(request, change)
        except (ValueError, TypeError, AttributeError, KeyError):
            return request

    return asks(when, changed)


def without_first(body: Any) -> Any:
    """A list without its first item."""
    return body[1:] if isinstance(body, list) else {**body, "results": body["results"][1:]}


def renamed(body: Any) -> Any:
    """A thing with a blank behind its name."""
    return {**body, "name": f"{body['name']} "} if "name" in body else body

"""The model as a whole: where it answers, who acts in it, what it says is decided."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import MutableMapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

from generator.api.exchange import Determined, Request
from generator.mock import MockApp, State, app_for, model_for, principals_for
from tests.described import api_of
from tests.unit.mock.shop import SHOP, Caller, caller, fragment, value

BASES = """\
paths:
  /ping:
    servers: [{url: "https://one.example/v1/"}, {url: "/v2"}]
    get: {operationId: ping, responses: {"204": {description: x}}}
  /pong:
    get: {operationId: pong, responses: {"204": {description: x}}}
"""


def decided(call: Caller, method: str, target: str) -> Determined:
    request = Request(method, target)
    return call.model.step(call.state, request)[2]


def test_paths_begin_with_those_of_the_servers() -> None:
    call = caller(BASES)
    answers = {
        path: call("GET", path).status for path in ("/v1/ping", "/v2/ping", "/ping", "/pong")
    }
    assert answers == {"/v1/ping": 204, "/v2/ping": 204, "/ping": 404, "/pong": 204}


def test_what_is_decided_is_told_by_pointer() -> None:
    call = caller(SHOP)
    some = decided(call, "GET", "/shelves")
    assert {"/items/*/label", "/items/*/id", "/total"} <= some.fields
    assert some.opaque == {"/items/*/id", "/items/*/changedAt", "/items/*/owner"}
    assert some.ordered
    one = decided(call, "GET", f"/shelves/{next(iter(call.state.table(('shelf',))))}")
    assert "/label" in one.fields
    assert "/label" not in one.opaque


def test_errors_are_decided_by_status_and_code() -> None:
    call = caller(SHOP)
    assert decided(call, "GET", "/shelves/none").fields == {"/code", "/status"}


def test_what_nobody_declares_is_not_decided() -> None:
    assert not decided(caller(SHOP), "GET", "/weather").fields


def test_principals_are_seeded() -> None:
    api = api_of(fragment("auth.yaml"))
    assert principals_for(api, 1) == principals_for(api, 1)
    assert principals_for(api, 1)[0].secret != principals_for(api, 2)[0].secret
    assert [each.name for each in principals_for(api, 1)][:3] == ["boss", "other", "default"]


def test_an_app_tells_who_may_sign_in_and_never_a_secret_by_accident() -> None:
    api = api_of(fragment("auth.yaml"))
    assert app_for(api).principals == ()
    known = app_for(api, auth=True).principals
    assert known == principals_for(api, 0)
    assert known[0].secret not in repr(known)


def test_a_clock_sets_the_time_of_what_is_made() -> None:
    app = app_for(api_of(SHOP), clock=lambda: 1_000_000_000.5)
    headers = (("Content-Type", "application/json"),)
    made = app.answer(Request("POST", "/shelves", headers, b'{"label":"n","note":"n"}'))
    assert value(made)["changedAt"] == "2001-09-09T01:46:40Z"


def test_threads_lose_nothing_to_each_other() -> None:
    both = threading.Barrier(2)
    model = model_for(api_of(SHOP))

    class Slow:
        """A model whose steps wait for another's, should there be one at the same time."""

        def step(self, state: State, request: Request) -> Any:
            with suppress(threading.BrokenBarrierError):
                both.wait(0.2)
            return model.step(state, request)

    slow: Any = Slow()
    app = MockApp(slow, model.start(0))
    headers = (("Content-Type", "application/json"),)
    makes = [
        Request("POST", "/shelves", headers, b'{"label":"%s","note":"n"}' % label)
        for label in (b"one", b"other")
    ]
    with ThreadPoolExecutor(2) as threads:
        made = list(threads.map(app.answer, makes))
    assert [each.status for each in made] == [201, 201]
    assert len(app.state.table(("shelf",))) == 4


def test_the_shell_speaks_asgi() -> None:
    app = app_for(api_of(SHOP))
    sent = asyncio.run(_spoken(app, {"type": "lifespan"}, "lifespan.startup", "lifespan.shutdown"))
    assert sent == ["lifespan.startup.complete", "lifespan.shutdown.complete"]
    assert asyncio.run(_spoken(app, {"type": "websocket"})) == ["websocket.close"]
    left: dict[str, Any] = {
        "type": "http",
        "method": "GET",
        "path": "/",
        "query_string": b"",
        "headers": [],
    }
    assert asyncio.run(_spoken(app, left, "http.disconnect")) == []


def test_a_model_holds_no_state() -> None:
    model = model_for(api_of(SHOP))
    one, other = Caller(model), Caller(model)
    one("POST", "/shelves", {"label": "n", "note": "n"})
    assert value(other("GET", "/shelves"))["total"] == 2


async def _spoken(app: Any, scope: MutableMapping[str, Any], *events: str) -> list[str]:
    """The types of the messages that the app sends when it receives these."""
    waiting = [{"type": each} for each in events]
    sent: list[str] = []

    async def receive() -> MutableMapping[str, Any]:
        return waiting.pop(0)

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message["type"])

    await app(scope, receive, send)
    return sent

"""OAuth 2: one token for many calls, renewed ahead of its end, and no secret in sight."""

from __future__ import annotations

import asyncio
import logging
from base64 import b64encode
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from generator.runtime import (
    Answer,
    Aside,
    BaseClient,
    OAuth2,
    Request,
    Response,
    TokenError,
    TransportError,
    Unauthorized,
)
from generator.runtime.asgi import AsgiTransport, AsyncAsgiTransport
from tests.unit.runtime.conftest import MakeWorld, caller_of
from tests.unit.runtime.facts import Thing, get
from tests.unit.runtime.probe import Probe, answer

SECRET = "s3cret/:"
SECURED = get(security=(("OAuth",),), responses=(Answer("200", "application/json", Thing),))


class Server:
    """Grants tokens at ``/token`` and takes them everywhere else."""

    def __init__(self, lasts: float | None = 100.0) -> None:
        self.lasts = lasts
        self.granted = 0
        self.refused: set[str] = set()
        self.instead: Response | None = None

    def __call__(self, request: Request) -> Response:
        if request.target == "/token":
            return self._grant(request)
        given = request.headers.get("authorization", "")
        if not given.startswith("Bearer t-") or given in self.refused:
            return answer(401, b"{}")
        return answer(200, b'{"name":"in"}')

    def _grant(self, request: Request) -> Response:
        if self.instead is not None:
            return self.instead
        pair = b64encode(b"me:s3cret%2F%3A").decode()
        assert request.headers["authorization"] == f"Basic {pair}"
        assert request.body == b"grant_type=client_credentials&scope=a%20b"
        self.granted += 1
        lasts = "" if self.lasts is None else f',"expires_in":{self.lasts}'
        return answer(
            200, f'{{"access_token":"t-{self.granted}","token_type":"Bearer"{lasts}}}'.encode()
        )


class Clock:
    """A clock that stands."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def credentials(clock: Clock, url: str = "http://probe.test") -> OAuth2:
    return OAuth2("me", SECRET, f"{url}/token", scopes=("a", "b"), ahead=30, clock=clock)


def test_a_token_serves_until_shortly_before_its_end(make_world: MakeWorld) -> None:
    server, clock = Server(), Clock()
    world = make_world(server, auth=credentials(clock))
    for clock.now, granted in ((0, 1), (69, 1), (71, 2), (72, 2)):
        assert world.call(SECURED) == Thing(name="in")
        assert server.granted == granted


def test_a_token_without_an_end_is_kept(make_world: MakeWorld) -> None:
    server, clock = Server(lasts=None), Clock()
    world = make_world(server, auth=credentials(clock))
    for clock.now in (0, 1e9):
        world.call(SECURED)
    assert server.granted == 1


def test_a_token_refused_before_its_time_is_replaced_once(make_world: MakeWorld) -> None:
    server = Server()
    world = make_world(server, auth=credentials(Clock()))
    world.call(SECURED)
    server.refused = {"Bearer t-1"}
    assert world.call(SECURED) == Thing(name="in")
    server.refused = {"Bearer t-2", "Bearer t-3"}
    before = len(world.probe.requests)
    with pytest.raises(Unauthorized):
        world.call(SECURED)
    assert len(world.probe.requests) - before == 3


def test_a_new_token_that_is_refused_is_not_replaced(make_world: MakeWorld) -> None:
    server = Server()
    server.refused = {"Bearer t-1"}
    world = make_world(server, auth=credentials(Clock()))
    with pytest.raises(Unauthorized):
        world.call(SECURED)
    assert server.granted == 1


def test_an_old_token_serves_while_it_is_good_and_there_is_no_new_one(
    make_world: MakeWorld,
) -> None:
    server, clock = Server(), Clock()
    world = make_world(server, auth=credentials(clock))
    world.call(SECURED)
    server.instead = answer(503, b"")
    clock.now = 80
    assert world.call(SECURED) == Thing(name="in")
    clock.now = 101
    with pytest.raises(TokenError, match="503"):
        world.call(SECURED)
    server.instead = None
    assert world.call(SECURED) == Thing(name="in")


@pytest.mark.parametrize(
    ("reply", "says"),
    [
        (
            answer(400, b'{"error":"invalid_client","error_description":"no\\n"}'),
            "400 invalid_client no",
        ),
        (answer(500, b"<html>"), "500"),
        (answer(200, b'{"token":"t-1"}'), "RFC 6749"),
        (answer(200, b"\xff"), "RFC 6749"),
        (answer(200, b"[" * 100_000 + b"]" * 100_000), "RFC 6749"),
        (answer(400, b"[" * 100_000 + b"]" * 100_000), "no token: 400"),
        (answer(200, b'{"access_token":"t-1","token_type":"mac"}'), "no bearer token but 'mac'"),
    ],
)
def test_what_is_no_token_is_said(make_world: MakeWorld, reply: Response, says: str) -> None:
    server = Server()
    server.instead = reply
    world = make_world(server, auth=credentials(Clock()))
    with pytest.raises(TokenError, match=says) as caught:
        world.call(SECURED)
    assert "t-1" not in f"{caught.value} {caught.value!r} {caught.value.__cause__}"


def test_many_calls_wait_for_one_token(make_world: MakeWorld) -> None:
    server, clock = Server(), Clock()
    auth = credentials(clock)

    class _Slow(AsyncAsgiTransport):
        async def send(self, request: Request, timeouts: Any) -> Response:
            await asyncio.sleep(0.01)
            return await super().send(request, timeouts)

    world = make_world(server, auth=auth, wrap=lambda inner: inner)
    if world.blocking:
        pytest.skip("one thread makes one call")
    world.caller.transport = _Slow(world.probe)

    async def all_at_once() -> list[Any]:
        return await asyncio.gather(*[world.caller.call(SECURED, {}) for _ in range(200)])

    assert world.run(all_at_once()) == [Thing(name="in")] * 200
    assert server.granted == 1
    clock.now = 80
    assert world.run(all_at_once()) == [Thing(name="in")] * 200
    assert server.granted == 2


def test_secrets_are_nowhere(make_world: MakeWorld, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    server = Server()
    auth = credentials(Clock())
    world = make_world(server, auth=auth)
    world.call(SECURED)
    server.refused = {"Bearer t-1", "Bearer t-2"}
    with pytest.raises(Unauthorized) as caught:
        world.call(SECURED)
    held: Any = auth.__dict__["_held"]
    shown = f"{auth!r} {held!r} {caught.value} {caught.value!r} {caplog.text} {world.client!r}"
    for secret in (SECRET, "s3cret", "t-1", "t-2"):
        assert secret not in shown
    assert "/token -> 200" in caplog.text


class Call:
    """One call, step by step: what its flow does next stands in ``move``."""

    def __init__(self, auth: OAuth2) -> None:
        self.flow = auth.flow(Request(method="GET", origin="http://probe.test", target="/"))
        self.move = next(self.flow)

    def tell(self, response: Response | None = None) -> None:
        self.move = self.flow.send(response)

    def fail(self, error: TransportError) -> None:
        self.move = self.flow.throw(error)

    @property
    def asks(self) -> bool:
        """Whether it asks for a token."""
        return isinstance(self.move, Aside)

    @property
    def waits(self) -> bool:
        """Whether it waits for somebody else's."""
        return isinstance(self.move, float)

    @property
    def sends(self) -> str:
        """The token it is sent with, nothing where it is not sent."""
        return self.move.headers["authorization"] if isinstance(self.move, Request) else ""


def granting(token: str) -> Response:
    return answer(200, f'{{"access_token":"{token}","expires_in":100}}'.encode())


def test_of_calls_that_need_a_token_one_asks_and_the_others_wait() -> None:
    auth = credentials(Clock())
    calls = [Call(auth) for _ in range(50)]
    first, *others = calls
    assert first.asks
    for _ in range(3):
        assert all(each.waits for each in others)
        for each in others:
            each.tell()
    first.tell(granting("t-1"))
    for each in others:
        each.tell()
    assert [each.sends for each in calls] == ["Bearer t-1"] * 50


def test_calls_go_on_with_a_good_token_while_one_renews_it() -> None:
    clock = Clock()
    auth = credentials(clock)
    Call(auth).tell(granting("t-1"))
    clock.now = 80
    renewing, going_on = Call(auth), Call(auth)
    assert (renewing.asks, going_on.sends) == (True, "Bearer t-1")
    clock.now = 101
    waiting = Call(auth)
    assert waiting.waits
    renewing.tell(granting("t-2"))
    waiting.tell()
    assert (renewing.sends, waiting.sends) == ("Bearer t-2", "Bearer t-2")


@pytest.mark.parametrize("given_up", [False, True])
def test_where_asking_fails_the_next_one_asks(given_up: bool) -> None:
    auth = credentials(Clock())
    first, second, third = (Call(auth) for _ in range(3))
    if given_up:
        first.flow.close()
    else:
        with pytest.raises(TransportError, match="refused"):
            first.fail(TransportError("refused"))
    second.tell()
    third.tell()
    assert (second.asks, third.waits) == (True, True)
    with pytest.raises(TokenError, match="500"):
        second.tell(answer(500, b""))
    third.tell()
    assert third.asks
    third.tell(granting("t-1"))
    assert third.sends == "Bearer t-1"


def test_a_token_that_many_calls_see_refused_is_replaced_once() -> None:
    auth = credentials(Clock())
    Call(auth).tell(granting("t-1"))
    first, second, late = (Call(auth) for _ in range(3))
    refused = answer(401, b"{}")
    first.tell(refused)
    second.tell(refused)
    assert (first.asks, second.waits) == (True, True)
    first.tell(granting("t-2"))
    late.tell(refused)
    second.tell()
    assert [each.sends for each in (first, second, late)] == ["Bearer t-2"] * 3
    with pytest.raises(StopIteration) as ended:
        second.tell(refused)
    assert ended.value.value is refused
    assert Call(auth).sends == "Bearer t-2"


def test_threads_get_along_with_one_token() -> None:
    server = Server()
    probe = Probe(server)
    auth = OAuth2("me", SECRET, "http://probe.test/token", scopes=("a", "b"))
    with (
        BaseClient(
            "http://probe.test",
            auth=auth,
            options=None,
            transport=AsgiTransport(probe),
            user_agent="-",
        ) as client,
        ThreadPoolExecutor(16) as pool,
    ):
        calls = [pool.submit(caller_of(client).call, SECURED, {}) for _ in range(64)]
        assert [each.result(60) for each in calls] == [Thing(name="in")] * 64
    assert server.granted == 1

"""Digest authentication against a server that checks every field, and the vectors of the RFCs."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import Any, cast
from unittest import mock

import pytest

from generator.runtime import (
    Answer,
    AsyncBaseClient,
    BaseClient,
    ConnectError,
    Digest,
    Parameter,
    Request,
    TransportOptions,
    Unauthorized,
)
from generator.runtime.over_httpx2 import Httpx2Transport
from generator.runtime.over_httpx2_async import AsyncHttpx2Transport
from generator.runtime.over_pyreqwest import PyreqwestTransport
from generator.runtime.over_pyreqwest_async import AsyncPyreqwestTransport
from tests.unit.runtime.conftest import MakeWorld, caller_of
from tests.unit.runtime.digest_server import SECRET, USER, DigestServer
from tests.unit.runtime.facts import CREATE, Thing, get
from tests.unit.runtime.probe import Handler, Probe, answer, listening

SECURED = get(security=(("Digest",),), responses=(Answer("200", "application/json", Thing),))
MakeUrl = Callable[[Handler], str]
STATUS_CREATED = (Answer("200", "application/json", Thing),)


@pytest.fixture
def make_url() -> Iterator[MakeUrl]:
    """Puts a function behind a socket."""
    with ExitStack() as stack:
        yield lambda handler: stack.enter_context(listening(Probe(handler)))


@pytest.mark.parametrize("algorithm", [None, "MD5", "MD5-sess", "SHA-256", "SHA-256-sess"])
@pytest.mark.parametrize("qop", [None, "auth", "auth,auth-int", "auth-int"])
def test_every_form_is_accepted(
    make_world: MakeWorld, algorithm: str | None, qop: str | None
) -> None:
    server = DigestServer(algorithm, qop)
    world = make_world(server, auth=Digest(USER, SECRET))
    for _ in range(3):
        assert world.call(SECURED) == Thing(name="in")
    assert server.challenges == 1
    assert len(world.probe.requests) == 4


def test_over_every_transport_with_body_and_query(make_any_world: MakeWorld) -> None:
    server = DigestServer("SHA-256", "auth")
    world = make_any_world(server, auth={"Digest": Digest(USER, SECRET)})
    create = get(
        parameters=(Parameter("q", "query"),),
        id="createThing",
        method="POST",
        body=CREATE.body,
        security=(("Digest",),),
        responses=STATUS_CREATED,
    )
    assert world.call(create, Thing(name="x"), q="b c") == Thing(name="in")
    first, second = world.probe.requests
    assert first.body == second.body == b'{"name":"x"}'
    assert "authorization" not in first.headers


def test_stale_nonces_are_renewed(make_world: MakeWorld) -> None:
    server = DigestServer(wear=2)
    world = make_world(server, auth=Digest(USER, SECRET))
    for _ in range(6):
        world.call(SECURED)
    assert server.challenges == 3
    assert len(server.counts) == 6


@pytest.mark.parametrize("wear", [0, 1000])
def test_a_401_never_loops(make_world: MakeWorld, wear: int) -> None:
    server = DigestServer(wear=wear)
    secret = SECRET if wear == 0 else "wrong"
    world = make_world(server, auth=Digest(USER, secret))
    for most in (3, 2):
        before = len(world.probe.requests)
        with pytest.raises(Unauthorized):
            world.call(SECURED)
        assert len(world.probe.requests) - before <= most


@pytest.mark.parametrize(
    "challenge",
    [
        "",
        "Basic realm=x",
        "Digest realm=x",
        "Digest nonce=x, algorithm=MD4",
        "Digest nonce=x, qop=new",
    ],
)
def test_what_cannot_be_answered_is_an_error_at_once(make_world: MakeWorld, challenge: str) -> None:
    world = make_world(
        lambda r: answer(401, b"{}", www_authenticate=challenge), auth=Digest(USER, SECRET)
    )
    with pytest.raises(Unauthorized):
        world.call(SECURED)
    assert len(world.probe.requests) == 1


@pytest.mark.parametrize("over", [Httpx2Transport, PyreqwestTransport])
def test_threads_that_start_together_make_one_round(make_url: MakeUrl, over: Any) -> None:
    server = DigestServer(slow=0.02)
    with BaseClient(
        make_url(server),
        auth=Digest(USER, SECRET),
        options=None,
        transport=over(TransportOptions(max_connections=20)),
        user_agent="probe/1",
    ) as client:
        start = threading.Barrier(200)

        def call() -> str:
            start.wait(60)
            name: str = caller_of(client).call(SECURED, {}).name
            return name

        with ThreadPoolExecutor(200) as pool:
            calls = [pool.submit(call) for _ in range(200)]
            assert [call.result(60) for call in calls] == ["in"] * 200
    assert server.challenges == 1
    assert len(server.counts) == 200


@pytest.mark.parametrize("over", [AsyncHttpx2Transport, AsyncPyreqwestTransport])
def test_awaited_calls_that_start_together_make_one_round(make_url: MakeUrl, over: Any) -> None:
    server = DigestServer(slow=0.02)

    async def all_at_once() -> list[Any]:
        async with AsyncBaseClient(
            make_url(server),
            auth=Digest(USER, SECRET),
            options=None,
            transport=over(TransportOptions(max_connections=20)),
            user_agent="probe/1",
        ) as client:
            calls = [caller_of(client).call(SECURED, {}) for _ in range(200)]
            return await asyncio.wait_for(asyncio.gather(*calls), 60)

    assert [thing.name for thing in asyncio.run(all_at_once())] == ["in"] * 200
    assert server.challenges == 1
    assert len(server.counts) == 200


def test_a_stale_nonce_under_concurrency_costs_each_call_one_round_at_most(
    make_url: MakeUrl,
) -> None:
    server = DigestServer()

    async def all_at_once() -> list[Any]:
        async with AsyncBaseClient(
            make_url(server),
            auth=Digest(USER, SECRET),
            options=None,
            transport=AsyncHttpx2Transport(),
            user_agent="probe/1",
        ) as client:
            await caller_of(client).call(SECURED, {})
            server.forget()
            calls = [caller_of(client).call(SECURED, {}) for _ in range(50)]
            return await asyncio.wait_for(asyncio.gather(*calls), 60)

    assert len(asyncio.run(all_at_once())) == 50
    assert server.challenges <= 51
    assert len(server.counts) == 51


def test_a_round_that_fails_lets_the_next_call_try() -> None:
    digest = Digest(USER, SECRET)
    request = Request(method="GET", origin="http://probe.test", target="/")
    first, second = digest.flow(request), digest.flow(request)
    assert next(first) is request
    assert isinstance(next(second), float)
    first.close()
    assert second.send(None) is request
    with pytest.raises(ConnectError):
        second.throw(ConnectError())
    assert next(digest.flow(request)) is request


def test_a_server_that_asks_nobody_is_asked_by_all_at_once() -> None:
    digest = Digest(USER, SECRET)
    request = Request(method="GET", origin="http://probe.test", target="/")
    flow = digest.flow(request)
    next(flow)
    with pytest.raises(StopIteration):
        flow.send(answer(200))
    first, second = digest.flow(request), digest.flow(request)
    assert next(first) is request is next(second)


def test_the_next_nonce_that_a_server_names_is_used(make_world: MakeWorld) -> None:
    server = DigestServer(wear=1, announce=True)
    world = make_world(server, auth=Digest(USER, SECRET))
    for _ in range(5):
        world.call(SECURED)
    assert server.challenges == 1
    assert len(world.probe.requests) == 6


def _header(digest: Digest, challenge: str, target: str, cnonce: str) -> str:
    flow = digest.flow(Request(method="GET", origin="http://www.example.org", target=target))
    next(flow)
    with mock.patch("os.urandom", return_value=b"") as urandom:
        urandom.return_value = mock.Mock(hex=lambda: cnonce)
        signed = cast("Request", flow.send(answer(401, b"", www_authenticate=challenge)))
    return signed.headers["authorization"]


@pytest.mark.parametrize(
    ("algorithm", "response"),
    [
        ("MD5", "8ca523f5e9506fed4657c9700eebdbec"),
        ("SHA-256", "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"),
    ],
)
def test_the_vectors_of_rfc_7616(algorithm: str, response: str) -> None:
    challenge = (
        'Digest realm="http-auth@example.org", qop="auth, auth-int", '
        f"algorithm={algorithm}, "
        'nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", '
        'opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"'
    )
    cnonce = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ"
    header = _header(Digest("Mufasa", "Circle of Life"), challenge, "/dir/index.html", cnonce)
    assert f'response="{response}"' in header
    assert "nc=00000001" in header


def test_the_vector_of_rfc_2069() -> None:
    challenge = (
        'Digest realm="testrealm@host.com", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", op="auth"'
    )
    header = _header(Digest("Mufasa", "CircleOfLife"), challenge, "/dir/index.html", "")
    # The response printed in the RFC is wrong; this is the one of its errata 749.
    assert 'response="1949323746fe6a43ef61f9606e7febea"' in header
    assert "nc=" not in header


def test_names_that_do_not_fit_a_quoted_string() -> None:
    hashed = _header(Digest("é", "x"), "Digest realm=r, nonce=n, userhash=true", "/", "c")
    assert "userhash=true" in hashed
    assert "é" not in hashed
    extended = _header(Digest("é", "x"), "Digest realm=r, nonce=n", "/", "c")
    assert "username*=UTF-8''%C3%A9" in extended
    quoted = _header(Digest('a"b', "x"), "Digest realm=r, nonce=n", "/", "c")
    assert 'username="a\\"b"' in quoted


def test_the_secret_is_in_no_repr() -> None:
    assert repr(Digest("me", "hush")) == "Digest('me', ***)"


def test_a_challenge_that_came_while_the_baton_was_taken_is_used() -> None:
    auth = Digest(USER, SECRET)
    request = Request(method="GET", origin="http://probe.test", target="/")
    asked = answer(401, b"{}", www_authenticate='Digest realm="r", nonce="n", qop="auth"')

    class Late:
        """The first look finds nothing; another call is answered before the baton is taken."""

        def take(self, work: str) -> bool:
            auth.__dict__["_baton"] = baton
            other = auth.flow(request)
            next(other)
            other.send(asked)
            return baton.take(work)

        def give(self, work: str) -> None:
            baton.give(work)

    baton = auth.__dict__["_baton"]
    auth.__dict__["_baton"] = Late()
    first = next(auth.flow(request))
    assert isinstance(first, Request)
    assert "authorization" in first.headers

"""Digest authentication against a server that checks every field, and the vectors of the RFCs."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from unittest import mock

import pytest

from generator.runtime import (
    Answer,
    AsyncBaseClient,
    BaseClient,
    Digest,
    Parameter,
    Request,
    Response,
    Unauthorized,
)
from generator.runtime.asgi import AsyncAsgiTransport
from tests.unit.runtime.conftest import MakeWorld, caller_of
from tests.unit.runtime.digest_server import SECRET, USER, DigestServer
from tests.unit.runtime.facts import CREATE, Thing, get
from tests.unit.runtime.probe import Probe, answer

SECURED = get(security=(("Digest",),), responses=(Answer("200", "application/json", Thing),))
STATUS_CREATED = (Answer("200", "application/json", Thing),)


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


def test_nonce_counts_never_repeat_between_threads() -> None:
    server = DigestServer()
    probe = Probe(server)

    class _Direct:
        def send(self, request: Request, timeout: float | None) -> Response:
            return probe.handle(request)

        def sleep(self, seconds: float) -> None: ...

        def close(self) -> None: ...

    client = BaseClient(
        "http://probe.test",
        auth=Digest(USER, SECRET),
        options=None,
        transport=_Direct(),
        user_agent="probe/1",
    )
    caller_of(client).call(SECURED, {})
    with ThreadPoolExecutor(16) as pool:
        calls = [pool.submit(caller_of(client).call, SECURED, {}) for _ in range(200)]
        assert [call.result().name for call in calls] == ["in"] * 200
    assert server.challenges == 1
    assert len(server.counts) == 201


def test_concurrent_first_calls_each_answer_their_own_challenge() -> None:
    server = DigestServer()
    probe = Probe(server)
    gate = asyncio.Barrier(5)

    class _Together(AsyncAsgiTransport):
        async def send(self, request: Request, timeout: float | None) -> Response:
            response = await super().send(request, timeout)
            if response.status == 401:
                await asyncio.wait_for(gate.wait(), 5)
            return response

    async def all_at_once() -> list[Any]:
        client = AsyncBaseClient(
            "http://probe.test",
            auth=Digest(USER, SECRET),
            options=None,
            transport=_Together(probe),
            user_agent="probe/1",
        )
        calls = [caller_of(client).call(SECURED, {}) for _ in range(5)]
        return [*await asyncio.gather(*calls), await caller_of(client).call(SECURED, {})]

    assert [thing.name for thing in asyncio.run(all_at_once())] == ["in"] * 6
    assert (server.challenges, len(probe.requests), len(server.counts)) == (5, 11, 6)


def _header(digest: Digest, challenge: str, target: str, cnonce: str) -> str:
    flow = digest.flow(Request(method="GET", origin="http://www.example.org", target=target))
    next(flow)
    with mock.patch("os.urandom", return_value=b"") as urandom:
        urandom.return_value = mock.Mock(hex=lambda: cnonce)
        signed = flow.send(answer(401, b"", www_authenticate=challenge))
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

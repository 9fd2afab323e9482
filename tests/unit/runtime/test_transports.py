"""Transports: what goes wrong below becomes one of three errors, and nothing is followed."""

from __future__ import annotations

import asyncio
import os
import socket
import threading
from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest
import trio

from generator.runtime import (
    AsyncBaseClient,
    BaseClient,
    ConnectError,
    Options,
    Request,
    Response,
    TimeoutError_,
    Timeouts,
    TransportError,
    TransportOptions,
    UnexpectedStatus,
)
from generator.runtime.asgi import AsgiTransport
from generator.runtime.over_httpx2 import Httpx2Transport
from generator.runtime.over_httpx2_async import AsyncHttpx2Transport
from generator.runtime.over_pyreqwest import PyreqwestTransport
from generator.runtime.over_pyreqwest_async import AsyncPyreqwestTransport
from tests.unit.runtime.conftest import MakeWorld, World, caller_of
from tests.unit.runtime.facts import CREATE, GET, VND, Thing, get
from tests.unit.runtime.probe import Probe, answer, listening

FINE = answer(200, b'{"name":"x"}', content_type=VND)
OFF = Options(retries=0, timeout=60.0)


@contextmanager
def saying(text: bytes) -> Generator[str, None, None]:
    """A server that says one thing and hangs up."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(60)

        def serve() -> None:
            connection, _ = server.accept()
            with connection:
                connection.recv(65536)
                connection.sendall(text)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}"
        thread.join(60)


def elsewhere(world: World, url: str) -> World:
    """The same kind of client for another server."""
    client = BaseClient if world.blocking else AsyncBaseClient
    transport = world.caller.transport
    world.client = client(url, auth=None, options=OFF, transport=transport, user_agent="probe/1")
    return world


def test_nothing_listens(make_socket_world: MakeWorld) -> None:
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{deaf.getsockname()[1]}"
        world = elsewhere(make_socket_world(lambda r: answer()), url)
        with pytest.raises(ConnectError) as caught:
            world.call(GET)
    assert caught.value.request is not None


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{",
        b"not http at all\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc",
    ],
)
def test_broken_answers(make_socket_world: MakeWorld, text: bytes) -> None:
    with saying(text) as url:
        world = elsewhere(make_socket_world(lambda r: answer()), url)
        with pytest.raises(TransportError) as caught:
            world.call(GET)
    assert not isinstance(caught.value, ConnectError | TimeoutError_)


def test_slow_answers(make_socket_world: MakeWorld) -> None:
    given_up = threading.Event()

    def slow(request: Request) -> Response:
        given_up.wait(30)
        return answer()

    world = make_socket_world(slow)
    with pytest.raises(TimeoutError_) as caught:
        world.call(GET, options=Options(timeout=0.05, retries=0))
    given_up.set()
    assert isinstance(caught.value, TimeoutError)


def test_redirects_are_not_followed_and_cookies_not_kept(make_any_world: MakeWorld) -> None:
    replies = iter(
        [
            answer(302, location="/elsewhere", set_cookie="a=b"),
            answer(200, b'{"name":"x"}', content_type=VND),
        ]
    )
    world = make_any_world(lambda r: next(replies))
    with pytest.raises(UnexpectedStatus):
        world.call(GET)
    world.call(GET)
    assert [request.target for request in world.probe.requests] == ["/things", "/things"]
    assert "cookie" not in world.probe.requests[1].headers


def test_repeated_headers_and_large_bodies(make_any_world: MakeWorld) -> None:
    big = b'{"name":"' + b"x" * 300_000 + b'"}'
    reply = answer(201, big, content_type=VND, link="a", Link="b")
    world = make_any_world(lambda r: reply)
    assert world.raw(GET).headers.get_all("link") == ("a", "b")
    assert len(world.call(CREATE, Thing(name="y" * 300_000)).name) == 300_000
    assert len(world.probe.requests[-1].body) == 300_011


def test_clients_are_context_managers(make_world: MakeWorld) -> None:
    world = make_world(lambda r: answer(200, b'{"name":"x"}', content_type=VND))

    async def use() -> object:
        async with world.client as client:
            return await caller_of(client).call(GET, {})

    if world.blocking:
        with world.client as client:
            assert caller_of(client).call(GET, {}) == Thing(name="x")
    else:
        assert world.run(use()) == Thing(name="x")


def test_httpx2_runs_on_trio() -> None:
    probe = Probe(lambda r: answer(503) if len(probe.requests) < 2 else FINE)

    async def use(url: str) -> object:
        transport = AsyncHttpx2Transport()
        async with AsyncBaseClient(
            url, auth=None, options=None, transport=transport, user_agent="probe/1"
        ) as client:
            return await caller_of(client).call(GET, {})

    with listening(probe) as url:
        assert trio.run(use, url) == Thing(name="x")


def test_an_application_that_is_silent_or_slow() -> None:
    async def silent(scope: Any, receive: object, send: object) -> None:
        if scope["path"] == "/slow":
            await asyncio.Event().wait()

    request = Request(method="GET", origin="http://probe.test:81", target="/%C3%A9")
    transport = AsgiTransport(silent)
    with pytest.raises(TransportError, match="no response"):
        transport.send(request, Timeouts(60))
    with pytest.raises(TimeoutError_):
        transport.send(
            Request(method="GET", origin="http://probe.test", target="/slow"), Timeouts(0.01)
        )
    transport.sleep(0)
    transport.close()
    transport.close()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_pyreqwest_says_that_it_was_forked(monkeypatch: pytest.MonkeyPatch) -> None:
    request = Request(method="GET", origin="http://127.0.0.1:9", target="/")
    transport = PyreqwestTransport()
    with pytest.raises(ConnectError):
        transport.send(request, Timeouts(1))
    monkeypatch.setattr(os, "getpid", lambda: -1)
    with pytest.raises(TransportError, match="fork"):
        transport.send(request, Timeouts(1))


def test_threads_may_make_the_first_calls_of_pyreqwest_together() -> None:
    class Raced(PyreqwestTransport):
        """Another thread calls as soon as the native client is there."""

        def __setattr__(self, name: str, value: object) -> None:
            super().__setattr__(name, value)
            if name == "_client" and value is not None:
                with ThreadPoolExecutor(1) as other:
                    other.submit(self.send, request, Timeouts(60)).result()

    with listening(Probe(lambda r: FINE)) as url:
        request = Request(method="GET", origin=url, target="/")
        transport = Raced()
        assert transport.send(request, Timeouts(60)).status == 200
        transport.close()


@pytest.mark.parametrize("used", [True, False])
def test_pyreqwest_says_that_it_was_closed(used: bool) -> None:
    request = Request(method="GET", origin="http://127.0.0.1:9", target="/")
    transport = PyreqwestTransport()
    if used:
        with pytest.raises(ConnectError):
            transport.send(request, Timeouts(1))
    transport.close()
    transport.close()
    with pytest.raises(TransportError, match="closed"):
        transport.send(request, Timeouts(1))


def test_head_over_every_transport(make_any_world: MakeWorld) -> None:
    world = make_any_world(lambda r: answer(200, b"", content_type=VND))
    assert world.raw(get(method="HEAD")).body == b""


@pytest.mark.parametrize("transport", [Httpx2Transport, AsyncHttpx2Transport])
def test_http2_without_h2_is_refused_at_once(
    monkeypatch: pytest.MonkeyPatch, transport: Callable[[TransportOptions], object]
) -> None:
    monkeypatch.setattr("generator.runtime.over_httpx2_pools.find_spec", lambda name: None)
    with pytest.raises(ImportError, match="extra http2"):
        transport(TransportOptions(http2=True))
    transport(TransportOptions())


@pytest.mark.parametrize("over", [AsyncHttpx2Transport, AsyncPyreqwestTransport])
def test_a_client_serves_one_event_loop_after_the_other(over: Callable[[], Any]) -> None:
    with listening(Probe(lambda r: FINE)) as url:
        transport = over()
        client = AsyncBaseClient(
            url, auth=None, options=None, transport=transport, user_agent="probe/1"
        )

        async def call() -> object:
            return await caller_of(client).call(GET, {})

        assert [asyncio.run(call()) for _ in range(3)] == [Thing(name="x")] * 3
        asyncio.run(client.close())


def test_pools_of_closed_event_loops_are_let_go() -> None:
    with listening(Probe(lambda r: FINE)) as url:
        transport = AsyncHttpx2Transport()
        request = Request(method="GET", origin=url, target="/")
        for _ in range(5):
            asyncio.run(transport.send(request, Timeouts(60)))
        assert len(transport._pools) == 1


def test_a_closed_client_says_so(make_socket_world: MakeWorld) -> None:
    world = make_socket_world(lambda r: FINE)
    assert world.call(GET) == Thing(name="x")
    world.run(world.client.close())
    with pytest.raises(TransportError, match="the transport is closed"):
        world.call(GET, options=Options(retries=0))

"""Clients of every kind, blocking and awaited, over every transport, with one way to drive them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from typing import Any, Protocol

import pytest

from generator.runtime import (
    UNSET,
    AsyncBaseClient,
    AsyncTransport,
    AuthChoice,
    BaseClient,
    Operation,
    Options,
    PagedOperation,
    RawResponse,
    Transport,
)
from generator.runtime.asgi import AsgiTransport, AsyncAsgiTransport
from generator.runtime.over_httpx2 import Httpx2Transport
from generator.runtime.over_httpx2_async import AsyncHttpx2Transport
from generator.runtime.over_pyreqwest import PyreqwestTransport
from generator.runtime.over_pyreqwest_async import AsyncPyreqwestTransport
from tests.unit.runtime.probe import Handler, Probe, listening

Wrap = Callable[[Any], Any]


def caller_of(client: Any) -> Any:
    """What makes the calls of a client."""
    return client._caller


class World:
    """A client of one kind and the probe it talks to."""

    def __init__(self, kind: str, probe: Probe, base_url: str, wrap: Wrap, **settings: Any) -> None:
        self.probe = probe
        self.blocking = kind.startswith("sync")
        self._runner = asyncio.Runner()
        self.client = self._make(kind.split("-")[1], base_url, wrap, settings)

    def _make(self, over: str, url: str, wrap: Wrap, settings: dict[str, Any]) -> Any:
        if self.blocking:
            transport: Transport = wrap(_BLOCKING[over](self.probe))
            return BaseClient(url, transport=transport, user_agent="probe/1", **settings)
        awaited: AsyncTransport = wrap(_AWAITED[over](self.probe))
        return AsyncBaseClient(url, transport=awaited, user_agent="probe/1", **settings)

    def run(self, value: Any) -> Any:
        """What a call gives, awaited where it must be."""
        return value if self.blocking else self._runner.run(value)

    @property
    def caller(self) -> Any:
        return caller_of(self.client)

    def call(self, operation: Operation[Any], body: Any = UNSET, /, **given: Any) -> Any:
        options: Options | None = given.pop("options", None)
        return self.run(self.caller.call(operation, given, body, options=options))

    def raw(self, operation: Operation[Any], /, **given: Any) -> RawResponse[Any]:
        result: RawResponse[Any] = self.run(self.caller.call_raw(operation, given))
        return result

    def page(self, operation: PagedOperation[Any, Any], /, **given: Any) -> Any:
        return self.run(self.caller.page(operation, given))

    def listed(self, iterator: Any) -> list[Any]:
        """All that an iterator of either kind gives, at most a thousand."""
        if self.blocking:
            return [item for _, item in zip(range(1000), iterator, strict=False)]

        async def gather() -> list[Any]:
            return [item async for item in iterator]

        result: list[Any] = self._runner.run(gather())
        return result

    def close(self) -> None:
        self.run(self.client.close())
        self._runner.close()


_BLOCKING: Mapping[str, Callable[[Probe], Transport]] = {
    "asgi": AsgiTransport,
    "httpx2": lambda probe: Httpx2Transport(),
    "pyreqwest": lambda probe: PyreqwestTransport(),
}
_AWAITED: Mapping[str, Callable[[Probe], AsyncTransport]] = {
    "asgi": AsyncAsgiTransport,
    "httpx2": lambda probe: AsyncHttpx2Transport(),
    "pyreqwest": lambda probe: AsyncPyreqwestTransport(),
}
IN_PROCESS = ("sync-asgi", "async-asgi")
BY_SOCKET = ("sync-httpx2", "async-httpx2", "sync-pyreqwest", "async-pyreqwest")


class MakeWorld(Protocol):
    """Makes a client of one kind over a probe that answers by a function."""

    def __call__(
        self,
        handler: Handler,
        *,
        path: str = "",
        wrap: Wrap = ...,
        auth: AuthChoice = None,
        options: Options | None = None,
        schemes: tuple[str, ...] = (),
    ) -> World: ...


def _worlds(kind: str) -> Iterator[MakeWorld]:
    with ExitStack() as stack:

        def make(
            handler: Handler,
            *,
            path: str = "",
            wrap: Wrap = lambda transport: transport,
            auth: AuthChoice = None,
            options: Options | None = None,
            schemes: tuple[str, ...] = (),
        ) -> World:
            probe = Probe(handler)
            url = "http://probe.test"
            if not kind.endswith("asgi"):
                url = stack.enter_context(listening(probe))
            settings = {"auth": auth, "options": options, "schemes": schemes}
            world = World(kind, probe, url + path, wrap, **settings)
            stack.callback(world.close)
            return world

        yield make


@pytest.fixture(params=IN_PROCESS)
def make_world(request: pytest.FixtureRequest) -> Iterator[MakeWorld]:
    """Clients in process, blocking and awaited."""
    yield from _worlds(request.param)


@pytest.fixture(params=(*IN_PROCESS, *BY_SOCKET))
def make_any_world(request: pytest.FixtureRequest) -> Iterator[MakeWorld]:
    """Clients over every transport, blocking and awaited."""
    yield from _worlds(request.param)


@pytest.fixture(params=BY_SOCKET)
def make_socket_world(request: pytest.FixtureRequest) -> Iterator[MakeWorld]:
    """Clients over every network transport, blocking and awaited."""
    yield from _worlds(request.param)

"""The form of generated modules, written by hand: type checkers read it, and it runs.

What is annotated here must be inferred without a cast: the answer of a call from ``Operation[T]``,
the items of a page from ``PagedOperation[T, I]``.
"""

from __future__ import annotations

import asyncio
from functools import cached_property

from generator.runtime import (
    UNSET,
    Answer,
    AsyncBaseClient,
    AsyncCaller,
    AsyncPage,
    AsyncTransport,
    AuthChoice,
    BaseClient,
    Body,
    Caller,
    Options,
    Page,
    PagedOperation,
    PageNumber,
    Parameter,
    Transport,
    UnsetType,
)
from generator.runtime.asgi import AsgiTransport, AsyncAsgiTransport
from generator.runtime.operation import Operation
from tests.unit.runtime.facts import ERROR, FAULTS, VND, Thing, Things
from tests.unit.runtime.probe import Probe, answer

_LIST_THINGS: PagedOperation[Things, Thing] = PagedOperation(
    id="listThings",
    method="GET",
    path="/things",
    parameters=(Parameter("pageNum", "query"),),
    accept=VND,
    responses=(Answer("200", VND, Things), *FAULTS),
    error=ERROR,
    security=(("DigestAuth",),),
    page=PageNumber(page="pageNum", items="/results", total="/totalCount"),
)
_CREATE_THING: Operation[Thing] = Operation(
    id="createThing",
    method="POST",
    path="/things",
    accept=VND,
    responses=(Answer("201", VND, Thing), *FAULTS),
    body=Body(VND, required=True),
)


class Shelf:
    def __init__(self, caller: Caller) -> None:
        self._caller = caller

    def list_things(
        self,
        *,
        page_num: int | UnsetType = UNSET,
        options: Options | None = None,
    ) -> Page[Thing]:
        return self._caller.page(_LIST_THINGS, {"pageNum": page_num}, options=options)

    def create_thing(self, body: Thing, *, options: Options | None = None) -> Thing:
        return self._caller.call(_CREATE_THING, {}, body, options=options)


class AsyncShelf:
    def __init__(self, caller: AsyncCaller) -> None:
        self._caller = caller

    async def list_things(
        self,
        *,
        page_num: int | UnsetType = UNSET,
        options: Options | None = None,
    ) -> AsyncPage[Thing]:
        return await self._caller.page(_LIST_THINGS, {"pageNum": page_num}, options=options)

    async def create_thing(self, body: Thing, *, options: Options | None = None) -> Thing:
        return await self._caller.call(_CREATE_THING, {}, body, options=options)


class Client(BaseClient):
    def __init__(self, base_url: str, *, transport: Transport, auth: AuthChoice = None) -> None:
        super().__init__(
            base_url,
            auth=auth,
            options=None,
            transport=transport,
            user_agent="acme/1.0",
            schemes=("DigestAuth",),
        )

    @cached_property
    def shelf(self) -> Shelf:
        return Shelf(self._caller)


class AsyncClient(AsyncBaseClient):
    def __init__(
        self, base_url: str, *, transport: AsyncTransport, auth: AuthChoice = None
    ) -> None:
        super().__init__(
            base_url,
            auth=auth,
            options=None,
            transport=transport,
            user_agent="acme/1.0",
            schemes=("DigestAuth",),
        )

    @cached_property
    def shelf(self) -> AsyncShelf:
        return AsyncShelf(self._caller)


def _probe() -> Probe:
    page = answer(200, b'{"results":[{"name":"x"}],"totalCount":1}', content_type=VND)
    made = answer(201, b'{"name":"made"}', content_type=VND)
    return Probe(lambda r: made if r.method == "POST" else page)


def test_a_blocking_client() -> None:
    with Client("http://probe.test", transport=AsgiTransport(_probe())) as client:
        names: list[str] = [thing.name for thing in client.shelf.list_things().all()]
        assert names == ["x"]
        quick = client.with_options(Options(timeout=1))
        assert quick.shelf.create_thing(Thing(name="y")).name == "made"


def test_an_awaited_client() -> None:
    async def use() -> None:
        transport = AsyncAsgiTransport(_probe())
        async with AsyncClient("http://probe.test", transport=transport) as client:
            page = await client.shelf.list_things()
            names: list[str] = [thing.name async for thing in page.all()]
            assert names == ["x"]
            quick = client.with_options(Options(timeout=1))
            assert (await quick.shelf.create_thing(Thing(name="y"))).name == "made"

    asyncio.run(use())

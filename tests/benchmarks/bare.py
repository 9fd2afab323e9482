"""The least that a call can cost: the bare transport, and models written by hand for msgspec.

In comes the name of a transport, out goes a call that fetches a URL and decodes what comes, with
what closes the transport.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import httpx2
import msgspec
from pyreqwest.client import ClientBuilder, SyncClientBuilder

from tests.benchmarks.canned import VERSIONED
from tests.benchmarks.measuring import ORGANIZATION, Http

HEADERS = {"accept": f"{VERSIONED}, application/json", "user-agent": "bare/1"}
_LIST = "/api/atlas/v2/orgs"
TARGETS: Mapping[str, str] = {"list": _LIST, "one": f"{_LIST}/{ORGANIZATION}"}

Call = Callable[[], object]
AwaitedCall = Callable[[], Awaitable[object]]


class Link(msgspec.Struct):
    """A link, written by hand."""

    href: str | None = None
    rel: str | None = None


class Organization(msgspec.Struct, rename="camel"):
    """An organization, written by hand."""

    name: str
    id: str | None = None
    is_deleted: bool | None = None
    links: list[Link] = []


class Organizations(msgspec.Struct, rename="camel"):
    """A page of them."""

    results: list[Organization] = []
    links: list[Link] = []
    total_count: int | None = None


_DECODERS: Mapping[str, msgspec.json.Decoder[Any]] = {
    "list": msgspec.json.Decoder(Organizations),
    "one": msgspec.json.Decoder(Organization),
}


def calls(http: Http, base: str) -> tuple[Mapping[str, Call], Callable[[], None]]:
    """A call for each kind of answer, and what closes their transport."""
    fetch, close = _fetching(http)

    def call(kind: str) -> Call:
        url, decode = base + TARGETS[kind], _DECODERS[kind].decode
        return lambda: decode(fetch(url))

    return {kind: call(kind) for kind in TARGETS}, close


def awaited_calls(
    http: Http, base: str
) -> tuple[Mapping[str, AwaitedCall], Callable[[], Awaitable[None]]]:
    """An awaited call for each kind of answer, and what closes their transport."""
    fetch, close = _fetching_awaited(http)

    def call(kind: str) -> AwaitedCall:
        url, decode = base + TARGETS[kind], _DECODERS[kind].decode

        async def fetched() -> object:
            return decode(await fetch(url))

        return fetched

    return {kind: call(kind) for kind in TARGETS}, close


def _fetching(http: Http) -> tuple[Callable[[str], bytes], Callable[[], None]]:
    if http == "httpx2":
        client = httpx2.Client()
        return lambda url: client.get(url, headers=HEADERS).content, client.close
    built = SyncClientBuilder().build()
    return lambda url: bytes(built.get(url).headers(HEADERS).build().send().bytes()), built.close


def _fetching_awaited(
    http: Http,
) -> tuple[Callable[[str], Awaitable[bytes]], Callable[[], Awaitable[None]]]:
    if http == "httpx2":
        client = httpx2.AsyncClient()

        async def get(url: str) -> bytes:
            return (await client.get(url, headers=HEADERS)).content

        return get, client.aclose
    built = ClientBuilder().build()

    async def fetch(url: str) -> bytes:
        response = await built.get(url).headers(HEADERS).build().send()
        return bytes(await response.bytes())

    return fetch, built.close

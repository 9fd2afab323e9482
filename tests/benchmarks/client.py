"""What generated clients cost beside the bare transport with msgspec doing the same bytes.

`python -m tests.benchmarks.client` generates the client of one description for both transports and
prints CPU microseconds a call and the ratio to the bare transport, for a list of 100 and for one
organization, blocking and with 50 calls at once; then decoding of a page of 500 beside a decoder
written by hand, and what importing costs. Pairs take turns in one process, so ratios hold where
figures drift; CPU time counts all threads of this process, and the server is another process.
"""

from __future__ import annotations

import asyncio
import compileall
import importlib
import subprocess
import sys
import tempfile
from collections.abc import Awaitable, Callable, Generator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

import httpx2
import msgspec
from pyreqwest.client import ClientBuilder, SyncClientBuilder

from generator.runtime.messages import Headers, Response
from tests.benchmarks.canned import VERSIONED, page
from tests.benchmarks.measuring import (
    HTTP,
    ORGANIZATION,
    Work,
    cost,
    cost_async,
    generated,
    repeated,
    served,
    settle,
)

HEADERS = {"accept": f"{VERSIONED}, application/json", "user-agent": "bare/1"}
LIMITS: Mapping[str, float] = {
    "httpx2 sync list": 1.12,
    "httpx2 sync one": 1.12,
    "httpx2 async list": 1.15,
    "httpx2 async one": 1.15,
    "pyreqwest sync list": 1.4,
    "pyreqwest sync one": 1.7,
    "pyreqwest async list": 1.2,
    "pyreqwest async one": 1.4,
    "decode 500": 1.15,
    "decode 500, a field unknown": 1.6,
}
IMPORT_LIMIT_MS = 40.0


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


@dataclass(frozen=True, slots=True)
class Measured:
    """One pair: what it cost here and bare, in microseconds."""

    name: str
    ours: float
    bare: float
    ratio: float


def measure(rounds: int = 9, calls: int = 300) -> list[Measured]:
    """Every pair of calls and of decoding."""
    with tempfile.TemporaryDirectory() as folder, served() as base:
        packages: dict[str, Any] = {http: generated(http, Path(folder)) for http in HTTP}
        settle()
        return [
            *_blocking(packages, base, rounds, calls),
            *asyncio.run(_awaited(packages, base, rounds, calls)),
            *_decoding(packages["httpx2"], rounds),
        ]


def _pair(name: str, ours: Work, bare: Work, rounds: int, calls: int) -> Measured:
    """Both in turn, and the medians of what each cost."""
    costs: list[tuple[float, float]] = []
    for turn in range(rounds + 1):
        both = (cost(ours, calls), cost(bare, calls))
        costs += [both] if turn else []
    ratio = median(a / b for a, b in costs)
    return Measured(name, median(a for a, _ in costs), median(b for _, b in costs), ratio)


def _blocking(
    packages: Mapping[str, Any], base: str, rounds: int, calls: int
) -> Generator[Measured, None, None]:
    urls = {"list": f"{base}/api/atlas/v2/orgs", "one": f"{base}/api/atlas/v2/orgs/{ORGANIZATION}"}
    decoders: Mapping[str, msgspec.json.Decoder[Any]] = {
        "list": msgspec.json.Decoder(Organizations),
        "one": msgspec.json.Decoder(Organization),
    }
    for http, package in packages.items():
        fetch, close = _bare(http)
        with package.Client(base, transport=None) as client:
            resource = client.organizations
            ours: Mapping[str, Callable[[], object]] = {
                "list": resource.list_organizations,
                "one": partial(resource.get_organization, ORGANIZATION),
            }
            for kind, url in urls.items():
                bare = _fetched(fetch, url, decoders[kind])
                name = f"{http} sync {kind}"
                yield _pair(name, repeated(ours[kind]), repeated(bare), rounds, calls)
        close()


def _fetched(
    fetch: Callable[[str], bytes], url: str, decoder: msgspec.json.Decoder[Any]
) -> Callable[[], object]:
    return lambda: decoder.decode(fetch(url))


def _bare(http: str) -> tuple[Callable[[str], bytes], Callable[[], None]]:
    if http == "httpx2":
        client = httpx2.Client()
        return lambda url: client.get(url, headers=HEADERS).content, client.close
    built = SyncClientBuilder().build()
    return lambda url: bytes(built.get(url).headers(HEADERS).build().send().bytes()), built.close


async def _awaited(
    packages: Mapping[str, Any], base: str, rounds: int, calls: int
) -> list[Measured]:
    found: list[Measured] = []
    for http, package in packages.items():
        fetch, close = _bare_async(http)
        async with package.AsyncClient(base) as client:
            for kind, target, wanted in (
                ("list", "/api/atlas/v2/orgs", Organizations),
                ("one", f"/api/atlas/v2/orgs/{ORGANIZATION}", Organization),
            ):
                decoder: msgspec.json.Decoder[Any] = msgspec.json.Decoder(wanted)
                ours = _awaited_call(client, kind)

                bare = _fetched_async(fetch, base + target, decoder)
                costs: list[tuple[float, float]] = []
                for turn in range(rounds + 1):
                    both = (await cost_async(ours, calls), await cost_async(bare, calls))
                    costs += [both] if turn else []
                ratio = median(a / b for a, b in costs)
                name = f"{http} async {kind}"
                middle = [median(each) for each in zip(*costs, strict=True)]
                found.append(Measured(name, middle[0], middle[1], ratio))
        await close()
    return found


def _awaited_call(client: Any, kind: str) -> Callable[[], Awaitable[object]]:
    if kind == "list":
        call: Callable[[], Awaitable[object]] = client.organizations.list_organizations
        return call
    return lambda: client.organizations.get_organization(ORGANIZATION)


def _fetched_async(
    fetch: Callable[[str], Awaitable[bytes]], url: str, decoder: msgspec.json.Decoder[Any]
) -> Callable[[], Awaitable[object]]:
    async def call() -> object:
        return decoder.decode(await fetch(url))

    return call


def _bare_async(
    http: str,
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


def _decoding(package: Any, rounds: int) -> Generator[Measured, None, None]:
    hand = msgspec.json.Decoder(Organizations)
    ours = package.models.OrganizationPage
    vendored = importlib.import_module(f"{package.__name__}._runtime.decode")
    pages: Mapping[str, Mapping[str, object]] = {
        "decode 500": {},
        "decode 500, a field unknown": {"new": 1},
    }
    for name, extra in pages.items():
        body = page(500, extra)
        response = Response(200, Headers(()), body)
        yield _pair(
            name,
            repeated(partial(vendored.decode_json, response, ours)),
            repeated(partial(hand.decode, body)),
            rounds,
            100,
        )


def import_costs() -> Mapping[str, float]:
    """CPU milliseconds of importing a client and making it ready, above its transport's import."""
    with tempfile.TemporaryDirectory() as folder:
        found: dict[str, float] = {}
        for http in HTTP:
            generated(http, Path(folder))
            path = str(Path(folder) / http)
            compileall.compile_dir(path, quiet=1)  # as an installer does
            transport = "httpx2, httpcore2" if http == "httpx2" else "pyreqwest.client"
            bare = f"import msgspec, {transport}"
            full = f"import bench_{http}; bench_{http}.Client('http://127.0.0.1')"
            pairs = [(_import_cost(full, path), _import_cost(bare, path)) for _ in range(7)]
            found[http] = median(a for a, _ in pairs) - median(b for _, b in pairs)
    return found


def _import_cost(code: str, path: str) -> float:
    timed = (
        f"import sys, time; sys.path.insert(0, {path!r})\n"
        f"t = time.process_time(); {code}\nprint((time.process_time() - t) * 1000)"
    )
    done = subprocess.run(
        [sys.executable, "-c", timed], capture_output=True, text=True, check=True, timeout=60
    )
    return float(done.stdout)


def main() -> int:
    """Print the table; 1 when a figure is above its limit."""
    missed = 0
    print(f"{'':34}{'ours µs':>9}{'bare µs':>9}{'ratio':>7}{'limit':>7}")
    for each in measure():
        limit = LIMITS[each.name]
        missed += each.ratio > limit
        mark = "  above" if each.ratio > limit else ""
        row = f"{each.name:34}{each.ours:9.1f}{each.bare:9.1f}{each.ratio:7.2f}{limit:7.2f}{mark}"
        print(row, flush=True)
    for http, above in import_costs().items():
        missed += above > IMPORT_LIMIT_MS
        print(
            f"import and a ready client, {http:9} {above:6.1f} ms above, limit {IMPORT_LIMIT_MS:.0f}"
        )
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())

"""What the measures of clients share: the client of a description, a server, CPU time a call.

CPU time counts all threads of this process; the server is another process.
"""

from __future__ import annotations

import asyncio
import gc
import importlib
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Generator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, Literal

from generator.api import build
from generator.diagnostics import Diagnostics
from generator.document import load
from generator.emit import render, write
from generator.emit.black_style import black_style
from generator.plan import plan

SPEC = Path(__file__).parents[2] / "spec" / "atlas-v2.yaml"
ORGANIZATION = "4888442a3354817a7320eb61"
AT_ONCE = 50
Http = Literal["httpx2", "pyreqwest"]
HTTP: tuple[Http, ...] = ("httpx2", "pyreqwest")
Work = Callable[[int], None]


def generated(http: Http, folder: Path) -> Any:
    """The package of the description for one transport, written to a folder and imported."""
    diagnostics = Diagnostics()
    resolved = load(str(SPEC), diagnostics, reader=lambda name: Path(name).read_bytes())
    assert resolved is not None
    api = build(resolved, diagnostics)
    assert api is not None
    planned = plan(api, package=f"bench_{http}", http=http, diagnostics=diagnostics)
    write(folder / http, render(planned, diagnostics, black_style))
    return imported(f"bench_{http}", folder / http)


def imported(name: str, folder: Path) -> Any:
    """A package out of a folder; what it imports of itself when first used is found, too."""
    sys.path.insert(0, str(folder))
    try:
        return importlib.import_module(name)
    finally:
        sys.path.remove(str(folder))


def ours_of(client: Any) -> dict[str, Callable[[], Any]]:
    """The calls that are measured, of a generated client of either kind."""
    organizations = client.organizations
    return {
        "list": organizations.list_organizations,
        "one": partial(organizations.get_organization, ORGANIZATION),
    }


def settle() -> None:
    """Keep what stands in memory out of what the garbage collector walks during a measure.

    A page of models held by many calls at once sets off full collections, which would then cost as
    much as the generator's own objects are many.
    """
    gc.collect()
    gc.freeze()


@contextmanager
def served() -> Generator[str, None, None]:
    """The canned server; gives its base URL."""
    server = subprocess.Popen(
        [sys.executable, "-m", "tests.benchmarks.canned"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    try:
        assert server.stdout is not None
        yield f"http://127.0.0.1:{int(server.stdout.readline())}"
    finally:
        server.kill()
        server.communicate(timeout=10)


def repeated(call: Callable[[], object]) -> Work:
    """Work that makes one call so many times."""

    def work(calls: int) -> None:
        for _ in range(calls):
            call()

    return work


def cost(work: Work, calls: int) -> float:
    """CPU microseconds a call; what others left for the collector is not counted."""
    gc.collect()
    before = time.process_time()
    work(calls)
    return (time.process_time() - before) / calls * 1e6


async def cost_async(call: Callable[[], Awaitable[object]], calls: int) -> float:
    """CPU microseconds a call, 50 at once."""
    rounds = calls // AT_ONCE
    gc.collect()
    before = time.process_time()
    for _ in range(rounds):
        await asyncio.gather(*[call() for _ in range(AT_ONCE)])
    return (time.process_time() - before) / (rounds * AT_ONCE) * 1e6

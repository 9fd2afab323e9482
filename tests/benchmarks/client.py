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
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

import msgspec

from generator.runtime.messages import Headers, Response
from tests.benchmarks.bare import Organizations
from tests.benchmarks.bare import awaited_calls as bare_awaited_calls
from tests.benchmarks.bare import calls as bare_calls
from tests.benchmarks.canned import page
from tests.benchmarks.measuring import (
    HTTP,
    Http,
    Work,
    cost,
    cost_async,
    generated,
    ours_of,
    repeated,
    served,
    settle,
)

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
        packages: dict[Http, Any] = {http: generated(http, Path(folder)) for http in HTTP}
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
    return _measured(name, costs)


def _measured(name: str, costs: Sequence[tuple[float, float]]) -> Measured:
    """The medians of what each cost, and of their ratios."""
    ratio = median(a / b for a, b in costs)
    return Measured(name, median(a for a, _ in costs), median(b for _, b in costs), ratio)


def _blocking(
    packages: Mapping[Http, Any], base: str, rounds: int, calls: int
) -> Generator[Measured, None, None]:
    for http, package in packages.items():
        bare, close = bare_calls(http, base)
        with package.Client(base) as client:
            for kind, ours in ours_of(client).items():
                name = f"{http} sync {kind}"
                yield _pair(name, repeated(ours), repeated(bare[kind]), rounds, calls)
        close()


async def _awaited(
    packages: Mapping[Http, Any], base: str, rounds: int, calls: int
) -> list[Measured]:
    found: list[Measured] = []
    for http, package in packages.items():
        bare, close = bare_awaited_calls(http, base)
        async with package.AsyncClient(base) as client:
            for kind, ours in ours_of(client).items():
                costs: list[tuple[float, float]] = []
                for turn in range(rounds + 1):
                    both = (await cost_async(ours, calls), await cost_async(bare[kind], calls))
                    costs += [both] if turn else []
                found.append(_measured(f"{http} async {kind}", costs))
        await close()
    return found


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

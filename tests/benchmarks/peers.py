r"""What generated clients cost beside those that other generators make of the same description.

`python -m tests.benchmarks.peers` generates the client of one description with lockstep, for both
transports, with openapi-python-client and with openapi-generator (urllib3 blocking, aiohttp
awaited). It prints CPU microseconds a call for a list of 100 and for one organization, blocking and
with 50 calls at once, then how many times as much the peers cost beside the factor that is
promised. All take turns in one process, so factors hold where figures drift.

openapi-generator gets the description with `\p{L}\p{N}` written as `\w`: its clients hand patterns
to `re`, and would decode no organization at all. The peers are no dependencies of the project: the
command says how to install them where they are absent.
"""

from __future__ import annotations

import asyncio
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack, ExitStack
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import Any

from tests.benchmarks import bare
from tests.benchmarks.bare import AwaitedCall, Call
from tests.benchmarks.canned import VERSIONED
from tests.benchmarks.measuring import (
    HTTP,
    ORGANIZATION,
    SPEC,
    Http,
    cost,
    cost_async,
    generated,
    imported,
    ours_of,
    repeated,
    served,
    settle,
)

Costs = Mapping[str, float]
"""CPU microseconds a call by client."""
Cells = Mapping[str, Costs]

PEERS = ("openapi-python-client", "openapi-generator")
BARE: Mapping[Http, str] = {http: f"bare {http}" for http in HTTP}
"""The transports with msgspec and nothing else: what no client over them can better."""
PROMISED: Mapping[str, tuple[float, float]] = {
    "pyreqwest sync list": (7.0, 7.0),
    "pyreqwest async list": (9.0, 9.0),
    "pyreqwest sync one": (4.0, 4.0),
    "pyreqwest async one": (4.0, 4.0),
    "httpx2 sync list": (2.2, 2.2),
    "httpx2 async list": (1.0, 1.0),
    "httpx2 sync one": (1.0, 1.0),
    "httpx2 async one": (1.0, 1.0),
}
"""How many times as much as ours each peer must cost."""
_NEEDED = ("openapi_python_client", "openapi_generator_cli", "aiohttp", "aiohttp_retry", "urllib3")
_HOW = """\
The peers are not installed beside this interpreter, so nothing was measured. They need Java 11 and
  python -m venv PEERS
  PEERS/bin/pip install -e '.[fast]' openapi-python-client openapi-generator-cli \\
      aiohttp aiohttp-retry urllib3 pydantic python-dateutil
  PEERS/bin/python -m tests.benchmarks.peers"""


def installed() -> bool:
    """Whether the peers can be measured here."""
    return shutil.which("java") is not None and all(find_spec(name) for name in _NEEDED)


def measure(rounds: int = 11, calls: int = 150) -> Cells:
    """Every cell: the medians of what each client costs."""
    with tempfile.TemporaryDirectory() as folder, served() as base:
        ours: dict[Http, Any] = {http: generated(http, Path(folder)) for http in HTTP}
        _generate_peers(Path(folder))
        settle()
        return {
            **_blocking(ours, base, rounds, calls),
            **asyncio.run(_awaited(ours, base, rounds, calls)),
        }


def _generate_peers(folder: Path) -> None:
    """Write the packages of both peers into a folder and import them."""
    scripts = Path(sys.executable).parent
    readable = folder / SPEC.name
    readable.write_text(SPEC.read_text().replace(r"\p{L}\p{N}", r"\w"))
    configured = folder / "opc.yaml"
    configured.write_text("package_name_override: opc_atlas\n")
    _run(
        *(scripts / "openapi-python-client", "generate", "--path", SPEC, "--meta", "none"),
        *("--config", configured, "--output-path", folder / "opc_atlas"),
    )
    for name, library in (("ogc_atlas", "urllib3"), ("ogc_atlas_async", "asyncio")):
        _run(
            *(scripts / "openapi-generator-cli", "generate", "-g", "python", "-i", readable),
            *("--library", library, "--package-name", name, "-o", folder),
        )
    for name in ("opc_atlas", "ogc_atlas", "ogc_atlas_async"):
        imported(name, folder)
    imported("opc_atlas.api.organizations", folder)


def _run(*command: object) -> None:
    words = [str(word) for word in command]
    subprocess.run(words, check=True, capture_output=True, timeout=300)


def _blocking(ours: Mapping[Http, Any], base: str, rounds: int, calls: int) -> Cells:
    with ExitStack() as stack:
        clients: dict[str, Mapping[str, Any]] = {
            http: ours_of(stack.enter_context(package.Client(base)))
            for http, package in ours.items()
        }
        for http in HTTP:
            clients[BARE[http]], close = bare.calls(http, base)
            stack.callback(close)
        client = stack.enter_context(_opc(base))
        clients[PEERS[0]] = {
            "list": partial(_operation("list_organizations").sync, client=client),
            "one": partial(_operation("get_organization").sync, ORGANIZATION, client=client),
        }
        package = import_module("ogc_atlas")
        peer = package.ApiClient(package.Configuration(host=base))
        clients[PEERS[1]] = _ogc(package, peer)
        return {
            f"sync {kind}": _turns({n: each[kind] for n, each in clients.items()}, rounds, calls)
            for kind in bare.TARGETS
        }


async def _awaited(ours: Mapping[Http, Any], base: str, rounds: int, calls: int) -> Cells:
    async with AsyncExitStack() as stack:
        clients: dict[str, Mapping[str, Any]] = {
            http: ours_of(await stack.enter_async_context(package.AsyncClient(base)))
            for http, package in ours.items()
        }
        for http in HTTP:
            clients[BARE[http]], close = bare.awaited_calls(http, base)
            stack.push_async_callback(close)
        client = await stack.enter_async_context(_opc(base))
        clients[PEERS[0]] = {
            "list": partial(_operation("list_organizations").asyncio, client=client),
            "one": partial(_operation("get_organization").asyncio, ORGANIZATION, client=client),
        }
        package = import_module("ogc_atlas_async")
        opened = package.ApiClient(package.Configuration(host=base))
        clients[PEERS[1]] = _ogc(package, await stack.enter_async_context(opened))
        return {
            f"async {kind}": await _turns_async(
                {name: each[kind] for name, each in clients.items()}, rounds, calls
            )
            for kind in bare.TARGETS
        }


def _ogc(package: Any, opened: Any) -> dict[str, Call]:
    organizations = package.OrganizationsApi(opened)
    return {
        "list": organizations.list_organizations,
        "one": partial(organizations.get_organization, ORGANIZATION),
    }


def _opc(base: str) -> Any:
    return import_module("opc_atlas").Client(base_url=base, headers={"accept": VERSIONED})


def _operation(name: str) -> Any:
    return import_module(f"opc_atlas.api.organizations.{name}")


def _turns(cell: Mapping[str, Call], rounds: int, calls: int) -> Costs:
    """All clients in turn; the first round warms up."""
    taken = [
        {name: cost(repeated(call), calls) for name, call in cell.items()}
        for _ in range(rounds + 1)
    ]
    return _medians(taken[1:])


async def _turns_async(cell: Mapping[str, AwaitedCall], rounds: int, calls: int) -> Costs:
    taken = [
        {name: await cost_async(call, calls) for name, call in cell.items()}
        for _ in range(rounds + 1)
    ]
    return _medians(taken[1:])


def _medians(taken: Sequence[Costs]) -> Costs:
    """The medians of the costs; with each peer's factor, `client / peer`, measured in turn, too."""
    costs = {name: median(each[name] for each in taken) for name in taken[0]}
    factors = {
        f"{client} / {peer}": median(each[peer] / each[client] for each in taken)
        for client in (*HTTP, *BARE.values())
        for peer in PEERS
    }
    return {**costs, **factors}


def main() -> int:
    """Print the tables; 1 when a factor is below what is promised."""
    if not installed():
        print(_HOW)
        return 0
    cells = measure()
    clients = (*HTTP, *BARE.values(), *PEERS)
    print(f"{'CPU µs a call':24}" + "".join(f"{name:>23}" for name in clients))
    for kind, costs in cells.items():
        print(f"{kind:24}" + "".join(f"{costs[name]:23.1f}" for name in clients))
    print(f"\n{'times as much':24}" + "".join(f"{name:>35}" for name in PEERS))
    missed = 0
    for cell, promised in PROMISED.items():
        http, _, kind = cell.partition(" ")
        reached = [
            (_factor(cells[kind], http, p), _factor(cells[kind], f"bare {http}", p)) for p in PEERS
        ]
        missed += any(ours < wanted for (ours, _), wanted in zip(reached, promised, strict=True))
        rows = zip(reached, promised, strict=True)
        print(f"{cell:24}" + "".join(_shown(*both, wanted) for both, wanted in rows))
    return 1 if missed else 0


def _factor(costs: Costs, client: str, peer: str) -> float:
    return costs[f"{client} / {peer}"]


def _shown(ours: float, least: float, wanted: float) -> str:
    """A factor beside that of the bare transport, and what was promised where it is missed."""
    return f"{ours:8.1f} (bare {least:4.1f}) {f'below {wanted}' if ours < wanted else '':11}"


if __name__ == "__main__":
    sys.exit(main())

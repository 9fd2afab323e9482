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
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, ExitStack
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import Any

from tests.benchmarks.canned import VERSIONED
from tests.benchmarks.measuring import (
    HTTP,
    ORGANIZATION,
    SPEC,
    cost,
    cost_async,
    generated,
    imported,
    repeated,
    served,
    settle,
)

Costs = Mapping[str, float]
"""CPU microseconds a call by client."""
Cells = Mapping[str, Costs]
Call = Callable[[], object]
AwaitedCall = Callable[[], Awaitable[object]]

PEERS = ("openapi-python-client", "openapi-generator")
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
        ours: dict[str, Any] = {http: generated(http, Path(folder)) for http in HTTP}
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


def _blocking(ours: Mapping[str, Any], base: str, rounds: int, calls: int) -> Cells:
    with ExitStack() as stack:
        resources = {
            http: stack.enter_context(package.Client(base)).organizations
            for http, package in ours.items()
        }
        client = stack.enter_context(_opc(base))
        package = import_module("ogc_atlas")
        peer = package.OrganizationsApi(package.ApiClient(package.Configuration(host=base)))
        cells: dict[str, dict[str, Call]] = {
            "list": {
                **{http: each.list_organizations for http, each in resources.items()},
                PEERS[0]: partial(_operation("list_organizations").sync, client=client),
                PEERS[1]: peer.list_organizations,
            },
            "one": {
                **{
                    h: partial(each.get_organization, ORGANIZATION) for h, each in resources.items()
                },
                PEERS[0]: partial(_operation("get_organization").sync, ORGANIZATION, client=client),
                PEERS[1]: partial(peer.get_organization, ORGANIZATION),
            },
        }
        return {f"sync {kind}": _turns(cell, rounds, calls) for kind, cell in cells.items()}


async def _awaited(ours: Mapping[str, Any], base: str, rounds: int, calls: int) -> Cells:
    async with AsyncExitStack() as stack:
        resources = {
            http: (await stack.enter_async_context(package.AsyncClient(base))).organizations
            for http, package in ours.items()
        }
        client = await stack.enter_async_context(_opc(base))
        package = import_module("ogc_atlas_async")
        opened = package.ApiClient(package.Configuration(host=base))
        peer = package.OrganizationsApi(await stack.enter_async_context(opened))
        one = _operation("get_organization").asyncio
        cells: dict[str, dict[str, AwaitedCall]] = {
            "list": {
                **{http: each.list_organizations for http, each in resources.items()},
                PEERS[0]: partial(_operation("list_organizations").asyncio, client=client),
                PEERS[1]: peer.list_organizations,
            },
            "one": {
                **{
                    h: partial(each.get_organization, ORGANIZATION) for h, each in resources.items()
                },
                PEERS[0]: partial(one, ORGANIZATION, client=client),
                PEERS[1]: partial(peer.get_organization, ORGANIZATION),
            },
        }
        return {f"async {k}": await _turns_async(cell, rounds, calls) for k, cell in cells.items()}


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
        f"{http} / {peer}": median(each[peer] / each[http] for each in taken)
        for http in HTTP
        for peer in PEERS
    }
    return {**costs, **factors}


def main() -> int:
    """Print the tables; 1 when a factor is below what is promised."""
    if not installed():
        print(_HOW)
        return 0
    cells = measure()
    clients = (*HTTP, *PEERS)
    print(f"{'CPU µs a call':24}" + "".join(f"{name:>23}" for name in clients))
    for kind, costs in cells.items():
        print(f"{kind:24}" + "".join(f"{costs[name]:23.1f}" for name in clients))
    print(f"\n{'times as much':24}" + "".join(f"{name:>23}" for name in PEERS))
    missed = 0
    for cell, promised in PROMISED.items():
        http, _, kind = cell.partition(" ")
        factors = [cells[kind][f"{http} / {peer}"] for peer in PEERS]
        rows = zip(factors, promised, strict=True)
        missed += any(factor < wanted for factor, wanted in zip(factors, promised, strict=True))
        print(f"{cell:24}" + "".join(_factor(factor, wanted) for factor, wanted in rows))
    return 1 if missed else 0


def _factor(factor: float, wanted: float) -> str:
    """A factor, and what was promised where it is missed."""
    return f"{factor:12.1f} {f'below {wanted}' if factor < wanted else '':10}"


if __name__ == "__main__":
    sys.exit(main())

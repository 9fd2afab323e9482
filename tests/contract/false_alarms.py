"""Whole runs on servers that are right: whatever they find is a false alarm.

`python -m tests.contract.false_alarms [SEEDS] [--from SEED] [--parts own|schemathesis|all]
[--server NAME…]` runs all parts, schemathesis's among them, on the mocks of the three descriptions
and on the independent servers, with their extensions and without any, open and asking for
credentials, over seeds up to SEEDS (10 where none is given). A line each; ends with 1 where
anything was found.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from itertools import product
from pathlib import Path

from generator.api.openapi import openapi
from generator.compose.contract import contract_run
from generator.compose.load import Loaded, load_api
from generator.compose.serving import served
from generator.compose.twin import MockTwin
from generator.contract import Finished, Options, Target, run
from generator.contract.engine.part import schemathesis
from generator.mock import serve
from tests.mutants.servers import BARE, MOCKED, SERVERS, right

ROOT = Path(__file__).resolve().parents[2]
_OWN, _DRAWN = ("smoke", "laws", "negatives", "auth", "lockstep"), ("schemathesis",)
_PARTS = {"own": _OWN, "schemathesis": _DRAWN, "all": (*_OWN, *_DRAWN)}


def loaded(path: Path) -> Loaded:
    """A description, read."""
    return load_api(str(path), reader=lambda name: Path(name).read_bytes(), overlays=[])


def on_mock(spec: str, seed: int, parts: tuple[str, ...], *, auth: bool) -> Finished:
    """A whole run on the mock of a description."""
    described = loaded(ROOT / "spec" / f"{spec}.yaml")
    assert described.api is not None
    with served(described.api, auth=auth, seed=seed) as mock:
        target = Target(mock.url, mock.principals if auth else ())
        *_, last = contract_run(described, target, Options(seed=seed, only=parts), schemathesis)
    assert isinstance(last, Finished)
    return last


def on_handmade(name: str, seed: int, parts: tuple[str, ...], *, auth: bool) -> Finished:
    """A whole run on an independent server."""
    subject = right(name, auth=auth)
    whole, bare = subject.described, name.startswith(BARE)
    root = openapi(whole.root, without_security=not auth)
    with serve(subject.app) as server:
        target = Target(server.url, subject.principals, disposable=True)
        options = Options(seed=seed, only=parts, strict=bare)
        *_, last = run(whole.api, root, target, options, MockTwin(whole.api), schemathesis)
    assert isinstance(last, Finished)
    return last


def runs(
    seeds: range, parts: tuple[str, ...], servers: Sequence[str]
) -> Iterator[tuple[str, Finished]]:
    """Every run, with its name."""
    for seed, server, auth in product(seeds, servers, (False, True)):
        on = on_mock if server in MOCKED else on_handmade
        name = f"{server} {'signed' if auth else 'open'}, seed {seed}"
        yield name, on(server, seed, parts, auth=auth)


def main(arguments: list[str]) -> int:
    """Print a line a run; how it ends."""
    parser = argparse.ArgumentParser(prog="python -m tests.contract.false_alarms")
    parser.add_argument("seeds", type=int, nargs="?", default=10, metavar="SEEDS")
    parser.add_argument("--from", type=int, default=1, metavar="SEED", dest="first")
    parser.add_argument("--parts", choices=_PARTS, default="all")
    parser.add_argument("--server", action="append", choices=SERVERS)
    asked = parser.parse_args(arguments)
    alarms = 0
    seeds = range(asked.first, asked.seeds + 1)
    for name, finished in runs(seeds, _PARTS[asked.parts], asked.server or SERVERS):
        found = finished.report.findings
        alarms += len(found) + bool(finished.down)
        print(f"{name:28} {finished.report.calls:6} calls {len(found)} findings", flush=True)
        for each in found:
            print(f"    {each.id} {each.operation}: {each.title}: {each.actual}", flush=True)
            print(f"    {each.message}\n    {each.curl}", flush=True)
    print(f"{alarms} false alarms")
    return int(alarms > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

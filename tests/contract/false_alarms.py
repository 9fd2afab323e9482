"""Whole runs on servers that are right: whatever they find is a false alarm.

`python -m tests.contract.false_alarms [SEEDS] [--parts own|schemathesis|all]` runs all parts,
schemathesis's among them, on the mocks of the three descriptions, open and asking for credentials,
and the suite's own parts on the independent servers, with their extensions and without any, over
seeds 1 to SEEDS (10 where none is given). A line each; ends with 1 where anything was found.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from generator.compose.contract import contract_run
from generator.compose.load import Loaded, load_api
from generator.compose.serving import served
from generator.compose.twin import MockTwin
from generator.contract import Finished, Options, Target, run
from generator.contract.engine.part import schemathesis
from generator.mock import serve
from tests.mutants.servers import BARE, HANDMADE, right

ROOT = Path(__file__).resolve().parents[2]
SPECS = ("atlas-v2", "atlas-v1", "concord")
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


def on_handmade(name: str, seed: int) -> Finished:
    """A run of the suite's own parts on an independent server."""
    subject = right(name, auth=True)
    api, bare = subject.described.api, name.startswith(BARE)
    with serve(subject.app) as server:
        target = Target(server.url, subject.principals, disposable=True)
        options = Options(seed=seed, only=_OWN, strict=bare)
        *_, last = run(api, {}, target, options, MockTwin(api))
    assert isinstance(last, Finished)
    return last


def runs(seeds: int, parts: tuple[str, ...]) -> Iterator[tuple[str, Finished]]:
    """Every run, with its name."""
    for seed in range(1, seeds + 1):
        for spec in SPECS:
            for auth in (False, True):
                name = f"{spec} {'signed' if auth else 'open'}, seed {seed}"
                yield name, on_mock(spec, seed, parts, auth=auth)
        for name in (*HANDMADE, *(f"{BARE}{each}" for each in HANDMADE)):
            if parts != _DRAWN:
                yield f"{name}, seed {seed}", on_handmade(name, seed)


def main(arguments: list[str]) -> int:
    """Print a line a run; how it ends."""
    parser = argparse.ArgumentParser(prog="python -m tests.contract.false_alarms")
    parser.add_argument("seeds", type=int, nargs="?", default=10, metavar="SEEDS")
    parser.add_argument("--parts", choices=_PARTS, default="all")
    asked = parser.parse_args(arguments)
    alarms = 0
    for name, finished in runs(asked.seeds, _PARTS[asked.parts]):
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

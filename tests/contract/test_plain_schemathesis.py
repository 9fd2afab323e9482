"""Plain schemathesis, its own command with default checks and phases, finds nothing in the mocks.

With LOCKSTEP_SCHEMATHESIS=full it draws as much as it does by default, from five seeds; else a
tenth of that, from one.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from generator.api import build
from generator.api.behaviours import FaultKind
from generator.api.openapi import openapi
from generator.diagnostics import Diagnostics
from generator.document import Resolved, load
from generator.mock import MockApp, app_for, serve

ROOT = Path(__file__).resolve().parents[2]
HOOKS = "tests.contract.hooks"
FULL = os.environ.get("LOCKSTEP_SCHEMATHESIS") == "full"
SEEDS = range(1, 6) if FULL else range(1, 2)


@dataclass(frozen=True)
class Described:
    """A description, how its callers sign in, and how many operations it has."""

    name: str
    auth: str
    operations: int


ATLAS = Described("atlas-v2", "digest", 15)
APIS = [ATLAS, Described("atlas-v1", "digest", 15), Described("concord", "key", 4)]
each_api = pytest.mark.parametrize("described", APIS, ids=[each.name for each in APIS])
each_seed = pytest.mark.parametrize("seed", SEEDS)


@cache
def resolved(name: str) -> Resolved:
    """A committed description."""
    diagnostics = Diagnostics()
    path = f"spec/{name}.yaml"
    read = load(path, diagnostics, reader=lambda name: (ROOT / name).read_bytes())
    assert read is not None, list(diagnostics)
    return read


def mock_of(described: Described, *, auth: bool) -> MockApp:
    """The mock of a description."""
    diagnostics = Diagnostics()
    api = build(resolved(described.name), diagnostics)
    assert api is not None, list(diagnostics)
    return app_for(api, auth=auth)


def hooks(app: MockApp) -> dict[str, str]:
    """What the hooks need to know: how valid data is refused with 400, if the description says."""
    errors = app.model.api.behaviours.errors
    kinds: tuple[FaultKind, ...] = ("not-found", "duplicate", "unknown-owner")
    found = [errors.faults[each] for each in kinds if errors and each in errors.faults]
    told = [_pattern(each.detail) for each in found if each.status == 400]
    return {"LOCKSTEP_TEST_REFUSAL": "|".join(told)} if told else {}


def _pattern(detail: str) -> str:
    return ".*".join(map(re.escape, re.split(r"\{\w+\}", detail)))


def schemathesis(
    folder: Path, description: Any, url: str, environment: Mapping[str, str], *more: str
) -> subprocess.CompletedProcess[str]:
    """Run `st run` in an empty folder."""
    (folder / "openapi.json").write_text(json.dumps(description), encoding="utf-8")
    command = [str(Path(sys.executable).parent / "st"), "run", "openapi.json", "--url", url]
    command += [
        *more,
        "--no-color",
        "--request-timeout",
        "60",
        *([] if FULL else ["--max-examples", "10"]),
    ]
    inherited = {**os.environ, "PYTHONPATH": str(ROOT), "SCHEMATHESIS_HOOKS": HOOKS, **environment}
    return subprocess.run(
        command,
        cwd=folder,
        env=inherited,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )


@each_api
@each_seed
def test_nothing_with_credentials(described: Described, seed: int, tmp_path: Path) -> None:
    app = mock_of(described, auth=True)
    first = app.principals[0]
    signed = {
        **hooks(app),
        "LOCKSTEP_TEST_AUTH": described.auth,
        "LOCKSTEP_TEST_USER": first.user,
        "LOCKSTEP_TEST_SECRET": first.secret,
    }
    description = openapi(resolved(described.name).root)
    with serve(app, "127.0.0.1", 0) as server:
        url = server.url + app.base
        ended = schemathesis(tmp_path, description, url, signed, "--seed", str(seed))
    assert ended.returncode == 0, ended.stdout[-6000:] + ended.stderr[-2000:]
    assert f"Selected: {described.operations}/{described.operations}" in ended.stdout


@each_api
@each_seed
def test_nothing_on_an_open_server(described: Described, seed: int, tmp_path: Path) -> None:
    description = openapi(resolved(described.name).root, without_security=True)
    app = mock_of(described, auth=False)
    with serve(app, "127.0.0.1", 0) as server:
        url = server.url + app.base
        ended = schemathesis(tmp_path, description, url, hooks(app), "--seed", str(seed))
    assert ended.returncode == 0, ended.stdout[-6000:] + ended.stderr[-2000:]


def test_an_open_server_under_a_description_with_security_fails(tmp_path: Path) -> None:
    app = mock_of(ATLAS, auth=False)
    description = openapi(resolved(ATLAS.name).root)
    with serve(app, "127.0.0.1", 0) as server:
        url = server.url + app.base
        ended = schemathesis(tmp_path, description, url, {}, "--seed", "1", "--phases", "examples")
    assert ended.returncode == 1, ended.stdout[-6000:] + ended.stderr[-2000:]

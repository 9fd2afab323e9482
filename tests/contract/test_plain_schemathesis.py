"""Plain schemathesis, its own command with default checks and phases, finds nothing in the mock.

With LOCKSTEP_SCHEMATHESIS=full it draws as much as it does by default; else a tenth of that.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from generator.api import build
from generator.api.openapi import openapi
from generator.diagnostics import Diagnostics
from generator.document import Resolved, load
from generator.mock import MockApp, app_for, serve

ROOT = Path(__file__).resolve().parents[2]
HOOK = "tests.contract.digest_hook"
FULL = os.environ.get("LOCKSTEP_SCHEMATHESIS") == "full"


@pytest.fixture(scope="module", name="resolved")
def _resolved() -> Resolved:
    diagnostics = Diagnostics()
    read = load("spec/atlas-v2.yaml", diagnostics, reader=lambda name: (ROOT / name).read_bytes())
    assert read is not None, list(diagnostics)
    return read


def mock_of(resolved: Resolved, *, auth: bool) -> MockApp:
    """The mock of a description."""
    diagnostics = Diagnostics()
    api = build(resolved, diagnostics)
    assert api is not None, list(diagnostics)
    return app_for(api, auth=auth)


def schemathesis(
    folder: Path, description: Any, url: str, environment: Mapping[str, str], *more: str
) -> subprocess.CompletedProcess[str]:
    """Run `st run` in an empty folder."""
    (folder / "openapi.json").write_text(json.dumps(description), encoding="utf-8")
    command = [str(Path(sys.executable).parent / "st"), "run", "openapi.json", "--url", url]
    command += [*more, "--seed", "1", "--no-color", *([] if FULL else ["--max-examples", "10"])]
    inherited = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
    return subprocess.run(
        command,
        cwd=folder,
        env=inherited,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )


def test_nothing_under_digest(resolved: Resolved, tmp_path: Path) -> None:
    app = mock_of(resolved, auth=True)
    owner = app.principals[0]
    signed = {
        "SCHEMATHESIS_HOOKS": HOOK,
        "LOCKSTEP_TEST_USER": owner.user,
        "LOCKSTEP_TEST_SECRET": owner.secret,
    }
    with serve(app, "127.0.0.1", 0) as server:
        ended = schemathesis(tmp_path, openapi(resolved.root), server.url, signed)
    assert ended.returncode == 0, ended.stdout[-6000:] + ended.stderr[-2000:]
    assert "Selected: 15/15" in ended.stdout


def test_nothing_on_an_open_server(resolved: Resolved, tmp_path: Path) -> None:
    described = openapi(resolved.root, without_security=True)
    with serve(mock_of(resolved, auth=False), "127.0.0.1", 0) as server:
        ended = schemathesis(tmp_path, described, server.url, {})
    assert ended.returncode == 0, ended.stdout[-6000:] + ended.stderr[-2000:]


def test_an_open_server_under_a_description_with_security_fails(
    resolved: Resolved, tmp_path: Path
) -> None:
    with serve(mock_of(resolved, auth=False), "127.0.0.1", 0) as server:
        ended = schemathesis(
            tmp_path, openapi(resolved.root), server.url, {}, "--phases", "examples"
        )
    assert ended.returncode == 1, ended.stdout[-6000:] + ended.stderr[-2000:]

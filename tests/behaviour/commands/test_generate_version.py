"""generate --api-version: one version where several are offered."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.behaviour.commands.conftest import Lockstep

API = """\
openapi: 3.1.0
info: {title: Things, version: "1"}
paths:
  /things:
    get:
      operationId: listThings
      responses:
        "200":
          description: Things.
          content:
            application/vnd.x.2023-01-01+json: {schema: {type: object, title: Old, required: [a], properties: {a: {type: string}}}}
            application/vnd.x.2025-03-12+json: {schema: {type: object, title: New, required: [b], properties: {b: {type: string}}}}
  /more:
    get:
      operationId: listMore
      responses:
        "200": {description: More., content: {application/vnd.x.2025-03-12+json: {schema: {type: string}}}}
"""


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("api.yaml").write_text(API)


def test_one_version_is_generated_and_kept_in_the_manifest(lockstep: Lockstep) -> None:
    generate = ("generate", "api.yaml", "-o", "out", "--name", "things")
    done = lockstep(*generate, "--api-version", "2024-01-01")
    assert done.code == 0
    assert "version-later" in done.err
    assert "1 operation(s) came after 2024-01-01: GET /more" in done.err
    written = Path("out/things/things.py").read_text()
    assert "2023-01-01" in written
    assert "2025-03-12" not in written
    manifest = json.loads(Path("out/things/manifest.json").read_text())
    assert manifest["options"]["api_version"] == "2024-01-01"
    assert lockstep(*generate, "--api-version", "2024-01-01", "--check").code == 0
    checked = lockstep(*generate, "--check")
    assert checked.code == 1
    assert "options" in checked.out


def test_the_configuration_may_say_it(lockstep: Lockstep) -> None:
    entry = '[[api]]\nname = "things"\nspec = "api.yaml"\nout = "out"\napi_version = "{}"\n'
    Path("lockstep.toml").write_text(entry.format("2025-03-12"))
    assert lockstep("generate").code == 0
    assert "2023-01-01" not in Path("out/things/things.py").read_text()
    assert lockstep("generate", "--check", "--api-version", "2023-01-01").code == 1
    Path("lockstep.toml").write_text(entry.format("soon"))
    failed = lockstep("generate")
    assert failed.code == 2
    assert "api_version 'soon' is no date" in failed.err


def test_what_is_no_date_or_too_old_is_said(lockstep: Lockstep) -> None:
    generate = ("generate", "api.yaml", "-o", "out", "--name", "things", "--api-version")
    wrong = lockstep(*generate, "tomorrow")
    assert wrong.code == 2
    assert "is no date like 2023-01-01" in wrong.err
    assert not Path("out").exists()
    old = lockstep(*generate, "2000-01-01")
    assert old.code == 1
    assert "no operation is as old as 2000-01-01" in old.err


def test_what_the_configuration_includes_is_included(lockstep: Lockstep) -> None:
    Path("lockstep.toml").write_text(
        '[[api]]\nname = "things"\nspec = "api.yaml"\nout = "out"\ninclude_paths = ["/more"]\n'
    )
    assert lockstep("generate").code == 0
    assert not Path("out/things/things.py").exists()
    assert Path("out/things/more.py").exists()

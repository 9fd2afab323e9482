"""`lockstep test` by what is inferred alone accuses no right server of what was only guessed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from generator.cli.options import read_file
from generator.compose.load import load_api
from generator.compose.serving import served
from tests.behaviour.commands.conftest import ROOT, Lockstep

OWN = [word for part in ("smoke", "laws", "negatives", "auth") for word in ("--only", part)]


@pytest.mark.parametrize("name", ["atlas-v1", "atlas-v2", "concord"])
def test_only_what_cannot_be_reached_is_told(name: str, tmp_path: Path, lockstep: Lockstep) -> None:
    spec, bare = ROOT / "spec" / f"{name}.yaml", tmp_path / "bare.json"
    bare.write_text(lockstep("dump", "--openapi", "--without-extensions", spec).out)
    api = load_api(str(spec), reader=read_file).api
    assert api is not None
    with served(api, auth=False) as mock:
        ended = lockstep("test", bare, "--url", mock.url, *OWN, "--format", "json")
    told: Any = json.loads(ended.out)
    assert {each["rule"] for each in told["findings"]} <= {"unreached"}
    assert told["tested"]

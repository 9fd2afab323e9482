"""What all commands have in common."""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
from pathlib import Path

import click
import pytest

from generator.cli.main import COMMANDS
from tests.behaviour.commands.conftest import ATLAS, Lockstep


def parameters(name: str) -> dict[str, click.Parameter]:
    command: click.Command = importlib.import_module(f"generator.cli.{name}").command
    return {option: each for each in command.params for option in each.opts}


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_speaks_json_and_forgets(name: str) -> None:
    found = parameters(name)
    assert "--no-cache" in found
    choice = found["--format"].type
    assert isinstance(choice, click.Choice)
    assert "json" in choice.choices


@pytest.mark.parametrize("name", ["check", "diff", "dump", "generate", "mock", "test", "verify"])
def test_every_command_that_reads_a_description_can_read_elsewhere(name: str) -> None:
    assert "--allow-remote-refs" in parameters(name)


def test_explain_as_json(lockstep: Lockstep) -> None:
    told = json.loads(lockstep("explain", "reference-changed", "--format", "json").out)
    assert (told["id"], told["kind"], told["weight"]) == (
        "reference-changed",
        "diagnostic",
        "fatal",
    )
    rule = json.loads(lockstep("explain", "api-removed-without-deprecation", "--format=json").out)
    assert rule["kind"] == "change"
    assert rule["says"]


def test_mock_as_json() -> None:
    command = [sys.executable, "-c", "from generator.cli.main import main; main()"]
    arguments = ["mock", str(ATLAS), "--auth", "--format", "json"]
    with subprocess.Popen([*command, *arguments], stdout=subprocess.PIPE, text=True) as mock:
        assert mock.stdout is not None
        told = json.loads(mock.stdout.readline())
        mock.terminate()
        assert mock.wait(timeout=60) == 0
    assert told["url"].startswith("http://127.0.0.1:")
    assert {*told["principals"][0]} == {"name", "scheme", "user", "secret", "roles"}


def test_init_as_json(lockstep: Lockstep, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    ended = lockstep("init", "--format", "json")
    assert json.loads(ended.out) == {"written": "lockstep.toml"}
    assert Path("lockstep.toml").exists()

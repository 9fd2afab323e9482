"""The command line, called as a user calls it but in this process."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from generator.cli.main import run

ROOT = Path(__file__).resolve().parents[3]
ATLAS = ROOT / "spec" / "atlas-v2.yaml"


@dataclass(frozen=True)
class Ended:
    """How a command ended and what it printed."""

    code: int
    out: str
    err: str


Lockstep = Callable[..., Ended]


@pytest.fixture
def lockstep(capsys: pytest.CaptureFixture[str]) -> Lockstep:
    """Run one command."""

    def call(*arguments: str | Path) -> Ended:
        code = run([str(each) for each in arguments])
        printed = capsys.readouterr()
        return Ended(code, printed.out, printed.err)

    return call


@pytest.fixture(autouse=True)
def _own_memory(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """What commands remember is remembered for one test."""
    monkeypatch.setenv("LOCKSTEP_CACHE", str(tmp_path_factory.mktemp("cache")))

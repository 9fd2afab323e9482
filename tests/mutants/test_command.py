"""A fault in the mock's own state function fails the command that users run."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.api import Operation
from generator.api.behaviours import ResourceUse
from generator.cli.main import run
from generator.mock import roles
from generator.mock.blueprint import Blueprint, Kind
from generator.mock.calls import Answer, Call, Handler

ATLAS = str(Path(__file__).resolve().parents[2] / "spec" / "atlas-v2.yaml")


def forgetful(blueprint: Blueprint, operation: Operation, kind: Kind, use: ResourceUse) -> Handler:
    """A delete that answers as if it had happened and leaves the state as it was."""
    right = roles.delete(blueprint, operation, kind, use)

    def handle(call: Call) -> Answer:
        before = call.state
        answer = right(call)
        call.state = before
        return answer

    return handle


def laws_of_atlas(capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    code = run(["test", ATLAS, "--mock", "--only", "smoke", "--only", "laws"])
    return code, capsys.readouterr().out


def test_a_deleted_organization_that_stays_readable_is_found(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(roles.ROLES, "delete", forgetful)
    code, printed = laws_of_atlas(capsys)
    assert code == 1
    assert "gone-after-delete" in printed
    assert "curl" in printed


def test_the_right_mock_is_fine(capsys: pytest.CaptureFixture[str]) -> None:
    code, printed = laws_of_atlas(capsys)
    assert code == 0, printed

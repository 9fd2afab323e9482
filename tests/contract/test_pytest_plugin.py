"""Descriptions as test files: names, verdicts, pytest-xdist, a shared example database."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from generator.mock import app_for, serve
from tests.described import described
from tests.mutants.planted import Of, not_stored, plant
from tests.unit.contract.shelf import SHELF, shelf_api

ROOT = Path(__file__).resolve().parents[2]
API = shelf_api()
PLUGIN = ("-p", "generator.pytest_plugin")


def called(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run pytest in a folder of its own."""
    (folder / "shelf.yaml").write_text(described(SHELF))
    (folder / "pytest.ini").write_text("[pytest]\n")
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    return subprocess.run(
        [sys.executable, "-m", "pytest", *PLUGIN, "-p", "no:cacheprovider", "shelf.yaml", *words],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def test_each_operation_and_part_is_a_test_with_a_telling_name(tmp_path: Path) -> None:
    done = called(tmp_path, "--lockstep-mock", "--collect-only", "-q")
    assert done.returncode == 0, done.stdout + done.stderr
    names = {line for line in done.stdout.splitlines() if "::" in line}
    parts = ("smoke", "laws", "negatives", "auth", "lockstep")
    wanted = {f"shelf.yaml::{each.name}[{part}]" for each in API.operations for part in parts}
    assert names == wanted


def test_a_right_mock_passes(tmp_path: Path) -> None:
    done = called(tmp_path, "--lockstep-mock", "-q", "-k", "Book and (laws or lockstep)")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("spread", [(), ("-p", "xdist", "-n", "2")], ids=["one", "two"])
def test_a_fault_fails_the_tests_that_show_it(tmp_path: Path, spread: tuple[str, ...]) -> None:
    with serve(plant(app_for(API), not_stored(Of("PATCH", "/shelves/*/books/*")))) as server:
        words = ("--lockstep-url", server.url, "-q", "-k", "updateBook or getShelf", *spread)
        done = called(tmp_path, *words)
        left = app_for(API).state.tables
    assert done.returncode == 1, done.stdout + done.stderr
    assert "FAILED shelf.yaml::updateBook[laws]" in done.stdout
    assert "read-your-writes" in done.stdout
    assert "curl --" in done.stdout
    assert "Traceback" not in done.stdout
    assert "getShelf[laws]" not in done.stdout
    assert left


def test_what_was_found_is_remembered_in_a_shared_database(tmp_path: Path) -> None:
    words = ("-q", "-k", "updateBook and lockstep", "--lockstep-database", "examples")
    with serve(plant(app_for(API), not_stored(Of("PATCH", "/shelves/*/books/*")))) as server:
        assert called(tmp_path, "--lockstep-url", server.url, *words).returncode == 1
    known = [each for each in (tmp_path / "examples").rglob("*") if each.is_file()]
    assert any(b'"operation"' in each.read_bytes() for each in known)
    assert called(tmp_path, "--lockstep-mock", *words).returncode == 0
    after = [each for each in (tmp_path / "examples").rglob("*") if each.is_file()]
    assert not any(b'"operation"' in each.read_bytes() for each in after)


def test_a_wrong_description_fails_the_collection(tmp_path: Path) -> None:
    done = called(tmp_path, "--lockstep-mock", "-q", "--lockstep-overlay", "none.yaml")
    assert done.returncode == 2, done.stdout + done.stderr


def test_nothing_is_collected_that_was_not_asked_for(tmp_path: Path) -> None:
    done = called(tmp_path, "-q")
    assert "::" not in done.stdout

"""The planted faults as a whole, and a sample of them; `python -m tests.mutants` judges all."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

import tests.mutants.kept as kept
from tests.mutants.judged import COLUMNS, row, verdict
from tests.mutants.servers import (
    BARE,
    HAND,
    HANDMADE,
    MACHINE,
    MOCKED,
    Subject,
    right,
    subjects,
)
from tests.mutants.table import main

ALL = [each for server in (*MOCKED, *HANDMADE) for each in subjects(server)]
SAMPLE = [each for server in MOCKED for each in list(subjects(server))[2::12]]
WITHOUT = list(subjects(f"{BARE}boards"))[1::16]


def name_of(subject: Subject) -> str:
    """What a test is called by."""
    return f"{subject.server}: {subject.name}"


def test_there_are_enough_of_every_class_and_half_are_by_machine() -> None:
    assert len(ALL) >= 120
    classes = Counter(each.about for each in ALL)
    assert min(classes.values()) >= 5, classes
    origins = Counter(each.origin for each in ALL)
    assert origins[MACHINE] >= origins[HAND]
    assert {each.server for each in ALL} == {*MOCKED, *HANDMADE}


def test_names_are_not_given_twice() -> None:
    names = Counter(name_of(each) for each in ALL)
    assert [name for name, count in names.items() if count > 1] == []


@pytest.mark.parametrize("subject", SAMPLE, ids=name_of)
def test_a_fault_in_a_mock_is_found(subject: Subject) -> None:
    assert row(subject).found


@pytest.mark.parametrize("server", HANDMADE)
def test_most_faults_of_a_sample_in_an_independent_server_are_found(server: str) -> None:
    sample = list(subjects(server))[3::32]
    found = [any(verdict(each, column).rule for column in COLUMNS) for each in sample]
    assert sum(found) >= 0.8 * len(found)


@pytest.mark.parametrize("server", HANDMADE)
@pytest.mark.parametrize("column", COLUMNS)
def test_without_extensions_nothing_is_said_of_the_right_server(server: str, column: str) -> None:
    assert verdict(right(f"{BARE}{server}", auth=True), column).rule == ""


def test_without_extensions_most_faults_of_a_sample_are_found() -> None:
    found = [bool(verdict(each, "laws").rule) for each in WITHOUT]
    assert sum(found) >= 0.7 * len(found)


def test_the_command_prints_the_table(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(COLUMNS, "lockstep", ("smoke",))
    monkeypatch.setattr(kept, "FOLDER", tmp_path)
    only = ["--only", "skip a write in delete_card"]
    assert main(["--server", "boards", *only, "--jobs", "1"]) == 0
    told = capsys.readouterr().out
    assert "nothing is said of the right servers" in told
    assert "gone-after-delete" in told
    assert "1 100.0%" in told

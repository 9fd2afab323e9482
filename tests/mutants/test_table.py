"""The planted faults as a whole, and a sample of them; `python -m tests.mutants` judges all."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.mutants.servers import HAND, MACHINE, SERVERS, Subject, right, subjects
from tests.mutants.table import COLUMNS, main, row, verdict

MOCKS = ("atlas-v1", "atlas-v2", "concord")
ALL = [each for server in SERVERS if server != "bare" for each in subjects(server)]
SAMPLE = [each for server in MOCKS for each in list(subjects(server))[2::12]]
BARE = list(subjects("bare"))[1::16]


def name_of(subject: Subject) -> str:
    """What a test is called by."""
    return f"{subject.server}: {subject.name}"


def test_there_are_enough_of_every_class_and_half_are_by_machine() -> None:
    assert len(ALL) >= 120
    classes = Counter(each.about for each in ALL)
    assert min(classes.values()) >= 5, classes
    origins = Counter(each.origin for each in ALL)
    assert origins[MACHINE] >= origins[HAND]
    assert {each.server for each in ALL} == {*MOCKS, "boards"}


def test_names_are_not_given_twice() -> None:
    names = Counter(name_of(each) for each in ALL)
    assert [name for name, count in names.items() if count > 1] == []


@pytest.mark.parametrize("subject", SAMPLE, ids=name_of)
def test_a_fault_in_a_mock_is_found(subject: Subject) -> None:
    assert row(subject).found


@pytest.mark.parametrize("column", COLUMNS)
def test_without_extensions_nothing_is_said_of_the_right_server(column: str) -> None:
    assert verdict(right("bare", auth=True), column).rule == ""


def test_without_extensions_most_faults_of_a_sample_are_found() -> None:
    found = [bool(verdict(each, "laws").rule) for each in BARE]
    assert sum(found) >= 0.7 * len(found)


def test_the_command_prints_the_table(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(COLUMNS, "lockstep", ("smoke",))
    assert main(["--server", "boards", "--only", "skip a write in delete_card"]) == 0
    told = capsys.readouterr().out
    assert "nothing is said of the right servers" in told
    assert "gone-after-delete" in told
    assert "1   100%" in told

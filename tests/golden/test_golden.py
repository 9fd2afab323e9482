"""Every case gives exactly what is written down for it."""

from __future__ import annotations

from pathlib import Path

import black
import pytest

from tests.golden.case import CASES, expected, outcome

ALL = sorted(CASES.iterdir())


@pytest.mark.parametrize("case", ALL, ids=[case.name for case in ALL])
def test_case(case: Path) -> None:
    found, wanted = outcome(case), expected(case)
    assert found.said == wanted.said
    assert sorted(found.files) == sorted(wanted.files)
    for path, text in wanted.files.items():
        assert found.files[path] == text, path


@pytest.mark.parametrize("case", ALL, ids=[case.name for case in ALL])
def test_black_changes_nothing(case: Path) -> None:
    for path, text in expected(case).files.items():
        if path.endswith(".py"):
            assert black.format_str(text, mode=black.Mode()) == text, path


def test_every_case_has_input_expectation_and_nothing_else() -> None:
    assert ALL
    for case in ALL:
        names = {path.name for path in case.iterdir()}
        assert {"input.yaml", "expected"} <= names <= {"input.yaml", "expected", "stderr.txt"}

"""What the whole suite rests on: property tests draw the same, whatever was loaded before."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

RARE = 7_654_321_987_654_321


def drawn() -> list[int]:
    """What a property of integers is tried with."""
    found: list[int] = []

    @settings(max_examples=300)
    @given(st.integers())
    def noted(number: int) -> None:
        found.append(number)

    noted()
    return found


def test_draws_do_not_depend_on_modules_that_are_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = drawn()
    assert len(set(before)) > 100
    path = tmp_path / "rare.py"
    path.write_text(f"ANSWERS = ({RARE}, {RARE + 1}, {RARE + 2})\n")
    spec = importlib.util.spec_from_file_location("rare", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "rare", module)
    spec.loader.exec_module(module)
    assert drawn() == before

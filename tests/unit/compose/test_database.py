"""An example database from its address."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from generator.compose.database import database_of


def test_a_folder_keeps_what_it_is_given(tmp_path: Path) -> None:
    database_of(str(tmp_path / "examples")).save(b"key", b"value")
    assert set(database_of(str(tmp_path / "examples")).fetch(b"key")) == {b"value"}


def test_redis_without_its_library_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "redis", None)
    with pytest.raises(ValueError, match="needs the package redis"):
        database_of("redis://127.0.0.1:1/0")

"""Fields that a request may leave out: sent too, so that what is done to them shows."""

from __future__ import annotations

import pytest

from tests.mutants.boards.table import BOARDS
from tests.mutants.judged import findings


@pytest.mark.parametrize(
    ("law", "right", "wrong"),
    [
        ("read-your-writes", 'row["label"] = given["label"]', "pass"),
        ("partial-update", "row.update(given)", 'row.update({"label": None, **given})'),
        ("partial-update", "row.update(given)", 'row.update({"rank": 0, **given})'),
    ],
)
def test_what_is_done_to_them_is_found(law: str, right: str, wrong: str) -> None:
    assert BOARDS.source.count(right) == 1
    assert not findings(BOARDS, BOARDS.source, ("laws",), laws=(law,))
    found = findings(BOARDS, BOARDS.source.replace(right, wrong), ("laws",), laws=(law,))
    assert {each.rule for each in found} == {law}

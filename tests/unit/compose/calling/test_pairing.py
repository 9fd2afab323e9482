"""Recorded calls made again: identifiers paired, values typed."""

from __future__ import annotations

from typing import Any

from generator.compose.calling.pairing import Pairs, pair, replaced


def test_identifiers_that_differ_are_paired_and_replaced() -> None:
    pairs: Pairs = {}
    pair({"id": "1", "of": [{"id": "2"}], "n": 1}, {"id": "a", "of": [{"id": "b"}], "n": 2}, pairs)
    assert pairs == {"1": "a", "2": "b"}
    sent: dict[str, Any] = {"id": "1", "all": ["2", "3"], "n": 1}
    assert replaced(sent, pairs) == {"id": "a", "all": ["b", "3"], "n": 1}


def test_what_is_equal_or_of_another_shape_is_left() -> None:
    pairs: Pairs = {}
    pair({"id": "1", "x": "2"}, {"id": "1", "x": ["2"]}, pairs)
    assert pairs == {}

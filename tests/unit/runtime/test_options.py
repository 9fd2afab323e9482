"""Options that make no sense are refused where they are made, not where they would be felt."""

from __future__ import annotations

import math
from typing import Any

import pytest

from generator.runtime import Options
from tests.unit.runtime.conftest import MakeWorld
from tests.unit.runtime.facts import GET, VND
from tests.unit.runtime.probe import answer


@pytest.mark.parametrize(
    "given",
    [
        {"timeout": 0},
        {"timeout": -1},
        {"timeout": math.nan},
        {"timeout": math.inf},
        {"timeout": "5"},
        {"timeout": True},
        {"deadline": math.nan},
        {"deadline": "5"},
        {"retries": "3"},
        {"retries": 1.5},
        {"retries": True},
        {"retries": None},
        {"headers": {"x-a": 5}},
        {"headers": {"x-a": None}},
        {"headers": {"Host": "elsewhere"}},
        {"headers": {"Content-Length": "5"}},
        {"headers": {"transfer-encoding": "chunked"}},
    ],
)
def test_what_makes_no_sense_is_refused(given: Any) -> None:
    [name] = given
    with pytest.raises((TypeError, ValueError), match=name.removesuffix("s")):
        Options(**given)


@pytest.mark.parametrize(
    "given",
    [{"timeout": None}, {"timeout": 5}, {"deadline": 0.5}, {"deadline": -1.0}, {"retries": 0}],
)
def test_what_makes_sense_is_taken(given: Any) -> None:
    options = Options(**given).over(Options(timeout=1.0, retries=1))
    [(name, value)] = given.items()
    assert getattr(options, name) == value


@pytest.mark.parametrize("name", ["", "a b", "é", "a:", "a\tb"])
def test_a_name_that_no_header_can_have_is_refused_before_anything_is_sent(
    make_world: MakeWorld, name: str
) -> None:
    world = make_world(lambda r: answer(200, b'{"name":"x"}', content_type=VND))
    with pytest.raises(ValueError, match="no name of a header"):
        world.call(GET, options=Options(headers={name: "x"}))
    assert world.probe.requests == []

"""Objects whose keys decide what their values are, and fields beside those that are declared."""

from __future__ import annotations

import typing
from typing import Any

import pytest

from tests.behaviour.client.conftest import Make
from tests.behaviour.client.test_generated import opened
from tests.golden.case import CASES


@pytest.fixture(scope="module")
def cards(make: Make) -> Any:
    return make((CASES / "keys" / "input.yaml").read_text())


def test_values_have_the_types_that_any_key_gives(cards: Any) -> None:
    types = typing.get_type_hints(cards.models.Card)
    note = cards.models.Note
    assert types["by_key"] == dict[str, int | str | note] | cards.UnsetType
    assert types["closed"] == dict[str, int] | cards.UnsetType
    assert types["apart"] == dict[str, Any] | cards.UnsetType


def test_they_come_and_go_as_they_are(cards: Any) -> None:
    answer = {
        "byKey": {"n": 1, "s": "a", "other": {"text": "b", "more": True}},
        "closed": {"n": 1},
        "apart": {"n": {"text": "a"}, "x": {"y": 1}},
        "x-1": "a",
        "beside": 2,
    }
    client, server = opened(cards, {"PUT /cards": (200, "application/json", answer)})
    card = client.cards.put_card({})
    assert card.by_key["other"].text == "b"
    assert card.extra_fields == {"x-1": "a", "beside": 2}
    client.cards.put_card(card)
    client.cards.put_card({"number": "1", "beside": 3})
    assert server.asked[1].body == answer
    assert server.asked[2].body == {"number": "1", "beside": 3}


def test_the_docstring_says_what_there_may_be_besides(cards: Any) -> None:
    told = " ".join(cards.models.Card.__doc__.split())
    assert "Other fields (integer or string) are in `extra_fields`." in told
    assert "Fields whose names match `^x-`` (string) are in `extra_fields`." in told
    assert "With `number` goes `holder` and `street`." in told
    assert "extra_fields" not in cards.models.Note.__doc__

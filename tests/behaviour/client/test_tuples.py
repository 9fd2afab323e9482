"""Lists whose places have types of their own, and decimals that stay what they are."""

from __future__ import annotations

import typing
from decimal import Decimal
from typing import Any

import pytest

from tests.behaviour.client.conftest import Make
from tests.behaviour.client.test_generated import opened
from tests.golden.case import CASES
from tests.unit.plan.planned import planned

JSON = "application/json"


@pytest.fixture(scope="module")
def charts(make: Make) -> Any:
    return make((CASES / "tuples" / "input.yaml").read_text())


def back(package: Any, answer: str) -> tuple[Any, bytes]:
    """What an answer is read as, and what is sent when it is put again."""
    client, server = opened(package, {"PUT /charts": (200, JSON, answer)})
    chart = client.charts.put_chart({})
    client.charts.put_chart(chart)
    return chart, server.asked[1].raw


def test_places_have_types_of_their_own(charts: Any) -> None:
    point = charts.models.Point
    types = typing.get_type_hints(charts.models.Chart)
    assert types["task"] == str | tuple[str, int] | charts.UnsetType
    assert types["short"] == list[str | int] | charts.UnsetType
    text = '{"task":["a",1],"edges":[[{"x":1.0},{"x":2.0}]],"one":["a"],"open":["a",{"x":3.0},4]}'
    chart, sent = back(charts, text)
    assert chart.task == ("a", 1)
    assert chart.edges == [(point(x=1.0), point(x=2.0))]
    assert chart.one == ("a",)
    assert chart.open == ["a", point(x=3.0), 4]
    assert sent.decode() == text


def test_a_list_of_variants_keeps_their_types(charts: Any) -> None:
    models = charts.models
    chart, sent = back(charts, '{"marks":[{"kind":"bar"},{"kind":"line"}]}')
    assert chart.marks == [models.Bar(), models.Line()]
    assert sent == b'{"marks":[{"kind":"bar"},{"kind":"line"}]}'
    _, said = planned(
        (CASES / "tuples" / "input.yaml").read_text().partition("paths:")[2].join(["paths:", ""])
    )
    assert "type-widened /components/schemas/Chart/properties/apart" in said


def test_a_list_that_may_end_early_is_no_tuple(charts: Any) -> None:
    chart, sent = back(charts, '{"short":["a"],"loose":["a",null,[]],"apart":[{"x":1}]}')
    assert (chart.short, chart.loose, chart.apart) == (["a"], ["a", None, []], [{"x": 1}])
    assert sent == b'{"short":["a"],"loose":["a",null,[]],"apart":[{"x":1}]}'


def test_what_a_place_does_not_know_is_kept_and_what_does_not_fit_is_named(charts: Any) -> None:
    chart, sent = back(charts, '{"edges":[[{"x":1.0,"y":2},{"x":2.0}]],"task":["a",1.0]}')
    assert chart.edges[0][0].extra_fields == {"y": 2}
    assert chart.task == ("a", 1)
    assert b'{"x":1.0,"y":2}' in sent
    with pytest.raises(charts.errors.DecodeError) as caught:
        back(charts, '{"one":["a","b"]}')
    assert caught.value.path == "$.one"
    with pytest.raises(charts.errors.DecodeError) as caught:
        back(charts, '{"edges":[[{"x":1}, 2]]}')
    assert caught.value.path == "$.edges[0][1]"


def test_decimals_are_exact(charts: Any) -> None:
    digits = "12345678901234567890.123456789012345678901"
    chart, sent = back(charts, f'{{"price":{digits},"written":"1.50","other":1}}')
    assert (chart.price, chart.written) == (Decimal(digits), "1.50")
    assert f'"price":{digits}'.encode() in sent
    client, server = opened(charts, {"PUT /charts?least=0.10": (200, JSON, {})})
    client.charts.put_chart(charts.models.Chart(price=Decimal("1.10")), least=Decimal("0.10"))
    assert server.asked[0].raw == b'{"price":1.10}'

"""Numbers go out and come in as they are, or not at all."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import Any

import pytest

from generator.runtime import UNSET, Body, Model, Parameter, UnsetType
from generator.runtime.body import encode_body
from generator.runtime.decode import decode_json
from generator.runtime.json_text import exact_number, is_json_text, is_whole, whole
from generator.runtime.parameters import path_text, query_pairs
from tests.unit.runtime.probe import answer

JSON = "application/json"
FORM = "application/x-www-form-urlencoded"
LONG = "0.10000000000000000000000000001"


class Price(Model, kw_only=True):
    amount: Decimal
    rate: float = 1.0
    parts: list[float] | UnsetType = UNSET
    note: str | UnsetType | None = None


def sent(value: object, media_type: str = JSON, **facts: Any) -> bytes:
    return encode_body(Body(media_type, **facts), media_type, value)[1]


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf, Decimal("NaN"), Decimal("-Inf")])
@pytest.mark.parametrize("media_type", [JSON, FORM])
def test_what_is_no_number_is_refused(number: float | Decimal, media_type: str) -> None:
    for value in ({"a": [0, number]}, {"a": {"b": number}}):
        with pytest.raises(ValueError, match="no number"):
            sent(value, media_type)


def test_the_place_of_what_is_refused_is_named() -> None:
    price = Price(amount=Decimal(1), parts=[1.0, math.nan])
    for facts in ({}, {"omit": ("/rate",)}):
        with pytest.raises(ValueError, match=r"\$\.parts\[1\] is no number"):
            sent(price, **facts)
    assert sent({"a": None, "b": "NaN"}) == b'{"a":null,"b":"NaN"}'


@pytest.mark.parametrize("number", [math.nan, Decimal("Infinity")])
def test_parameters_are_numbers_too(number: float | Decimal) -> None:
    with pytest.raises(ValueError, match="no number"):
        query_pairs(Parameter("limit", "query"), number)
    with pytest.raises(ValueError, match="no number"):
        path_text(Parameter("limit", "path"), number)
    with pytest.raises(ValueError, match="no number"):
        query_pairs(Parameter("limit", "query", media_type=JSON), {"a": number})


def test_decimals_are_exact_both_ways() -> None:
    text = f'{{"amount":{LONG},"rate":1.5,"parts":[2.5],"note":null}}'.encode()
    price = decode_json(answer(200, text), Price)
    assert price.amount == Decimal(LONG)
    assert sent(price) == text
    assert sent({"amount": Decimal(LONG)}) == f'{{"amount":{LONG}}}'.encode()
    assert sent(price, FORM).startswith(f"amount={LONG}".encode())


def test_decimals_are_exact_beside_fields_that_are_unknown() -> None:
    text = f'{{"amount":{LONG},"rate":{LONG},"new":[1.5,{LONG}]}}'.encode()
    price = decode_json(answer(200, text), Price)
    assert (price.amount, price.rate) == (Decimal(LONG), 0.1)
    assert price.extra_fields == {"new": [1.5, Decimal(LONG)]}


def test_what_a_float_holds_is_a_float() -> None:
    assert [exact_number(each) for each in ("1.50", "1e3", "-0.1")] == [1.5, 1000.0, -0.1]
    assert all(isinstance(exact_number(each), float) for each in ("1.50", "1e3", "0.1"))
    assert isinstance(exact_number("1e400"), Decimal)


@pytest.mark.parametrize(
    ("text", "is_it"),
    [(b"1", True), (b'{"a":[null]}', True), (b"", False), (b"[DONE]", False), (b"1 2", False)],
)
def test_whether_a_text_is_json(text: bytes, is_it: bool) -> None:
    assert is_json_text(text) is is_it


def test_json_that_nests_deeper_than_python_recurses_is_json() -> None:
    assert is_json_text(b"[" * 100_000 + b"]" * 100_000)


@pytest.mark.parametrize(
    ("value", "is_it"),
    [
        (2.0, True),
        (2.5, False),
        (Decimal("1e20"), True),
        (Decimal("1e400"), False),  # too long to write
        (Decimal("1.5"), False),
        (Decimal("Infinity"), False),
        (2, False),  # has no fraction to begin with
        ("2", False),
    ],
)
def test_whether_a_number_with_a_fraction_is_whole(value: object, is_it: bool) -> None:
    assert is_whole(value) is is_it


def test_a_whole_number_has_the_digits_that_were_written() -> None:
    assert (whole(1e30), whole(Decimal("1e20"))) == (10**30, 10**20)

"""What JSON can say and a model cannot hold: each row of the README's table, as it says."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.behaviour.client.conftest import Make
from tests.behaviour.client.test_generated import opened

THINGS = r"""
paths:
  /things:
    put:
      operationId: putThing
      tags: [Things]
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}}
      responses: {"200": {description: It., content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}}}
components:
  schemas:
    Thing:
      type: object
      properties:
        number: {type: number}
        exact: {type: number, format: decimal}
        whole: {type: integer}
        text: {type: string}
        any: {}
        odd: {type: object, properties: {'a"b': {type: string}, c: {type: integer}}}
"""
ROWS = 6


@pytest.fixture(scope="module")
def things(make: Make) -> Any:
    return make(THINGS)


def read(package: Any, answer: str) -> Any:
    client, _ = opened(package, {"PUT /things": (200, "application/json", answer)})
    return client.things.put_thing({})


def sent(package: Any, **fields: Any) -> bytes:
    client, server = opened(package, {"PUT /things": (200, "application/json", {})})
    client.things.put_thing(package.models.Thing(**fields))
    return server.asked[0].raw


def test_every_row_of_the_table_is_proven_here(things: Any) -> None:
    readme = (Path(things.__file__).parent.parent / "README.md").read_text()
    table = readme.partition("## Values that models cannot hold")[2].partition("\n## ")[0]
    assert len([line for line in table.splitlines() if line.startswith("| ")]) == ROWS + 2


def test_a_long_number_is_the_nearest_double_and_a_decimal_is_exact(things: Any) -> None:
    long = "0.1234567890123456789012345"
    thing = read(things, f'{{"number":{long},"exact":{long}}}')
    assert thing.number == float(long) != Decimal(long)
    assert thing.exact == Decimal(long)


def test_a_number_beyond_all_doubles_is_an_infinity_and_is_not_sent(things: Any) -> None:
    thing = read(things, '{"number":1e400}')
    assert thing.number == float("inf")
    with pytest.raises(ValueError, match=r"\$\.number is no number that JSON can say"):
        sent(things, number=thing.number)


def test_half_a_surrogate_pair_is_neither_read_nor_sent(things: Any) -> None:
    with pytest.raises(things.errors.DecodeError):
        read(things, '{"text":"\\ud800"}')
    with pytest.raises(ValueError, match="surrogates not allowed"):
        sent(things, text="\ud800")


def test_of_a_name_twice_the_last_counts(things: Any) -> None:
    assert read(things, '{"text":"a","text":"b"}').text == "b"


@pytest.mark.parametrize("more", ["", ',"unknown":1'])
def test_what_nests_too_deep_is_no_answer(things: Any, more: str) -> None:
    deep = "[" * 100_000 + "]" * 100_000
    with pytest.raises(things.errors.DecodeError, match="recurs"):
        read(things, f'{{"any":{deep}{more}}}')


def test_an_object_with_an_odd_name_is_a_mapping(things: Any) -> None:
    odd = {'a"b': "x", "c": 1}
    assert read(things, '{"odd":{"a\\"b":"x","c":1}}').odd == odd
    assert sent(things, odd=odd) == b'{"odd":{"a\\"b":"x","c":1}}'


def test_integers_have_all_their_digits(things: Any) -> None:
    assert read(things, '{"whole":123456789012345678901234567890}').whole == (
        123456789012345678901234567890
    )
    assert read(things, '{"whole":1e24}').whole == 10**24
    assert read(things, '{"whole":1.0}').whole == 1

"""Values whose parts several schemas speak of are found, and what cannot be found is said."""

from __future__ import annotations

from typing import Any

import pytest

from generator.compose.calling.instances import Instances
from generator.mock.samples import generator
from generator.mock.values import ABSENT
from tests.described import api_of

HEAD = "paths: {}\ncomponents:\n  schemas:\n    Base: {type: object, required: [kind, size], properties: {kind: {type: string}, size: {type: integer}}}\n"
BASE = "{$ref: '#/components/schemas/Base'}"


def drawn(schema: str) -> list[Any]:
    """Values of a schema, ABSENT left out."""
    api = api_of(f"{HEAD}    A: {schema}\n")
    (place,) = (each for each in api.schemas if each.pointer == "/components/schemas/A")
    values = Instances(api, "response")
    found = [values.draw(place, generator(number, place, "response")) for number in range(4)]
    return [each for each in found if each is not ABSENT]


@pytest.mark.parametrize(
    ("narrower", "kind"),
    [
        ("{kind: {enum: [card]}}", "card"),
        ("{kind: {const: card}, size: {minimum: 70, maximum: 71}}", "card"),
        ("{kind: {pattern: '^k[0-9]{9}$'}}", None),
    ],
)
def test_the_schema_that_says_most_is_heard(narrower: str, kind: str | None) -> None:
    values = drawn(f"{{allOf: [{BASE}, {{properties: {narrower}}}]}}")
    assert values
    assert all(kind is None or each["kind"] == kind for each in values)


def test_parts_of_parts_are_mended() -> None:
    inner = f"{{allOf: [{BASE}, {{properties: {{kind: {{enum: [deep]}}}}}}]}}"
    values = drawn(
        f"{{type: array, minItems: 1, items: {{required: [a], properties: {{a: {inner}}}}}}}"
    )
    assert values
    assert all(each["a"]["kind"] == "deep" for value in values for each in value)


def test_what_one_schema_has_as_an_object_may_be_null_for_another() -> None:
    base = "{type: object, required: [a], properties: {a: {type: [object, 'null']}}}"
    values = drawn(f"{{allOf: [{base}, {{properties: {{a: {{enum: [null]}}}}}}]}}")
    assert values
    assert all(each["a"] is None for each in values)


def test_where_nothing_fits_nothing_is_drawn() -> None:
    assert drawn(f"{{allOf: [{BASE}, {{properties: {{kind: {{type: integer}}}}}}]}}") == []

"""Answers drawn for every declared status, each with one that no other takes."""

from __future__ import annotations

import pytest

from generator.compose.calling.answers import status_of
from generator.compose.calling.instances import Instances
from generator.compose.calling.plain import difference
from generator.mock.samples import generator
from tests.described import api_of, component

BODY = """\
    paths:
      /things:
        get:
          operationId: listThings
          responses:
            "200": {{description: All.}}
            "500": {{description: Not at all.}}
            {more}
    components:
      schemas:
        Either: {{type: object, oneOf: [{{$ref: "#/components/schemas/Thing"}}, {{$ref: "#/components/schemas/Owner"}}]}}
        Map: {{type: object, additionalProperties: {{type: integer}}}}
        Thing:
          type: object
          properties: {{name: {{type: string}}, owner: {{anyOf: [{{$ref: "#/components/schemas/Owner"}}, {{type: "null"}}]}}}}
        Owner: {{type: object, required: [id], properties: {{id: {{type: string}}}}}}
    """


@pytest.mark.parametrize(
    ("declared", "status"),
    [("200", 200), ("4XX", 400), ("5XX", 501), ("default", 501), ("2XX", 201), ("100", None)],
)
def test_a_range_is_answered_with_a_status_that_nothing_else_takes(
    declared: str, status: int | None
) -> None:
    more = "" if declared == "200" else f'"{declared}": {{description: More.}}'
    operation = api_of(BODY.format(more=more)).operations[0]
    assert status_of(operation, declared) == status


@pytest.mark.parametrize("name", ["Thing", "Owner", "Either"])
def test_only_listed_fields_come_where_only_they_are_asked_for(name: str) -> None:
    instances = Instances(api_of(BODY.format(more="")), "response", unlisted=False)
    for seed in range(40):
        drawn = instances.drawn(component(name), generator(seed))
        assert drawn.listed
        assert "unlisted" not in repr(drawn.value)


def test_a_map_has_entries_all_the_same() -> None:
    instances = Instances(api_of(BODY.format(more="")), "response", unlisted=False)
    drawn = [instances.drawn(component("Map"), generator(seed)) for seed in range(40)]
    assert all(each.listed for each in drawn)
    assert any(each.value for each in drawn)


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        ({"a": [1, 2.0]}, {"a": [1.0, 2]}, ""),
        ({"a": 1}, {"a": True}, "$.a was 1, is True"),
        ({"a": 1}, {}, "$.a is lost"),
        ({}, {"a": None}, "$.a is added"),
        ([1, [2]], [1, [3]], "$[1][0] was 2, is 3"),
        ([1], [1, 2], "$ was [1], is [1, 2]"),
    ],
)
def test_the_first_difference_is_named(one: object, other: object, said: str) -> None:
    assert difference(one, other) == said

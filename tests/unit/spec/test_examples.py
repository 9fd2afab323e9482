"""Every example in a description is valid against the schema that it stands with."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.unit.spec.descriptions import (
    ALL,
    ATLAS_V2,
    OPERATIONS,
    Described,
    Direction,
    Node,
    walk,
)

Case = tuple[str, Node, Direction, Any]


def _values(described: Described, node: Node) -> Iterator[tuple[str, Any]]:
    """The examples of a parameter or media type, by name."""
    if "example" in node:
        yield "example", node["example"]
    for name, example in node.get("examples", {}).items():
        yield name, described.resolved(example)["value"]


def _bodies(
    described: Described, content: Node, direction: Direction, place: str
) -> Iterator[Case]:
    for media in content.values():
        for name, value in _values(described, media):
            yield f"{place} {name}", media["schema"], direction, value


def _of_messages(described: Described) -> Iterator[Case]:
    for operation_id, operation in described.operations.items():
        for parameter in operation["parameters"]:
            for name, value in _values(described, parameter):
                place = f"{operation_id} {parameter['name']} {name}"
                yield place, parameter["schema"], "request", value
        body = operation.get("requestBody", {"content": {}})
        yield from _bodies(described, body["content"], "request", operation_id)
        for status, declared in operation["responses"].items():
            content = described.resolved(declared).get("content", {})
            yield from _bodies(described, content, "response", f"{operation_id} {status}")


def _of_schemas(described: Described) -> Iterator[Case]:
    for place, node in walk(described.document):
        schema = "x-lockstep" not in place and isinstance(node.get("examples"), list)
        for index, value in enumerate(node["examples"] if schema else ()):
            yield f"{place} {index}", node, "response", value


CASES: dict[str, tuple[Described, Node, Direction, Any]] = {
    f"{described} {place}": (described, schema, direction, value)
    for described in ALL
    for place, schema, direction, value in (*_of_messages(described), *_of_schemas(described))
}


@pytest.mark.parametrize(("described", "name"), OPERATIONS)
def test_bodies_and_path_parameters_have_examples(described: Described, name: str) -> None:
    operation = described.operations[name]
    success = described.success(operation)
    contents = [operation.get("requestBody", {}).get("content", {}), success.get("content", {})]
    for media in (media for content in contents for media in content.values()):
        assert list(_values(described, media)), name
    for parameter in operation["parameters"]:
        assert parameter["in"] != "path" or list(_values(described, parameter)), parameter["name"]


@pytest.mark.parametrize("place", CASES)
def test_an_example_is_valid_against_its_own_schema(place: str) -> None:
    described, schema, direction, value = CASES[place]
    judge = described.validator(schema, direction)
    assert [error.message for error in judge.iter_errors(value)] == []


@pytest.mark.parametrize(
    ("schema", "direction", "value"),
    [
        ({"$ref": "#/components/schemas/Name"}, "request", "})(,).,{&)&}__NL"),
        ({"type": "string", "format": "email"}, "request", "username_example"),
        ({"type": "string", "format": "date-time"}, "response", "2023-03-01"),
        ({"$ref": "#/components/schemas/Organization"}, "response", {"name": "acme"}),
        ({"$ref": "#/components/schemas/Organization"}, "request", {"name": "acme", "id": "1"}),
    ],
)
def test_a_wrong_example_would_be_found(schema: Node, direction: Direction, value: object) -> None:
    assert not ATLAS_V2.validator(schema, direction).is_valid(value)

"""Every example in the description is valid against the schema that it stands with."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.unit.spec.atlas import DOCUMENT, Direction, Node, operations, resolved, validator, walk

Case = tuple[str, Node, Direction, Any]


def _values(node: Node) -> Iterator[tuple[str, Any]]:
    """The examples of a parameter or media type, by name."""
    if "example" in node:
        yield "example", node["example"]
    for name, example in node.get("examples", {}).items():
        yield name, resolved(example)["value"]


def _bodies(content: Node, direction: Direction, place: str) -> Iterator[Case]:
    for media in content.values():
        for name, value in _values(media):
            yield f"{place} {name}", media["schema"], direction, value


def _of_messages() -> Iterator[Case]:
    for operation_id, operation in operations().items():
        for parameter in operation["parameters"]:
            for name, value in _values(parameter):
                yield f"{operation_id} {parameter['name']} {name}", parameter[
                    "schema"
                ], "request", value
        body = operation.get("requestBody", {"content": {}})
        yield from _bodies(body["content"], "request", operation_id)
        for status, declared in operation["responses"].items():
            content = resolved(declared).get("content", {})
            yield from _bodies(content, "response", f"{operation_id} {status}")


def _of_schemas() -> Iterator[Case]:
    for place, node in walk(DOCUMENT):
        schema = "x-lockstep" not in place and isinstance(node.get("examples"), list)
        for index, value in enumerate(node["examples"] if schema else ()):
            yield f"{place} {index}", node, "response", value


CASES: dict[str, tuple[Node, Direction, Any]] = {
    place: (schema, direction, value)
    for place, schema, direction, value in (*_of_messages(), *_of_schemas())
}


@pytest.mark.parametrize(("operation_id", "operation"), operations().items())
def test_bodies_and_path_parameters_have_examples(operation_id: str, operation: Node) -> None:
    success = resolved(next(iter(operation["responses"].values())))
    contents = [operation.get("requestBody", {}).get("content", {}), success.get("content", {})]
    for media in (media for content in contents for media in content.values()):
        assert list(_values(media)), operation_id
    for parameter in operation["parameters"]:
        assert parameter["in"] != "path" or list(_values(parameter)), parameter["name"]


@pytest.mark.parametrize("place", CASES)
def test_an_example_is_valid_against_its_own_schema(place: str) -> None:
    schema, direction, value = CASES[place]
    errors = [error.message for error in validator(schema, direction).iter_errors(value)]
    assert errors == []


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
    assert not validator(schema, direction).is_valid(value)

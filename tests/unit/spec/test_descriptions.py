"""Every committed description is valid, whole and said in words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from generator.api import build
from generator.diagnostics import Diagnostics
from generator.document import load
from generator.document.validate import validate
from tests.unit.spec.descriptions import (
    ALL,
    ATLAS_V2,
    OPERATIONS,
    SPEC,
    Described,
    path_names,
    walk,
)


def test_all_descriptions_are_tested() -> None:
    assert {each.name for each in ALL} == {file.stem for file in SPEC.glob("*.yaml")}


@pytest.mark.parametrize("described", ALL, ids=repr)
def test_the_description_is_valid_and_builds_without_a_diagnostic(described: Described) -> None:
    diagnostics = Diagnostics()
    document = load(str(described.file), diagnostics, reader=lambda name: Path(name).read_bytes())
    assert document is not None
    validate(document, diagnostics)
    api = build(document, diagnostics)
    assert [str(each) for each in diagnostics] == []
    assert api is not None
    assert {operation.id for operation in api.operations} == set(described.operations)


@pytest.mark.parametrize("described", ALL, ids=repr)
def test_every_reference_leads_somewhere_and_every_component_is_used(described: Described) -> None:
    references = {node["$ref"] for _, node in walk(described.document) if "$ref" in node}
    for reference in references:
        assert described.at(reference) is not None
    components = {
        f"#/components/{kind}/{name}"
        for kind, members in described.document["components"].items()
        if kind != "securitySchemes"
        for name in members
    }
    assert references == components


@pytest.mark.parametrize(("described", "name"), OPERATIONS)
def test_path_parameters_are_those_of_the_path(described: Described, name: str) -> None:
    operation = described.operations[name]
    parts = operation["path"].split("/")
    assert path_names(operation) == [part[1:-1] for part in parts if part[:1] == "{"]


@pytest.mark.parametrize("described", ALL, ids=repr)
def test_links_lead_to_operations_and_to_their_parameters(described: Described) -> None:
    links = [
        link
        for operation in described.operations.values()
        for response in operation["responses"].values()
        for link in described.resolved(response).get("links", {}).values()
    ]
    assert len(links) >= 3
    for link in links:
        target = described.operations[link["operationId"]]
        names = {each["name"] for each in target["parameters"]}
        needed = {each["name"] for each in target["parameters"] if each.get("required")}
        assert needed <= set(link["parameters"]) <= names


@pytest.mark.parametrize("described", ALL, ids=repr)
def test_everything_is_said_in_words(described: Described) -> None:
    for operation in described.operations.values():
        assert operation["summary"]
        assert operation["description"]
        assert all(parameter["description"] for parameter in operation["parameters"])
        assert all(
            described.resolved(each)["description"] for each in operation["responses"].values()
        )
    for place, schema in walk(described.schemas, "#/components/schemas"):
        if place.split("/")[-2] == "properties" and "/anyOf/" not in place:
            assert described.resolved(schema).get("description"), place


@pytest.mark.parametrize("described", ALL, ids=repr)
def test_operations_have_a_tag_that_is_explained_and_the_security_of_all(
    described: Described,
) -> None:
    tags = {tag["name"] for tag in described.document["tags"] if tag["description"]}
    schemes = set(described.document["components"]["securitySchemes"])
    assert {name for each in described.document["security"] for name in each} == schemes
    for operation in described.operations.values():
        assert set(operation["tags"]) <= tags
        assert "security" not in operation


def test_every_pattern_is_an_ecma_262_expression() -> None:
    judge = jsonschema_rs.Draft202012Validator({"format": "regex"}, validate_formats=True)
    assert not judge.is_valid("^(")
    for described in ALL:
        nodes = [node for _, node in walk(described.document) if "pattern" in node]
        patterns: list[Any] = [node["pattern"] for node in nodes]
        assert all(judge.is_valid(pattern) for pattern in patterns)
        assert patterns or described is not ATLAS_V2

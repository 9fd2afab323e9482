"""The extensions of the descriptions fit their grammar, and every name in them exists."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

import generator
from tests.unit.spec.descriptions import ALL, OPERATIONS, Described, Node, path_names, walk

GRAMMAR: Node = json.loads(
    (Path(generator.__file__).parent / "api" / "behaviours.schema.json").read_text("utf-8")
)
PLACES = {
    "document": r"#",
    "operation": r"#/paths/[^/]+/(get|post|patch|delete)",
    "parameter": r"#/components/parameters/[^/]+",
    "schema": r"#/components/schemas/.+",
    "securityScheme": r"#/components/securitySchemes/[^/]+",
}
RESOURCES = [(described, name) for described in ALL for name in described.resources]
SEEDS = [(described, *seed) for described in ALL for seed in described.seeds()]
HAVING_PAGES = [(each, name) for each in ALL for name in each.having("x-lockstep-pagination")]


def _extensions(described: Described) -> Iterator[tuple[str, str, Any]]:
    for place, node in walk(described.document):
        for key, value in node.items():
            if key.startswith("x-"):
                yield place, key, value


@pytest.mark.parametrize("described", ALL, ids=repr)
def test_every_extension_is_known_and_fits_the_grammar(described: Described) -> None:
    judge = jsonschema_rs.validator_for(GRAMMAR)
    assert not judge.is_valid({"x-lockstep-nothing": {}})
    for place, key, value in _extensions(described):
        assert [error.message for error in judge.iter_errors({key: value})] == [], place


@pytest.mark.parametrize("described", ALL, ids=repr)
def test_every_extension_stands_where_it_may(described: Described) -> None:
    for place, key, _ in _extensions(described):
        allowed = GRAMMAR["properties"][key]["description"].rsplit("Stands on: ", 1)[1]
        kinds = allowed.rstrip(".").split(", ")
        assert any(re.fullmatch(PLACES[kind], place) for kind in kinds), (place, key)


@pytest.mark.parametrize(("described", "name"), OPERATIONS)
def test_an_operation_uses_resources_by_its_own_parameters(described: Described, name: str) -> None:
    operation = described.operations[name]
    use = operation["x-lockstep-resource"]
    assert set(use.get("parameters", {})) == set(path_names(operation))
    used = {use["resource"], *use.get("parameters", {}).values()}
    assert used <= set(described.resources)
    if "by" in use:
        assert use["by"]["field"] in described.resources[use["resource"]]["alternativeKeys"]
        if "body" in use["by"]:
            assert use["by"]["body"].removeprefix("/") in _sent(described, operation)
        else:
            assert use["by"]["parameter"] in path_names(operation)
    if "key" in use:
        assert use["key"].removeprefix("/") in _sent(described, operation)


def _sent(described: Described, operation: Node) -> Node:
    (media,) = operation["requestBody"]["content"].values()
    return described.properties(media["schema"]["$ref"])


@pytest.mark.parametrize(("described", "name"), RESOURCES)
def test_a_resource_is_stored_as_its_schema_says(described: Described, name: str) -> None:
    resource = described.resources[name]
    keys = {resource.get("key"), *resource.get("alternativeKeys", [])}
    named = {*resource["fields"], *resource.get("order", []), *resource.get("unique", [])}
    assert (keys | named) - {None} <= set(described.stored(name))
    assert resource.get("singleton", False) is ("key" not in resource)
    if "parent" in resource:
        copied = {each["parent"] for each in resource["fields"].values() if "parent" in each}
        assert copied <= set(described.stored(resource["parent"]))


@pytest.mark.parametrize(("described", "name"), RESOURCES)
def test_links_of_a_resource_lead_to_operations_or_are_paths_of_its_fields(
    described: Described, name: str
) -> None:
    for source in described.resources[name]["fields"].values():
        for target in source.get("links", {}).values():
            if target.startswith("/"):
                assert set(re.findall(r"\{(\w+)\}", target)) <= set(described.stored(name))
            else:
                assert target in described.operations
        assert set(source.get("inLists", [])) <= set(source.get("links", {}))


@pytest.mark.parametrize(("described", "resource", "fields"), SEEDS)
def test_a_seed_fits_and_is_whole_with_what_the_server_fills(
    described: Described, resource: str, fields: Node
) -> None:
    stored = described.stored(resource)
    for name, value in fields.items():
        judge = described.validator(stored[name], "response")
        assert [error.message for error in judge.iter_errors(value)] == [], name
    declared = described.resources[resource]
    needed = set(described.at(declared["schema"])["required"])
    assert needed <= set(fields) | set(declared["fields"])


@pytest.mark.parametrize("described", ALL, ids=repr)
def test_a_seed_lies_under_its_parent(described: Described) -> None:
    for resource in described.resources.values():
        for seed in resource.get("seed", []):
            for child in seed.get("children", {}):
                assert resource is described.resources[described.resources[child]["parent"]]


@pytest.mark.parametrize("described", ALL, ids=repr)
def test_what_a_path_parameter_has_for_an_example_is_seeded(described: Described) -> None:
    seeded = {
        value
        for _, fields in described.seeds()
        for value in fields.values()
        if value != [] and isinstance(value, str)
    }
    for operation in described.operations.values():
        for parameter in operation["parameters"]:
            assert parameter["in"] != "path" or parameter["example"] in seeded


@pytest.mark.parametrize(("described", "name"), HAVING_PAGES)
def test_pages_are_cut_by_parameters_and_members_that_exist(
    described: Described, name: str
) -> None:
    operation = described.operations[name]
    cut = operation["x-lockstep-pagination"]
    parameters = {each["name"] for each in operation["parameters"]}
    steering = {cut[key] for key in ("page", "size", "offset", "count") if key in cut}
    assert steering <= parameters
    assert (cut["style"] == "single") is not bool(steering)
    (media,) = described.success(operation)["content"].values()
    page = described.resolved(media["schema"])
    assert ("items" in cut) is (page["type"] == "object")
    members = {cut[key].removeprefix("/") for key in ("items", "total", "links") if key in cut}
    assert members <= set(page.get("properties", {}))


def test_filters_compare_a_field_of_what_is_listed() -> None:
    matches: dict[str, str] = {}
    for described, name in OPERATIONS:
        operation = described.operations[name]
        use = operation["x-lockstep-resource"]
        for parameter in operation["parameters"]:
            if "x-lockstep-filter" in parameter:
                keeps = parameter["x-lockstep-filter"]
                assert use["role"] == "list"
                assert keeps["field"] in described.stored(use["resource"])
                matches[f"{described} {use['resource']} {keeps['field']}"] = keeps["match"]
    assert matches == {
        "atlas-v1 organization name": "exact-ignore-case",
        "atlas-v1 project name": "prefix-ignore-case",
        "atlas-v1 invitation username": "exact",
        "atlas-v2 organization name": "prefix-ignore-case",
        "atlas-v2 project name": "prefix-ignore-case",
        "atlas-v2 invitation username": "exact",
        "concord organization name": "contains-ignore-case",
    }


@pytest.mark.parametrize(("described", "name"), OPERATIONS)
def test_a_body_that_can_be_asked_for_in_an_envelope_has_that_form(
    described: Described, name: str
) -> None:
    operation = described.operations[name]
    shapes = [
        each["x-lockstep-envelope"]
        for each in operation["parameters"]
        if "x-lockstep-envelope" in each
    ]
    success = described.success(operation)
    if not shapes or "content" not in success:
        return
    (shape,), (media,) = shapes, success["content"].values()
    schema = media["schema"]
    if "anyOf" not in schema:
        assert shape["lists"] == "beside"
        assert shape["status"] in described.properties(schema["$ref"])
        return
    plain, enveloped = (described.resolved(branch) for branch in schema["anyOf"])
    assert "x-lockstep-enveloped" not in plain
    assert enveloped["x-lockstep-enveloped"] is True
    assert set(enveloped["properties"]) == {shape["status"], shape["content"]}
    content = enveloped["properties"][shape["content"]]
    assert described.resolved(content)["type"] == plain["type"]
    assert content.get("items") == plain.get("items")


@pytest.mark.parametrize(("described", "name"), OPERATIONS)
def test_faults_and_guards_are_declared_statuses(described: Described, name: str) -> None:
    operation = described.operations[name]
    statuses = {int(status) for status in operation["responses"]}
    own = operation.get("x-lockstep-errors", {}).get("faults", {})
    faults = {**described.errors["faults"], **own}
    for fault in _possible(described, operation) & set(faults):
        assert faults[fault]["status"] in statuses, fault
    for guard in operation.get("x-lockstep-guard", []):
        assert guard["status"] in statuses
        parent = described.resources[guard["has"]]["parent"]
        assert parent == operation["x-lockstep-resource"]["resource"]


def _possible(described: Described, operation: Node) -> set[str]:
    """The classes of fault that a call of the operation can have."""
    use, places = operation["x-lockstep-resource"], {each["in"] for each in operation["parameters"]}
    possible = {"unauthenticated", "unknown-query"}
    if "requestBody" in operation:
        possible |= {"malformed-body", "missing-body", "invalid-body", "missing-field"}
        possible |= {"unknown-field", "read-only-field", "unsupported-media-type"}
    if "path" in places:
        possible |= {"invalid-path", "wrong-tenant"}
    if "query" in places:
        possible |= {"invalid-query", "repeated-query"}
    if "content" in described.success(operation):
        possible.add("not-acceptable")
    if use["role"] in ("read", "update", "delete") or "key" in use:
        possible.add("not-found")
    if "parent" in described.resources[use["resource"]]:
        possible.add("parent-not-found")
    if "x-lockstep-access" in operation:
        possible.add("lesser-role")
    if any("x-lockstep-confirm" in each for each in operation["parameters"]):
        possible.add("unconfirmed")
    return possible


@pytest.mark.parametrize("described", ALL, ids=repr)
def test_errors_say_their_parts_where_they_are(described: Described) -> None:
    for form in (described.errors, *described.errors.get("formats", {}).values()):
        for part in ("code", "status", "detail", "reason", "parameters", "name"):
            if form.get(part):
                schema: Node = described.at(form["schema"])
                for token in form[part].split("/")[1:]:
                    inner = schema["items"] if token == "0" else schema["properties"][token]
                    schema = described.resolved(inner)


@pytest.mark.parametrize("described", ALL, ids=repr)
def test_roles_that_are_needed_are_roles_that_somebody_has(described: Described) -> None:
    schemes = described.document["components"]["securitySchemes"].values()
    declared = [scheme["x-lockstep-auth"] for scheme in schemes]
    (auth,) = (each for each in declared if "principals" in each)
    first = set(auth["principals"][0]["roles"])
    for _ in auth["implies"]:
        first |= {role for held in first for role in auth["implies"].get(held, [])}
    for operation in described.operations.values():
        access = operation.get("x-lockstep-access", {"roles": []})
        assert {*access["roles"], *access.get("creating", [])} <= first

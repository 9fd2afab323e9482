"""The extensions of the description fit their grammar, and every name in them exists."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

import generator
from tests.unit.spec.atlas import (
    DOCUMENT,
    VERSIONED,
    Node,
    at,
    operations,
    properties,
    resolved,
    validator,
    walk,
)

GRAMMAR: Node = json.loads(
    (Path(generator.__file__).parent / "api" / "behaviours.schema.json").read_text("utf-8")
)
OPERATIONS = operations()
RESOURCES: dict[str, Node] = DOCUMENT["x-lockstep-resources"]
ERRORS: Node = DOCUMENT["x-lockstep-errors"]
DIGEST: Node = at("#/components/securitySchemes/DigestAuth")["x-lockstep-auth"]
PLACES = {
    "document": r"#",
    "operation": r"#/paths/[^/]+/(get|post|patch|delete)",
    "parameter": r"#/components/parameters/[^/]+",
    "schema": r"#/components/schemas/.+",
    "securityScheme": r"#/components/securitySchemes/[^/]+",
}


def _extensions() -> Iterator[tuple[str, str, Any]]:
    for place, node in walk(DOCUMENT):
        for key, value in node.items():
            if key.startswith("x-"):
                yield place, key, value


def _with(extension: str) -> dict[str, Node]:
    return {name: operation for name, operation in OPERATIONS.items() if extension in operation}


def _stored(resource: str) -> Node:
    return properties(RESOURCES[resource]["schema"])


def test_every_extension_is_known_and_fits_the_grammar() -> None:
    judge = jsonschema_rs.validator_for(GRAMMAR)
    assert not judge.is_valid({"x-lockstep-nothing": {}})
    for place, key, value in _extensions():
        assert [error.message for error in judge.iter_errors({key: value})] == [], place


def test_every_extension_stands_where_it_may() -> None:
    for place, key, _ in _extensions():
        allowed = GRAMMAR["properties"][key]["description"].rsplit("Stands on: ", 1)[1]
        kinds = allowed.rstrip(".").split(", ")
        assert any(re.fullmatch(PLACES[kind], place) for kind in kinds), (place, key)


@pytest.mark.parametrize("name", OPERATIONS)
def test_an_operation_uses_resources_by_its_own_path_parameters(name: str) -> None:
    operation = OPERATIONS[name]
    use = operation["x-lockstep-resource"]
    in_path = {each["name"] for each in operation["parameters"] if each["in"] == "path"}
    assert set(use.get("parameters", {})) == in_path
    assert {use["resource"], *use.get("parameters", {}).values()} <= set(RESOURCES)
    if "by" in use:
        body = operation["requestBody"]["content"][VERSIONED]["schema"]["$ref"]
        assert use["by"]["field"] in RESOURCES[use["resource"]]["alternativeKeys"]
        assert use["by"]["body"].removeprefix("/") in properties(body)


def test_what_comes_back_beside_a_created_organization_is_asked_for_there() -> None:
    operation = OPERATIONS["createOrganization"]
    use = operation["x-lockstep-resource"]
    request = properties(operation["requestBody"]["content"][VERSIONED]["schema"]["$ref"])
    answer = properties("#/components/schemas/CreateOrganizationResponse")
    assert answer[use["item"].removeprefix("/")]["$ref"] == RESOURCES["organization"]["schema"]
    assert set(use["echo"]) == set(request) & set(answer)


@pytest.mark.parametrize("name", RESOURCES)
def test_a_resource_is_stored_as_its_schema_says(name: str) -> None:
    resource = RESOURCES[name]
    fields = set(_stored(name))
    used = {resource.get("key"), *resource.get("alternativeKeys", []), *resource["fields"]}
    assert used - {None} <= fields
    assert resource.get("singleton", False) is ("key" not in resource)
    if "parent" in resource:
        copied = {each["parent"] for each in resource["fields"].values() if "parent" in each}
        assert copied <= set(_stored(resource["parent"]))


@pytest.mark.parametrize("name", RESOURCES)
def test_links_of_a_resource_lead_to_operations_or_are_paths_of_its_fields(name: str) -> None:
    for source in RESOURCES[name]["fields"].values():
        for target in source.get("links", {}).values():
            if target.startswith("/"):
                assert set(re.findall(r"\{(\w+)\}", target)) <= set(_stored(name))
            else:
                assert target in OPERATIONS
        assert set(source.get("inLists", [])) <= set(source.get("links", {}))


def _seeds(resource: str, seed: Node) -> Iterator[tuple[str, Node]]:
    yield resource, seed["fields"]
    for child, seeds in seed.get("children", {}).items():
        assert RESOURCES[child]["parent"] == resource
        for each in seeds:
            yield from _seeds(child, each)


SEEDS = [
    each
    for name, resource in RESOURCES.items()
    for seed in resource.get("seed", [])
    for each in _seeds(name, seed)
]


@pytest.mark.parametrize(("resource", "fields"), SEEDS)
def test_a_seed_fits_and_is_whole_with_what_the_server_fills(resource: str, fields: Node) -> None:
    stored = _stored(resource)
    for name, value in fields.items():
        judge = validator(stored[name], "response")
        assert [error.message for error in judge.iter_errors(value)] == [], name
    needed = set(at(RESOURCES[resource]["schema"])["required"])
    assert needed <= set(fields) | set(RESOURCES[resource]["fields"])


def test_seeds_give_every_list_enough_to_page_and_to_filter() -> None:
    names = [fields["name"] for resource, fields in SEEDS if resource == "organization"]
    assert len([name for name in names if name.lower().startswith("org1")]) == 3
    assert len(names) > 3
    assert len([name for name in names if name.lower() == "org1"]) == 2
    kinds = [resource for resource, _ in SEEDS]
    assert kinds.count("project") >= 3
    assert {"settings", "invitation", "user"} <= set(kinds)


def test_examples_of_path_parameters_are_seeded() -> None:
    seeded = {fields["id"] for _, fields in SEEDS if "id" in fields}
    assert at("#/components/parameters/orgId")["example"] in seeded
    assert at("#/components/parameters/invitationId")["example"] in seeded


@pytest.mark.parametrize("name", _with("x-lockstep-pagination"))
def test_pages_are_cut_by_parameters_and_members_that_exist(name: str) -> None:
    operation = OPERATIONS[name]
    cut = operation["x-lockstep-pagination"]
    parameters = {each["name"] for each in operation["parameters"]}
    page = properties(operation["responses"]["200"]["content"][VERSIONED]["schema"]["$ref"])
    assert {cut[key] for key in ("page", "size", "count") if key in cut} <= parameters
    assert {cut[key].removeprefix("/") for key in ("items", "total", "links")} <= set(page)
    assert (cut["style"] == "single") is ("pageNum" not in parameters)


def test_filters_compare_a_field_of_what_is_listed() -> None:
    matches: dict[str, str] = {}
    for name, operation in OPERATIONS.items():
        for parameter in operation["parameters"]:
            if "x-lockstep-filter" in parameter:
                keeps = parameter["x-lockstep-filter"]
                assert operation["x-lockstep-resource"]["role"] == "list"
                assert keeps["field"] in _stored(operation["x-lockstep-resource"]["resource"])
                matches[name] = keeps["match"]
    assert matches == {
        "listOrganizations": "prefix-ignore-case",
        "listOrganizationProjects": "prefix-ignore-case",
        "listOrganizationInvitations": "exact",
    }


@pytest.mark.parametrize("name", OPERATIONS)
def test_every_body_has_an_enveloped_form(name: str) -> None:
    operation = OPERATIONS[name]
    (envelope,) = (each for each in operation["parameters"] if each["name"] == "envelope")
    shape = envelope["x-lockstep-envelope"]
    success = resolved(next(iter(operation["responses"].values())))
    if "content" not in success:
        return
    schema = success["content"][VERSIONED]["schema"]
    if "anyOf" not in schema:
        assert shape["lists"] == "beside"
        assert shape["status"] in properties(schema["$ref"])
        return
    plain, enveloped = (resolved(branch) for branch in schema["anyOf"])
    assert "x-lockstep-enveloped" not in plain
    assert enveloped["x-lockstep-enveloped"] is True
    assert set(enveloped["properties"]) == {shape["status"], shape["content"]}
    content = enveloped["properties"][shape["content"]]
    assert resolved(content)["type"] == plain["type"]
    assert content.get("items") == plain.get("items")


def test_errors_say_their_parts_where_they_are() -> None:
    parts = properties(ERRORS["schema"])
    for part in ("code", "status", "detail", "reason", "parameters"):
        assert ERRORS[part].removeprefix("/") in parts


@pytest.mark.parametrize("name", OPERATIONS)
def test_faults_and_guards_are_declared_statuses(name: str) -> None:
    operation = OPERATIONS[name]
    statuses = {int(status) for status in operation["responses"]}
    assert set(ERRORS["everywhere"]) - statuses <= {415}
    faults = {**ERRORS["faults"], **operation.get("x-lockstep-errors", {}).get("faults", {})}
    for fault, answer in faults.items():
        assert answer["code"], fault
        if fault != "method-not-allowed" and (
            "requestBody" in operation or answer["status"] != 415
        ):
            assert answer["status"] in statuses, fault
    for guard in operation.get("x-lockstep-guard", []):
        assert guard["status"] in statuses
        assert RESOURCES[guard["has"]]["parent"] == operation["x-lockstep-resource"]["resource"]


@pytest.mark.parametrize(
    ("fault", "status", "code"),
    [
        ("invalid-path", 400, "INVALID_PATH_PARAMETER"),
        ("unknown-query", 400, "INVALID_QUERY_PARAMETER"),
        ("repeated-query", 400, "INVALID_QUERY_PARAMETER"),
        ("unknown-field", 400, "INVALID_ATTRIBUTE"),
        ("read-only-field", 400, "ATTRIBUTE_READ_ONLY"),
        ("wrong-tenant", 401, "USER_CANNOT_ACCESS_ORG"),
        ("lesser-role", 401, "NOT_ORG_OWNER"),
        ("not-found", 404, "ORG_NOT_FOUND"),
        ("parent-not-found", 404, "ORG_NOT_FOUND"),
        ("not-acceptable", 406, "INVALID_VERSION_DATE"),
    ],
)
def test_a_fault_has_its_documented_answer(fault: str, status: int, code: str) -> None:
    answer = ERRORS["faults"][fault]
    assert (answer["status"], answer["code"]) == (status, code)


def test_an_invitation_that_is_gone_is_not_found_by_a_code_of_its_own() -> None:
    for name, operation in OPERATIONS.items():
        use = operation["x-lockstep-resource"]
        if use["resource"] == "invitation" and use["role"] in ("read", "update", "delete"):
            answer = operation["x-lockstep-errors"]["faults"]["not-found"]
            assert (answer["status"], answer["code"]) == (404, "INVALID_INVITATION_ID"), name


@pytest.mark.parametrize("name", OPERATIONS)
def test_the_answer_to_a_lesser_role_names_the_role(name: str) -> None:
    operation = OPERATIONS[name]
    own = operation.get("x-lockstep-errors", {}).get("faults", {})
    code = own.get("lesser-role", ERRORS["faults"]["lesser-role"])["code"]
    codes = {
        "ORG_OWNER": "NOT_ORG_OWNER",
        "ORG_USER_ADMIN": "NOT_ORG_USER_ADMIN",
        "ORG_MEMBER": "USER_UNAUTHORIZED",
    }
    (role,) = operation["x-lockstep-access"]["roles"]
    assert code == codes[role]


def test_the_only_guard_keeps_an_organization_with_projects() -> None:
    guarded = _with("x-lockstep-guard")
    assert set(guarded) == {"deleteOrganization"}
    (guard,) = guarded["deleteOrganization"]["x-lockstep-guard"]
    assert (guard["has"], guard["status"], guard["code"]) == ("project", 409, "ORG_NOT_EMPTY")


def test_roles_and_tenants_of_the_callers() -> None:
    assert DIGEST["owned"] in RESOURCES
    owner, member, stranger = DIGEST["principals"]
    needed = {each["x-lockstep-access"]["roles"][0] for each in OPERATIONS.values()}
    assert needed <= {*DIGEST["implies"]["ORG_OWNER"], "ORG_OWNER"}
    assert (owner["roles"], stranger["roles"]) == (["ORG_OWNER"], ["ORG_OWNER"])
    assert member["tenant"] == owner["tenant"] != stranger["tenant"]


def test_the_version_is_the_one_of_the_media_types() -> None:
    version = DOCUMENT["x-lockstep-version"]
    assert version["template"].replace("{version}", version["current"]) == VERSIONED
    assert version["current"] == DOCUMENT["info"]["version"]
    assert version["current"] in version["known"]
    assert version["alsoAccepted"] == ["application/json"]

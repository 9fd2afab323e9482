"""The behaviours that the second version of the Atlas description declares are the documented ones."""

from __future__ import annotations

import pytest

from tests.unit.spec.descriptions import ATLAS_V2, Node

VERSIONED = "application/vnd.atlas.2023-01-01+json"
OPERATIONS = ATLAS_V2.operations
RESOURCES = ATLAS_V2.resources
ERRORS = ATLAS_V2.errors
SEEDS = list(ATLAS_V2.seeds())
DIGEST: Node = ATLAS_V2.at("#/components/securitySchemes/DigestAuth")["x-lockstep-auth"]


def test_what_comes_back_beside_a_created_organization_is_asked_for_there() -> None:
    operation = OPERATIONS["createOrganization"]
    use = operation["x-lockstep-resource"]
    request = ATLAS_V2.properties(operation["requestBody"]["content"][VERSIONED]["schema"]["$ref"])
    answer = ATLAS_V2.properties("#/components/schemas/CreateOrganizationResponse")
    assert answer[use["item"].removeprefix("/")]["$ref"] == RESOURCES["organization"]["schema"]
    assert set(use["echo"]) == set(request) & set(answer)


def test_seeds_give_every_list_enough_to_page_and_to_filter() -> None:
    names = [fields["name"] for resource, fields in SEEDS if resource == "organization"]
    assert len([name for name in names if name.lower().startswith("org1")]) == 3
    assert len(names) > 3
    assert len([name for name in names if name.lower() == "org1"]) == 2
    kinds = [resource for resource, _ in SEEDS]
    assert kinds.count("project") >= 3
    assert {"settings", "invitation", "user"} <= set(kinds)


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
    guarded = ATLAS_V2.having("x-lockstep-guard")
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
    version = ATLAS_V2.document["x-lockstep-version"]
    assert version["template"].replace("{version}", version["current"]) == VERSIONED
    assert version["current"] == ATLAS_V2.document["info"]["version"]
    assert version["current"] in version["known"]
    assert version["alsoAccepted"] == ["application/json"]

"""The second version of the Atlas description says what is known of the API.

The tables are written by hand from what is documented of the API, not read from the description.
"""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from tests.unit.spec.descriptions import ATLAS_V2, Node

VERSIONED = "application/vnd.atlas.2023-01-01+json"
ORGS = "/api/atlas/v2/orgs"
ORG = f"{ORGS}/{{orgId}}"
PLAIN = {"envelope", "pretty"}
PAGED = {"envelope", "pretty", "includeCount", "itemsPerPage", "pageNum", "name"}
ANYWHERE = {400, 401, 403, 404, 406, 410, 429, 500}
ORGANIZATION_ROLES = {
    "ORG_OWNER",
    "ORG_MEMBER",
    "ORG_GROUP_CREATOR",
    "ORG_BILLING_ADMIN",
    "ORG_READ_ONLY",
}
INVITATION_ROLES = ORGANIZATION_ROLES | {
    "GROUP_CLUSTER_MANAGER",
    "GROUP_DATA_ACCESS_ADMIN",
    "GROUP_DATA_ACCESS_READ_ONLY",
    "GROUP_DATA_ACCESS_READ_WRITE",
    "GROUP_OWNER",
    "GROUP_READ_ONLY",
}
ASSIGNED_ROLES = INVITATION_ROLES | {"GROUP_SEARCH_INDEX_EDITOR"}


@dataclass(frozen=True, slots=True)
class Fact:
    """What is documented of one operation; `more` are statuses beside those of every operation."""

    call: str
    query: set[str]
    success: int
    role: str
    more: frozenset[int] = frozenset()
    body: bool = False


BODY = frozenset({415})
CONFLICT = frozenset({409})

FACTS = {
    "createOrganization": Fact(f"POST {ORGS}", PLAIN, 201, "ORG_OWNER", BODY | CONFLICT, True),
    "listOrganizations": Fact(f"GET {ORGS}", PAGED, 200, "ORG_MEMBER", CONFLICT),
    "getOrganization": Fact(f"GET {ORG}", PLAIN, 200, "ORG_MEMBER", CONFLICT),
    "renameOrganization": Fact(f"PATCH {ORG}", PLAIN, 200, "ORG_OWNER", BODY | CONFLICT, True),
    "deleteOrganization": Fact(
        f"DELETE {ORG}", {"envelope"}, 204, "ORG_OWNER", CONFLICT | frozenset({402})
    ),
    "getOrganizationSettings": Fact(f"GET {ORG}/settings", PLAIN, 200, "ORG_OWNER"),
    "updateOrganizationSettings": Fact(
        f"PATCH {ORG}/settings", PLAIN, 200, "ORG_OWNER", BODY, True
    ),
    "listOrganizationInvitations": Fact(
        f"GET {ORG}/invites", PLAIN | {"username"}, 200, "ORG_USER_ADMIN"
    ),
    "createOrganizationInvitation": Fact(
        f"POST {ORG}/invites", PLAIN, 200, "ORG_USER_ADMIN", BODY, True
    ),
    "updateOrganizationInvitation": Fact(
        f"PATCH {ORG}/invites", PLAIN, 200, "ORG_USER_ADMIN", BODY, True
    ),
    "getOrganizationInvitation": Fact(
        f"GET {ORG}/invites/{{invitationId}}", {"envelope"}, 200, "ORG_USER_ADMIN"
    ),
    "updateOrganizationInvitationById": Fact(
        f"PATCH {ORG}/invites/{{invitationId}}", PLAIN, 200, "ORG_OWNER", BODY, True
    ),
    "deleteOrganizationInvitation": Fact(
        f"DELETE {ORG}/invites/{{invitationId}}", PLAIN, 204, "ORG_USER_ADMIN"
    ),
    "listOrganizationProjects": Fact(f"GET {ORG}/groups", PAGED, 200, "ORG_MEMBER"),
    "listOrganizationUsers": Fact(f"GET {ORG}/users", PLAIN, 200, "ORG_MEMBER"),
}

IDENTIFIER = {"type": "string", "pattern": "^([a-f0-9]{24})$", "minLength": 24, "maxLength": 24}
PARAMETERS: dict[str, tuple[str, bool, Node]] = {
    "orgId": ("path", True, IDENTIFIER),
    # Published documents have no pattern for it on DELETE; the server refuses it there too.
    "invitationId": ("path", True, IDENTIFIER),
    "envelope": ("query", False, {"type": "boolean", "default": False}),
    "pretty": ("query", False, {"type": "boolean", "default": False}),
    "includeCount": ("query", False, {"type": "boolean", "default": True}),
    "itemsPerPage": (
        "query",
        False,
        {"type": "integer", "default": 100, "minimum": 1, "maximum": 500},
    ),
    "pageNum": ("query", False, {"type": "integer", "default": 1, "minimum": 1}),
    "name": ("query", False, {"type": "string"}),
    "username": ("query", False, {"type": "string", "format": "email"}),
}
SAYING = {"description", "examples"}
OPERATIONS = ATLAS_V2.operations
SCHEMAS = ATLAS_V2.schemas


def test_the_operations_are_the_fifteen() -> None:
    assert set(OPERATIONS) == set(FACTS)


@pytest.mark.parametrize("name", FACTS)
def test_an_operation_is_as_documented(name: str) -> None:
    fact, operation = FACTS[name], OPERATIONS[name]
    assert f"{operation['method']} {operation['path']}" == fact.call
    assert {each["name"] for each in operation["parameters"] if each["in"] == "query"} == fact.query
    assert operation["tags"] == ["Organizations"]
    assert operation["x-lockstep-access"] == {"roles": [fact.role]}
    assert ("requestBody" in operation) == fact.body
    statuses = {int(status) for status in operation["responses"]}
    assert statuses == {fact.success} | ANYWHERE | fact.more


@pytest.mark.parametrize("name", FACTS)
def test_parameters_have_their_limits(name: str) -> None:
    for parameter in OPERATIONS[name]["parameters"]:
        location, required, schema = PARAMETERS[parameter["name"]]
        declared = ATLAS_V2.resolved(parameter["schema"])
        assert (parameter["in"], parameter.get("required", False)) == (location, required)
        assert {key: value for key, value in declared.items() if key not in SAYING} == schema


@pytest.mark.parametrize("name", FACTS)
def test_success_is_versioned_and_errors_are_plain(name: str) -> None:
    for status, declared in OPERATIONS[name]["responses"].items():
        response = ATLAS_V2.resolved(declared)
        if status == "204":
            assert "content" not in response
        elif status < "300":
            assert set(response["content"]) == {VERSIONED}
        else:
            error = {"schema": {"$ref": "#/components/schemas/ApiError"}}
            assert response["content"]["application/json"].items() >= error.items()


@pytest.mark.parametrize("name", [name for name, fact in FACTS.items() if fact.body])
def test_a_body_is_required_versioned_and_closed(name: str) -> None:
    body = OPERATIONS[name]["requestBody"]
    assert body["required"] is True
    assert set(body["content"]) == {VERSIONED}
    judge = ATLAS_V2.validator(body["content"][VERSIONED]["schema"], "request")
    for example in body["content"][VERSIONED]["examples"].values():
        assert judge.is_valid(example["value"])
        assert not judge.is_valid({**example["value"], "nmae": "acme"})


def test_limits_of_rates_and_ends_of_versions_are_told() -> None:
    limits = {"RateLimit-Limit", "RateLimit-Remaining"}
    ends = {"Deprecation", "Sunset"}
    for operation in OPERATIONS.values():
        for status, declared in operation["responses"].items():
            headers = set(ATLAS_V2.resolved(declared).get("headers", {}))
            if status < "300":
                assert headers == limits | ends
            if status == "429":
                assert headers == limits | {"Retry-After"}


@pytest.mark.parametrize(
    ("place", "roles"),
    [
        ("#/components/schemas/OrganizationRole", ORGANIZATION_ROLES),
        ("#/components/schemas/InvitationRole", INVITATION_ROLES),
        ("#/components/schemas/RoleAssignment/properties/roleName", ASSIGNED_ROLES),
    ],
)
def test_roles_differ_by_place(place: str, roles: set[str]) -> None:
    assert set(ATLAS_V2.at(place)["enum"]) == roles


@pytest.mark.parametrize(
    ("place", "value", "fits"),
    [
        ("Name", "Étoile(Nord)", True),
        ("Name", "𐌰" * 64, True),
        ("Name", "a" * 65, False),
        ("Name", "", False),
        ("Name", "Research and Development", False),
        ("Name", "acme{1}", False),
        ("ObjectId", "32b6e34b3d91647abb20e7b8", True),
        ("ObjectId", "32B6E34B3D91647ABB20E7B8", False),
        ("ObjectId", "32b6e34b3d91647abb20e7b", False),
        ("OrganizationInvitationRequest", {"username": "a@example.com", "roles": []}, True),
        ("OrganizationInvitationRequest", {"roles": ["ORG_OWNER"]}, False),
        ("OrganizationInvitationRequest", {"username": "a@example.com"}, False),
        ("OrganizationInvitationRequest", {"username": "nobody", "roles": []}, False),
        ("OrganizationInvitationUpdate", {}, True),
        ("OrganizationInvitationUpdate", {"roles": ["ORG_OWNER", "ORG_OWNER"]}, False),
        ("OrganizationInvitationUpdate", {"roles": ["GROUP_OWNER"]}, False),
        ("OrganizationInvitationUpdate", {"username": "a@example.com"}, False),
        ("OrganizationSettingsUpdate", {}, True),
        ("OrganizationSettingsUpdate", {"operationsContact": None}, True),
        ("OrganizationSettingsUpdate", {"operationsContact": ""}, False),
        ("OrganizationSettingsUpdate", {"securityContact": ""}, True),
        ("OrganizationSettingsUpdate", {"multiFactorAuthRequired": None}, False),
        ("CreateOrganizationRequest", {}, False),
        ("CreateOrganizationRequest", {"name": "a", "apiKey": {"desc": "k", "roles": []}}, False),
    ],
)
def test_requests_are_held_to_their_limits(place: str, value: object, fits: bool) -> None:
    judge = ATLAS_V2.validator({"$ref": f"#/components/schemas/{place}"}, "request")
    assert judge.is_valid(value) is fits


def test_renaming_takes_the_organization_without_what_only_the_server_writes() -> None:
    schema = OPERATIONS["renameOrganization"]["requestBody"]["content"][VERSIONED]["schema"]
    judge = ATLAS_V2.validator(schema, "request")
    assert judge.is_valid({"name": "acme"})
    assert not judge.is_valid({})
    assert not judge.is_valid({"name": "acme", "isDeleted": False})


@pytest.mark.parametrize("name", [name for name in SCHEMAS if SCHEMAS[name]["type"] == "object"])
def test_answers_may_gain_fields_and_requests_may_not(name: str) -> None:
    requested = name.endswith(("Request", "Update"))
    assert SCHEMAS[name].get("additionalProperties", True) is not requested


def test_a_user_in_an_answer_has_no_password() -> None:
    user = SCHEMAS["User"]
    assert user["properties"]["password"]["writeOnly"] is True
    assert "password" not in user["required"]


def test_every_operation_needs_digest_credentials() -> None:
    assert ATLAS_V2.document["security"] == [{"DigestAuth": []}]
    assert not any("security" in operation for operation in OPERATIONS.values())
    scheme = ATLAS_V2.at("#/components/securitySchemes/DigestAuth")
    assert (scheme["type"], scheme["scheme"]) == ("http", "digest")

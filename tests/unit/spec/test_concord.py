"""The Concord description says what is known of its server.

The tables are written by hand from what is known of the server, not read from the description.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.spec.descriptions import CONCORD, Node

ORG = "/api/v1/org"
VALIDATION = "application/vnd.concord-validation-errors-v1+json"
CALLS = {
    "listOrgs": (f"GET {ORG}", {"onlyCurrent", "offset", "limit", "filter"}),
    "createOrUpdateOrg": (f"POST {ORG}", set[str]()),
    "getOrg": (f"GET {ORG}/{{orgName}}", set[str]()),
    "deleteOrg": (f"DELETE {ORG}/{{orgName}}", {"confirmation"}),
}
STATUSES = {
    "listOrgs": {200, 401, 404, 406, 500},
    "createOrUpdateOrg": {200, 400, 401, 403, 406, 415, 500},
    "getOrg": {200, 204, 401, 404, 406, 500},
    "deleteOrg": {200, 400, 401, 403, 404, 406, 500},
}
CONTENT = {
    "200": {"application/json"},
    "204": set[str](),
    "400": {VALIDATION, "text/plain"},
    "401": set[str](),
    "403": {"text/plain"},
    "404": set[str](),
    "406": set[str](),
    "415": set[str](),
    "500": {"text/plain"},
}
FAULTS = {
    "not-found": (400, "validation"),
    "invalid-body": (400, "validation"),
    "unconfirmed": (400, ""),
    "lesser-role": (403, ""),
    "duplicate": (400, "validation"),
    "unknown-owner": (400, "validation"),
    "unauthenticated": (401, "credentials"),
    "invalid-query": (404, "status"),
    "not-acceptable": (406, "status"),
}
CRASHES = {"lesser-role", "duplicate", "unknown-owner"}
"""What the server of today answers with 500, though it should refuse it."""
OPERATIONS = CONCORD.operations
ERRORS = CONCORD.errors
SCHEMES: Node = CONCORD.document["components"]["securitySchemes"]


def _request(value: object) -> bool:
    schema = {"$ref": "#/components/schemas/OrganizationEntry"}
    return CONCORD.validator(schema, "request").is_valid(value)


@pytest.mark.parametrize("name", CALLS)
def test_an_operation_is_as_the_server_has_it(name: str) -> None:
    operation = OPERATIONS[name]
    call, query = CALLS[name]
    assert f"{operation['method']} {operation['path']}" == call
    assert {each["name"] for each in operation["parameters"] if each["in"] == "query"} == query
    assert {int(status) for status in operation["responses"]} == STATUSES[name]


def test_there_are_no_other_operations() -> None:
    assert set(OPERATIONS) == set(CALLS)


@pytest.mark.parametrize("name", CALLS)
def test_a_status_has_its_media_types(name: str) -> None:
    for status, declared in OPERATIONS[name]["responses"].items():
        assert set(CONCORD.resolved(declared).get("content", {})) == CONTENT[status]


def test_no_host_is_promised() -> None:
    assert [server["url"] for server in CONCORD.document["servers"]] == ["/"]


def test_the_list_is_a_bare_array_of_all_unless_a_limit_is_given() -> None:
    operation = OPERATIONS["listOrgs"]
    assert operation["responses"]["200"]["content"]["application/json"]["schema"]["type"] == "array"
    defaults = {each["name"]: each["schema"].get("default") for each in operation["parameters"]}
    assert defaults == {"onlyCurrent": False, "offset": 0, "limit": 0, "filter": None}
    cut = operation["x-lockstep-pagination"]
    assert cut == {"style": "offset", "offset": "offset", "size": "limit"}
    assert CONCORD.resources["organization"]["order"] == ["name"]


def test_who_sees_what_in_the_list() -> None:
    shown = OPERATIONS["listOrgs"]["x-lockstep-visibility"]
    assert shown["public"] == {"visibility": "PUBLIC"}
    assert shown["ownOnly"] == "onlyCurrent"
    assert "concordAdmin" in shown["seeAll"]


def test_one_post_creates_changes_and_renames() -> None:
    use = OPERATIONS["createOrUpdateOrg"]["x-lockstep-resource"]
    assert (use["role"], use["key"]) == ("upsert", "/id")
    assert use["by"] == {"field": "name", "body": "/name"}
    assert set(use["ignores"]) == {"null-fields", "unknown-fields"}
    assert use["receipt"] == {
        "created": {"ok": True, "result": "CREATED"},
        "updated": {"ok": True, "result": "UPDATED"},
        "fields": {"id": "id"},
    }
    access = OPERATIONS["createOrUpdateOrg"]["x-lockstep-access"]
    assert access == {"creating": ["createOrg"], "roles": ["updateOrg"], "owner": True}


def test_a_name_that_nobody_has_is_no_content() -> None:
    faults = OPERATIONS["getOrg"]["x-lockstep-errors"]["faults"]
    assert faults == {"not-found": {"status": 204}}
    assert "x-lockstep-access" not in OPERATIONS["getOrg"]


def test_removal_is_confirmed_before_roles_are_looked_at_and_answers_with_a_body() -> None:
    operation = OPERATIONS["deleteOrg"]
    (confirmation,) = (each for each in operation["parameters"] if each["in"] == "query")
    assert confirmation["required"] is True
    assert confirmation["x-lockstep-confirm"] == {
        "value": "yes",
        "ignoreCase": True,
        "beforeRoles": True,
    }
    assert operation["x-lockstep-resource"]["receipt"]["deleted"] == {
        "ok": True,
        "result": "DELETED",
    }
    assert operation["x-lockstep-access"] == {"roles": ["concordAdmin"]}


@pytest.mark.parametrize("value", ["yes", "YES", "yEs"])
def test_a_confirmation_may_be_written_in_any_case(value: str) -> None:
    schema = CONCORD.at("#/components/parameters/confirmation")["schema"]
    judge = CONCORD.validator(schema, "request")
    assert judge.is_valid(value)
    assert not judge.is_valid(f"{value}!")


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_answered_in_its_form(fault: str) -> None:
    answer = ERRORS["faults"][fault]
    assert (answer["status"], answer.get("format", "")) == FAULTS[fault]
    assert answer.get("crash") == (500 if fault in CRASHES else None)


def test_the_forms_of_errors() -> None:
    assert (ERRORS["mediaType"], ERRORS["detail"]) == ("text/plain", "")
    forms = ERRORS["formats"]
    assert forms["validation"]["mediaType"] == VALIDATION
    assert forms["validation"]["negotiated"] is True
    assert forms["credentials"] == {"mediaType": "application/json", "empty": True}
    assert forms["status"] == {"mediaType": "", "empty": True}


def test_nothing_unknown_is_refused() -> None:
    assert not {"unknown-field", "unknown-query", "repeated-query"} & set(ERRORS["faults"])
    assert _request({"name": "acme", "colour": "red"})


@pytest.mark.parametrize(
    ("value", "fits"),
    [
        ({"name": "myOrg"}, True),
        ({"name": "my~org.dev"}, True),
        ({"name": "a" * 128}, True),
        ({"name": "a" * 129}, False),
        ({"name": "ab"}, False),
        ({"name": "new name"}, False),
        ({"name": "_abc"}, False),
        ({"id": "1f8b5f0e-2f0c-4c8e-9c55-6d1f0f2f7a01"}, True),
        ({"id": "1f8b5f0e-2f0c-4c8e-9c55-6d1f0f2f7a01", "name": None}, True),
        ({"name": "acme", "visibility": None, "meta": None, "owner": None}, True),
        ({"name": "acme", "visibility": "SECRET"}, False),
        ({"name": None}, False),
        ({"id": None, "name": None}, False),
        ({}, False),
    ],
)
def test_what_may_be_sent(value: object, fits: bool) -> None:
    assert _request(value) is fits


@pytest.mark.parametrize(
    ("value", "fits"),
    [
        ([{"id": "*", "message": "no"}], True),
        ([], False),
        ({"id": "*", "message": "no"}, False),
        ([{"message": "no"}], False),
    ],
)
def test_broken_rules_are_a_list_at_the_top(value: object, fits: bool) -> None:
    schema = {"$ref": "#/components/schemas/ValidationErrors"}
    assert CONCORD.validator(schema, "response").is_valid(value) is fits


def test_any_of_three_forms_of_the_authorization_header_will_do_and_a_session_token() -> None:
    assert CONCORD.document["security"] == [{name: []} for name in SCHEMES]
    key: dict[str, Any] = SCHEMES["ApiKey"]
    assert (key["type"], key["in"], key["name"]) == ("apiKey", "header", "Authorization")
    assert SCHEMES["BearerKey"]["scheme"] == "bearer"
    assert SCHEMES["Password"]["scheme"] == "basic"
    session: dict[str, Any] = SCHEMES["SessionToken"]
    assert (session["type"], session["name"]) == ("apiKey", "X-Concord-SessionToken")


def test_the_same_callers_sign_in_by_each() -> None:
    assert len(SCHEMES["ApiKey"]["x-lockstep-auth"]["principals"]) == 5
    for name in ("BearerKey", "Password", "SessionToken"):
        assert SCHEMES[name]["x-lockstep-auth"]["callersOf"] == "ApiKey"
    challenges = [each["x-lockstep-auth"]["challenge"] for each in SCHEMES.values()]
    assert challenges == ["ConcordApiToken", "", "Basic", ""]


def test_seeds_belong_to_several_and_some_are_hidden() -> None:
    seeds = CONCORD.resources["organization"]["seed"]
    owners = {each.get("tenant", "") for each in seeds}
    hidden = {each["tenant"] for each in seeds if each["fields"].get("visibility") == "PRIVATE"}
    assert owners == {"", "ada", "bo"}
    assert hidden == {"ada", "bo"}

"""The first version of the Atlas description says what its pages say of the API.

The tables are written by hand from what is documented of the API, not read from the description.
"""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from tests.unit.spec.descriptions import ATLAS_V1, Node, path_names

ORG = "/orgs/{ORG-ID}"
PLAIN = {"envelope", "pretty"}
PAGED = PLAIN | {"includeCount", "itemsPerPage", "pageNum"}
ANYWHERE = {400, 401, 403, 404, 429, 500}


@dataclass(frozen=True, slots=True)
class Fact:
    """What is documented of one operation; `more` are statuses beside those of every operation."""

    call: str
    query: set[str]
    success: int
    role: str
    more: frozenset[int] = frozenset({406})
    sent: tuple[str, ...] = ()


SENT = frozenset({406, 415})

FACTS = {
    "listOrganizations": Fact(
        "GET /orgs", PAGED | {"name"}, 200, "ORG_MEMBER", frozenset({406, 409})
    ),
    "createOrganization": Fact("POST /orgs", PLAIN, 201, "ORG_OWNER", SENT | {409}, ("name",)),
    "getOrganization": Fact(f"GET {ORG}", PLAIN, 200, "ORG_MEMBER", frozenset({406, 409})),
    "renameOrganization": Fact(f"PATCH {ORG}", PLAIN, 200, "ORG_OWNER", SENT | {409}, ("name",)),
    "deleteOrganization": Fact(f"DELETE {ORG}", PLAIN, 204, "ORG_OWNER", frozenset({402, 409})),
    "listOrganizationUsers": Fact(f"GET {ORG}/users", PAGED, 200, "ORG_MEMBER"),
    "listOrganizationProjects": Fact(f"GET {ORG}/groups", PAGED | {"name"}, 200, "ORG_MEMBER"),
    "listOrganizationInvitations": Fact(
        f"GET {ORG}/invites", PLAIN | {"username"}, 200, "ORG_OWNER"
    ),
    "createOrganizationInvitation": Fact(
        f"POST {ORG}/invites", PLAIN, 200, "ORG_OWNER", SENT, ("roles", "username")
    ),
    "updateOrganizationInvitation": Fact(
        f"PATCH {ORG}/invites", PLAIN, 200, "ORG_OWNER", SENT, ("roles", "username")
    ),
    "getOrganizationInvitation": Fact(
        f"GET {ORG}/invites/{{INVITATION-ID}}", {"envelope"}, 200, "ORG_OWNER"
    ),
    "updateOrganizationInvitationById": Fact(
        f"PATCH {ORG}/invites/{{INVITATION-ID}}", PLAIN, 200, "ORG_OWNER", SENT, ("roles",)
    ),
    "deleteOrganizationInvitation": Fact(
        f"DELETE {ORG}/invites/{{INVITATION-ID}}", PLAIN, 204, "ORG_OWNER", frozenset()
    ),
    "listInvoices": Fact(f"GET {ORG}/invoices/", PAGED, 200, "ORG_BILLING_READ_ONLY"),
    "downloadInvoiceCsv": Fact(
        f"GET {ORG}/invoices/{{INVOICE-ID}}/csv", set(), 200, "ORG_BILLING_READ_ONLY"
    ),
}

FIELDS = {
    "Organization": {"id", "isDeleted", "links", "name"},
    "OrganizationInvitation": {
        *("createdAt", "expiresAt", "id", "inviterUsername", "orgId", "orgName", "roles"),
        *("teamIds", "username"),
    },
    "User": {
        *("country", "emailAddress", "firstName", "id", "lastName", "links", "mobileNumber"),
        *("roles", "teamIds", "username"),
    },
    "Invoice": {
        *("amountBilledCents", "amountPaidCents", "created", "creditsCents", "endDate"),
        *("groupId", "id", "lineItems", "linkedInvoices", "links", "lockedAt", "note", "orgId"),
        *("paymentMethod", "payments", "refunds", "salesTaxCents", "startDate"),
        *("startingBalanceCents", "statusName", "subtotalCents", "updated"),
    },
}
OPERATIONS = ATLAS_V1.operations
SCHEMAS = ATLAS_V1.schemas
REQUESTS = [name for name, fact in FACTS.items() if fact.sent]


def _answers(name: str) -> Node:
    return {key: ATLAS_V1.resolved(each) for key, each in OPERATIONS[name]["responses"].items()}


def test_the_operations_are_the_fifteen() -> None:
    assert set(OPERATIONS) == set(FACTS)


@pytest.mark.parametrize("name", FACTS)
def test_an_operation_is_as_documented(name: str) -> None:
    fact, operation = FACTS[name], OPERATIONS[name]
    assert f"{operation['method']} {operation['path']}" == fact.call
    assert {each["name"] for each in operation["parameters"] if each["in"] == "query"} == fact.query
    assert operation["x-lockstep-access"] == {"roles": [fact.role]}
    assert ("requestBody" in operation) == bool(fact.sent)
    assert {int(status) for status in operation["responses"]} == {
        fact.success,
        *ANYWHERE,
        *fact.more,
    }


@pytest.mark.parametrize("name", FACTS)
def test_every_operation_is_deprecated(name: str) -> None:
    assert OPERATIONS[name]["deprecated"] is True


def test_paths_are_relative_to_the_base_address() -> None:
    (server,) = ATLAS_V1.document["servers"]
    assert server["url"] == "https://cloud.mongodb.com/api/atlas/v1.0"
    assert all(path.startswith("/orgs") for path in ATLAS_V1.document["paths"])
    names = {name for operation in OPERATIONS.values() for name in path_names(operation)}
    assert names == {"ORG-ID", "INVITATION-ID", "INVOICE-ID"}


@pytest.mark.parametrize("name", FACTS)
def test_bodies_are_plain_json_but_for_the_invoice_text(name: str) -> None:
    success = "text/csv" if name == "downloadInvoiceCsv" else "application/json"
    for status, answer in _answers(name).items():
        expected = set[str]() if status == "204" else {"application/json"}
        assert set(answer.get("content", {})) == ({success} if status == "200" else expected)
    body = OPERATIONS[name].get("requestBody", {"content": {}})
    assert set(body["content"]) <= {"application/json"}


@pytest.mark.parametrize("name", REQUESTS)
def test_a_request_has_what_the_pages_require_and_nothing_unknown(name: str) -> None:
    (media,) = OPERATIONS[name]["requestBody"]["content"].values()
    schema = ATLAS_V1.resolved(media["schema"])
    assert tuple(schema["required"]) == FACTS[name].sent
    assert schema["additionalProperties"] is False


def test_only_the_change_by_username_takes_no_teams() -> None:
    taking = {name for name in SCHEMAS if "teamIds" in SCHEMAS[name].get("properties", {})}
    assert taking == {
        "OrganizationInvitation",
        "OrganizationInvitationRequest",
        "OrganizationInvitationUpdate",
        "User",
    }


@pytest.mark.parametrize("schema", FIELDS)
def test_a_thing_has_the_documented_fields(schema: str) -> None:
    assert set(SCHEMAS[schema]["properties"]) == FIELDS[schema]


def test_nothing_is_held_to_a_pattern_that_the_pages_do_not_have() -> None:
    judge = ATLAS_V1.validator({"$ref": "#/components/schemas/OrganizationRequest"}, "request")
    assert judge.is_valid({"name": "Research and Development"})
    assert ATLAS_V1.at("#/components/parameters/ORG-ID")["schema"] == {"type": "string"}


def test_an_invoice_may_hold_invoices() -> None:
    linked = SCHEMAS["Invoice"]["properties"]["linkedInvoices"]
    assert linked["items"] == {"$ref": "#/components/schemas/Invoice"}
    judge = ATLAS_V1.validator({"$ref": "#/components/schemas/Invoice"}, "response")
    leaf = {"id": "2", "orgId": "b", "statusName": "PAID"}
    assert judge.is_valid({**leaf, "linkedInvoices": [{**leaf, "linkedInvoices": [leaf]}]})
    assert not judge.is_valid({**leaf, "linkedInvoices": [{"id": "3"}]})


def test_the_states_of_an_invoice() -> None:
    assert set(SCHEMAS["InvoiceStatus"]["enum"]) == {
        *("PENDING", "CLOSED", "FORGIVEN", "FAILED", "PAID", "FREE", "PREPAID", "INVOICED"),
    }


def test_the_invoice_text_is_ragged() -> None:
    text: str = ATLAS_V1.at("#/components/examples/InvoiceText")["value"]
    head, rest = text.split("\n\n", 1)
    assert [line.count(",") >= 1 for line in head.splitlines()] == [True] * 4
    table, sums = rest.split("\n\n", 1)
    assert table.splitlines()[0].count(",") == 18
    assert all(line.count(",") < 18 for line in sums.splitlines())


def test_the_name_filter_says_that_documents_disagree() -> None:
    parameter = ATLAS_V1.at("#/components/parameters/name")
    assert parameter["x-lockstep-filter"]["match"] == "exact-ignore-case"
    assert "whole name" in parameter["description"]
    assert "start with" in parameter["description"]


def test_the_digest_challenge_has_no_qop() -> None:
    scheme = ATLAS_V1.at("#/components/securitySchemes/DigestAuth")
    assert (scheme["type"], scheme["scheme"]) == ("http", "digest")
    assert scheme["x-lockstep-auth"]["qop"] == []
    assert scheme["x-lockstep-auth"]["owned"] == "organization"
    (challenge,) = ATLAS_V1.at("#/components/headers/WWW-Authenticate")["schema"]["examples"]
    assert "qop" not in challenge


def test_nobody_changes_users_projects_or_invoices() -> None:
    for operation in OPERATIONS.values():
        use = operation["x-lockstep-resource"]
        if use["resource"] in ("user", "project", "invoice"):
            assert use["role"] in ("list", "read")


def test_seeds_give_every_list_enough_to_page_and_to_filter() -> None:
    seeds = list(ATLAS_V1.seeds())
    names = [fields["name"] for kind, fields in seeds if kind == "organization"]
    assert [name for name in names if name.lower() == "org1"] == ["org1", "Org1"]
    assert "org123" in names
    kinds = [kind for kind, _ in seeds]
    assert min(kinds.count(each) for each in ("project", "invitation", "user", "invoice")) >= 2

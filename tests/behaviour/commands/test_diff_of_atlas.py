"""What is said of the first version of Atlas against the second: every row that a detector owes.

A row is what a reader of both APIs' documentation would write down, operation by operation. Beside
it stands what the report must say, as rule and word, or why the descriptions hold no trace of it.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.behaviour.commands.conftest import ROOT, Lockstep

PREFIX = "/api/atlas/v2"
ORGS, ORG = f"{PREFIX}/orgs", f"{PREFIX}/orgs/{{orgId}}"
USERS, GROUPS, SETTINGS = f"{ORG}/users", f"{ORG}/groups", f"{ORG}/settings"
INVITES, INVITE = f"{ORG}/invites", f"{ORG}/invites/{{invitationId}}"
INVOICES = "/orgs/{ORG-ID}/invoices/"
WHOLE = ("", "")
EVERYWHERE = (
    ("GET", ORGS),
    ("POST", ORGS),
    ("GET", ORG),
    ("PATCH", ORG),
    ("GET", USERS),
    ("GET", GROUPS),
    ("GET", INVITES),
    ("POST", INVITES),
    ("PATCH", INVITES),
    ("GET", INVITE),
    ("PATCH", INVITE),
)
WITH_BODY = tuple(each for each in EVERYWHERE if each[0] in ("POST", "PATCH"))
VERSIONED = "application/vnd.atlas.2023-01-01+json"

Said = tuple[tuple[str, str], str, str]


def everywhere(rule: str, word: str) -> list[Said]:
    return [(operation, rule, word) for operation in EVERYWHERE]


ROWS: dict[str, list[Said]] = {
    "the paths begin otherwise": [(WHOLE, "api-server-path-changed", "/api/atlas/v1.0")],
    "answers are of a versioned media type": [
        *everywhere("response-media-type-removed", "application/json"),
        *everywhere("response-media-type-added", VERSIONED),
    ],
    "bodies are of a versioned media type": [
        (operation, f"request-body-media-type-{how}", "json")
        for operation in WITH_BODY
        for how in ("removed", "added")
    ],
    "a version must be asked for": [(WHOLE, "behaviour-version-added", "2023-01-01")],
    "406 without a version": [(WHOLE, "behaviour-error-changed", "INVALID_VERSION_DATE")],
    "a version can be gone": everywhere("response-non-success-status-added", "410"),
    "a removal without a body can be refused for its version": [
        (("DELETE", ORG), "response-non-success-status-added", "406"),
        (("DELETE", INVITE), "response-non-success-status-added", "406"),
    ],
    "answers tell how many calls are left": everywhere("response-header-added", "RateLimit-"),
    "identifiers have a pattern": [
        (("GET", ORG), "request-parameter-pattern-added", "orgId"),
        (("GET", INVITE), "request-parameter-pattern-added", "invitationId"),
        (("GET", ORGS), "response-property-pattern-added", "/results/items/id"),
    ],
    "parameters of paths are called otherwise": [
        (("GET", ORG), "request-path-parameter-renamed", "ORG-ID"),
        (("GET", INVITE), "request-path-parameter-renamed", "INVITATION-ID"),
    ],
    "GET /orgs: the filter by name keeps more": [
        (("GET", ORGS), "behaviour-filter-changed", "prefix-ignore-case")
    ],
    "GET /orgs: names have limits": [
        (("GET", ORGS), "response-property-min-length-set", "/results/items/name"),
        (("GET", ORGS), "response-property-max-length-set", "/results/items/name"),
        (("GET", ORGS), "response-property-pattern-added", "/results/items/name"),
    ],
    "POST /orgs: an owner and a key in the body": [
        (("POST", ORGS), "new-optional-request-property", "orgOwnerId"),
        (("POST", ORGS), "new-optional-request-property", "apiKey"),
    ],
    "POST /orgs: the answer holds the organization": [
        (("POST", ORGS), "response-required-property-removed", "id"),
        (("POST", ORGS), "response-required-property-removed", "name"),
        (("POST", ORGS), "response-required-property-added", "organization"),
        (("POST", ORGS), "response-optional-property-added", "apiKey"),
        (("POST", ORGS), "response-optional-property-added", "orgOwnerId"),
        (("POST", ORGS), "behaviour-resource-changed", "/organization"),
    ],
    "GET /orgs/{id}: whether it is deleted is always said": [
        (("GET", ORG), "response-property-became-required", "isDeleted")
    ],
    "PATCH /orgs/{id}: the body is the whole organization": [
        (("PATCH", ORG), "request-body-all-of-added", "Organization")
    ],
    "DELETE /orgs/{id}: no pretty": [(("DELETE", ORG), "request-parameter-removed", "pretty")],
    "GET users: parameters of pages are gone, the answer has pages": [
        (("GET", USERS), "request-parameter-removed", "pageNum"),
        (("GET", USERS), "request-parameter-removed", "itemsPerPage"),
        (("GET", USERS), "request-parameter-removed", "includeCount"),
        (("GET", USERS), "behaviour-pagination-changed", "single"),
    ],
    "GET users: more is always there, a password is never": [
        (("GET", USERS), "response-property-became-required", "emailAddress"),
        (("GET", USERS), "response-optional-write-only-property-added", "password"),
    ],
    "GET groups: more is always there": [
        (("GET", GROUPS), "response-property-became-required", "clusterCount")
    ],
    "invitations ask for another role": [
        (operation, "behaviour-access-changed", "ORG_USER_ADMIN")
        for operation in (("GET", INVITE), ("POST", INVITES), ("DELETE", INVITE))
    ],
    "PATCH invites: teams may be named": [
        (("PATCH", INVITES), "new-optional-request-property", "teamIds")
    ],
    "PATCH an invitation: roles may be left out": [
        (("PATCH", INVITE), "request-property-became-optional", "roles")
    ],
    "invoices are elsewhere": [
        (("GET", INVOICES), "api-path-removed-with-deprecation", ""),
        (("GET", f"{INVOICES}{{INVOICE-ID}}/csv"), "api-path-removed-with-deprecation", ""),
        (WHOLE, "behaviour-resource-removed", "invoice"),
    ],
    "settings are new": [
        (("GET", SETTINGS), "endpoint-added", ""),
        (("PATCH", SETTINGS), "endpoint-added", ""),
        (WHOLE, "behaviour-resource-added", "settings"),
    ],
}
NO_TRACE = {
    "errors stay application/json": "nothing changes",
    "headers Deprecation and Sunset": "neither description declares them; a version's answer may",
    "429": "both descriptions say that any operation can be answered so",
    "GET /orgs: what totalCount counts": "prose",
    "POST /orgs: 201": "the first description answers 201 too, as the server does",
    "POST /orgs: called with an API key of a paying organization": "prose; both ask for Digest",
    "PATCH /orgs/{id}: its operationId": "the first description was given the same",
    "DELETE /orgs/{id}: 402, and no 404": "both descriptions list what the server answers",
    "GET invites: a filter by username": "the first version's schema has it too",
    "POST invites: roles and username": "both need them, as the server does, whatever is published",
    "PATCH an invitation: the role": "stays",
    "DELETE an invitation: no body": "neither has one",
}


@pytest.fixture
def told(lockstep: Lockstep) -> list[dict[str, Any]]:
    ended = lockstep("diff", *(ROOT / f"spec/atlas-v{n}.yaml" for n in (1, 2)), "--format=json")
    assert ended.code == 1
    found: list[dict[str, Any]] = json.loads(ended.out)
    return found


def test_every_row_is_told(told: list[dict[str, Any]]) -> None:
    said = [(each["method"], each["path"], each["id"], each["message"]) for each in told]
    missing = [
        (row, operation, rule, word)
        for row, expected in ROWS.items()
        for operation, rule, word in expected
        if not any(each[:3] == (*operation, rule) and word in each[3] for each in said)
    ]
    assert missing == []


def test_what_leaves_no_trace_says_why() -> None:
    assert all(NO_TRACE.values())
    assert not NO_TRACE.keys() & ROWS.keys()


def test_errors_keep_their_media_type(told: list[dict[str, Any]]) -> None:
    removed = [each for each in told if each["id"] == "response-media-type-removed"]
    assert not [
        each for each in removed if " of 4" in each["message"] or " of 5" in each["message"]
    ]


def test_every_breaking_row_has_its_proof(told: list[dict[str, Any]]) -> None:
    proofs = {each["proof"] for each in told if each["level"] == "breaking"}
    assert proofs <= {"witness", "stated"}

"""The overlay adds behaviours to the published Atlas description, which stays as it is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.api import Api, build
from generator.diagnostics import Diagnostics
from generator.document import load
from tests.unit.spec.descriptions import SPEC

OVERLAY = SPEC / "overlays" / "atlas-published.yaml"
PUBLISHED = SPEC.parents[1] / "shared" / "corpus" / "real" / "atlas-admin-v2.yaml"
USES = {
    "listOrgs": ("list", "organization"),
    "createOrg": ("create", "organization"),
    "getOrg": ("read", "organization"),
    "updateOrg": ("update", "organization"),
    "deleteOrg": ("delete", "organization"),
    "getOrgSettings": ("read", "settings"),
    "updateOrgSettings": ("update", "settings"),
    "listOrgInvites": ("list", "invitation"),
    "createOrgInvite": ("create", "invitation"),
    "updateOrgInvites": ("update", "invitation"),
    "getOrgInvite": ("read", "invitation"),
    "updateOrgInviteById": ("update", "invitation"),
    "deleteOrgInvite": ("delete", "invitation"),
    "getOrgGroups": ("list", "project"),
    "listOrgUsers": ("list", "user"),
}
PAGED = {"listOrgs", "getOrgGroups", "listOrgUsers"}
MEMBERS = {"listOrgs", "getOrg", "getOrgSettings", "getOrgGroups", "listOrgUsers"}


def _read(overlays: list[str], diagnostics: Diagnostics) -> Api:
    resolved = load(
        str(PUBLISHED),
        diagnostics,
        overlays=overlays,
        reader=lambda name: Path(name).read_bytes(),
    )
    assert resolved is not None
    api = build(resolved, diagnostics)
    assert api is not None
    return api


@pytest.fixture(scope="module")
def api() -> Api:
    """The published description under the overlay, which is without fault of its own."""
    if not PUBLISHED.exists():
        pytest.skip(f"{PUBLISHED} is not here")
    diagnostics = Diagnostics()
    read = _read([str(OVERLAY)], diagnostics)
    assert [str(each) for each in diagnostics if each.code != "invalid-example"] == []
    return read


def test_the_overlay_is_version_1_0_and_says_nothing_but_extensions() -> None:
    document: dict[str, Any] = yaml.safe_load(OVERLAY.read_text("utf-8"))
    assert document["overlay"] == "1.0.0"
    for action in document["actions"]:
        assert set(action) <= {"target", "description", "update"}
        assert all(key.startswith("x-lockstep-") for key in action["update"])


def test_the_operations_of_organizations_know_their_resources(api: Api) -> None:
    uses = {each.id: each.behaviours.resource for each in api.operations}
    assert {name: (use.role, use.resource) for name, use in uses.items() if use} == USES


@pytest.mark.parametrize("name", USES)
def test_an_operation_has_its_role_and_its_pages(api: Api, name: str) -> None:
    operation = api.operation(name)
    assert operation is not None
    access, pages = operation.behaviours.access, operation.behaviours.pagination
    assert access is not None
    assert access.roles == (["ORG_MEMBER"] if name in MEMBERS else ["ORG_OWNER"])
    assert (pages is not None) is (name in PAGED)


def test_filters_stand_on_the_parameters(api: Api) -> None:
    found = {
        f"{operation.id} {parameter.name}": parameter.behaviours.filter.match
        for operation in api.operations
        for parameter in operation.parameters
        if parameter.behaviours.filter
    }
    assert found == {
        "listOrgs name": "prefix-ignore-case",
        "getOrgGroups name": "prefix-ignore-case",
        "listOrgInvites username": "exact",
        "listOrgUsers username": "exact",
        "listOrgUsers orgMembershipStatus": "exact",
        "listOrgUsers orgMembershipStatuses": "exact",
    }


def test_an_organization_with_projects_stays(api: Api) -> None:
    guarded = {each.id: each.behaviours.guards for each in api.operations if each.behaviours.guards}
    assert {name: guards[0].code for name, guards in guarded.items()} == {
        "deleteOrg": "ORG_NOT_EMPTY"
    }


def test_both_ways_to_sign_in_know_the_same_callers(api: Api) -> None:
    digest, account = (api.behaviours.auth[name] for name in ("DigestAuth", "ServiceAccounts"))
    assert [each.name for each in digest.principals] == ["owner", "member", "stranger"]
    assert (account.principals, account.owned) == (digest.principals, "organization")


def test_every_version_that_the_document_names_is_known(api: Api) -> None:
    version = api.behaviours.version
    assert version is not None
    before, after = version.template.split("{version}")
    named = {
        content.media_type.removeprefix(before).removesuffix(after)
        for operation in api.operations
        for response in operation.responses
        for content in response.content
        if content.media_type.startswith(before) and content.media_type.endswith(after)
    }
    assert {each for each in named if each[:1] == "2"} <= set(version.known)

"""The mock of the committed description does what its text says, state included."""

from __future__ import annotations

from typing import Any

import pytest

from generator.api.exchange import Headers, Response
from tests.behaviour.mock.atlas import ASKING, EMPTY_ORG, ORG, ORGS, UNKNOWN_ORG, VERSIONED
from tests.unit.mock.shop import Caller, value


def ask(
    call: Caller, method: str, target: str, body: object = None, headers: Headers = ASKING
) -> Response:
    return call(method, target, body, headers=headers)


def code(response: Response) -> tuple[int, str]:
    """Status and error code, which must agree."""
    body = value(response)
    assert body["error"] == response.status
    assert response.header("content-type") == "application/json"
    return response.status, body["errorCode"]


def names(response: Response) -> list[str]:
    return [each["name"] for each in value(response)["results"]]


def test_an_organization_lives_from_its_creation_to_its_removal(call: Caller) -> None:
    made = ask(call, "POST", ORGS, {"name": "acme-labs"})
    assert made.status == 201
    assert made.header("content-type") == VERSIONED
    shown = value(made)["organization"]
    own = f"{ORGS}/{shown['id']}"
    assert value(ask(call, "GET", own)) == shown
    assert value(ask(call, "GET", f"{own}/settings"))["multiFactorAuthRequired"] is False
    assert value(ask(call, "PATCH", own, {"name": "acme-research"}))["name"] == "acme-research"
    assert "acme-research" in names(ask(call, "GET", ORGS))
    gone = ask(call, "DELETE", own)
    assert (gone.status, gone.body) == (204, b"")
    for path in (own, f"{own}/settings", f"{own}/invites", f"{own}/groups"):
        assert code(ask(call, "GET", path)) == (404, "ORG_NOT_FOUND")


def test_an_api_key_is_made_with_an_organization_and_not_shown_again(call: Caller) -> None:
    wish = {"name": "acme-labs", "apiKey": {"desc": "first", "roles": ["ORG_OWNER"]}}
    made = value(ask(call, "POST", ORGS, wish))
    assert made["apiKey"]["desc"] == "first"
    assert made["apiKey"]["privateKey"]
    assert "apiKey" not in value(ask(call, "GET", f"{ORGS}/{made['organization']['id']}"))


def test_an_organization_with_projects_stays(call: Caller) -> None:
    before = call.state
    assert code(ask(call, "DELETE", ORG)) == (409, "ORG_NOT_EMPTY")
    assert call.state is before
    assert ask(call, "DELETE", EMPTY_ORG).status == 204


def test_names_are_filtered_by_prefix_whatever_their_case(call: Caller) -> None:
    assert sorted(names(ask(call, "GET", f"{ORGS}?name=org1"))) == ["Org1", "org1", "org123"]
    assert names(ask(call, "GET", f"{ORGS}?name=nobody")) == []


def test_pages_concatenate_and_their_links_lead_on(call: Caller) -> None:
    whole = names(ask(call, "GET", ORGS))
    target, found = f"{ORGS}?itemsPerPage=2", list[str]()
    for _ in range(10):
        page = ask(call, "GET", target)
        found += names(page)
        links = {each["rel"]: each["href"] for each in value(page)["links"]}
        assert links["self"] == f"http://mock.test{target}"
        if "next" not in links:
            break
        target = links["next"].removeprefix("http://mock.test")
    assert found == whole
    assert value(ask(call, "GET", ORGS))["totalCount"] == len(whole)
    assert "totalCount" not in value(ask(call, "GET", f"{ORGS}?includeCount=false"))
    assert names(ask(call, "GET", f"{ORGS}?pageNum=99")) == []


def test_settings_keep_what_was_not_sent_and_null_clears(call: Caller) -> None:
    before = value(ask(call, "GET", f"{ORG}/settings"))
    changed = value(ask(call, "PATCH", f"{ORG}/settings", {"apiAccessListRequired": True}))
    assert changed == {**before, "apiAccessListRequired": True}
    cleared = value(ask(call, "PATCH", f"{ORG}/settings", {"operationsContact": None}))
    assert cleared["operationsContact"] is None


def test_an_invitation_is_reached_by_id_and_by_username(call: Caller) -> None:
    invites = f"{ORG}/invites"
    wish: dict[str, Any] = {"username": "eve@example.com", "roles": ["ORG_MEMBER"]}
    made = ask(call, "POST", invites, wish)
    assert made.status == 200
    own = f"{invites}/{value(made)['id']}"
    changed = value(ask(call, "PATCH", invites, {**wish, "roles": ["ORG_OWNER"]}))
    assert changed["roles"] == ["ORG_OWNER"]
    assert value(ask(call, "GET", own)) == changed
    again = value(ask(call, "PATCH", own, {"roles": ["ORG_READ_ONLY"]}))
    assert value(ask(call, "GET", f"{invites}?username=eve%40example.com")) == [again]
    assert ask(call, "DELETE", own).status == 204
    assert code(ask(call, "GET", own)) == (404, "INVALID_INVITATION_ID")
    assert code(ask(call, "PATCH", invites, wish)) == (404, "INVALID_INVITATION_ID")


def test_an_invitation_takes_from_its_organization(call: Caller) -> None:
    wish = {"username": "eve@example.com", "roles": ["ORG_MEMBER"]}
    made = value(ask(call, "POST", f"{ORG}/invites", wish))
    assert (made["orgId"], made["orgName"]) == (ORG.rpartition("/")[2], "org1")
    assert made["createdAt"] < made["expiresAt"]


def test_users_are_shown_without_their_passwords(call: Caller) -> None:
    users = value(ask(call, "GET", f"{ORG}/users"))["results"]
    assert users
    assert not any("password" in each for each in users)


def test_the_envelope_says_the_same(call: Caller) -> None:
    plain = value(ask(call, "GET", ORG))
    assert value(ask(call, "GET", f"{ORG}?envelope=true")) == {"status": 200, "content": plain}
    invites = value(ask(call, "GET", f"{ORG}/invites"))
    wrapped = value(ask(call, "GET", f"{ORG}/invites?envelope=true"))
    assert wrapped == {"status": 200, "content": invites}
    page = value(ask(call, "GET", f"{ORGS}?envelope=true"))
    assert page["status"] == 200
    assert page["results"] == value(ask(call, "GET", ORGS))["results"]
    assert ask(call, "DELETE", f"{EMPTY_ORG}?envelope=true").body == b""


def test_pretty_changes_the_writing_alone(call: Caller) -> None:
    plain, pretty = ask(call, "GET", ORG), ask(call, "GET", f"{ORG}?pretty=true")
    assert b"\n" in pretty.body
    assert value(plain) == value(pretty)


@pytest.mark.parametrize(
    ("accept", "status"),
    [
        (VERSIONED, 200),
        ("application/vnd.atlas.2023-02-01+json", 200),
        (f"application/json, {VERSIONED};q=0.1", 200),
        ("*/*", 200),
        (None, 200),
        ("application/json", 406),
        ("application/vnd.atlas.1999-01-01+json", 406),
        ("text/html", 406),
        (f"{VERSIONED};q=0", 406),
    ],
)
@pytest.mark.parametrize(("method", "target"), [("GET", ORG), ("DELETE", EMPTY_ORG)])
def test_the_version_is_negotiated(
    call: Caller, method: str, target: str, accept: str | None, status: int
) -> None:
    headers = (("Accept", accept),) if accept is not None else ()
    answer = ask(call, method, target, headers=headers)
    if status == 406:
        assert code(answer) == (406, "INVALID_VERSION_DATE")
    else:
        assert answer.status == (200 if method == "GET" else 204)


@pytest.mark.parametrize(
    ("method", "target", "body", "expected"),
    [
        ("GET", f"{ORGS}/xyz", None, (400, "INVALID_PATH_PARAMETER")),
        ("GET", UNKNOWN_ORG, None, (404, "ORG_NOT_FOUND")),
        ("GET", f"{UNKNOWN_ORG}/invites", None, (404, "ORG_NOT_FOUND")),
        ("GET", f"{UNKNOWN_ORG}/settings", None, (404, "ORG_NOT_FOUND")),
        ("GET", f"{ORGS}?itemsPerPage=501", None, (400, "INVALID_QUERY_PARAMETER")),
        ("GET", f"{ORGS}?pageNum=0", None, (400, "INVALID_QUERY_PARAMETER")),
        ("GET", f"{ORGS}?what=1", None, (400, "INVALID_QUERY_PARAMETER")),
        ("GET", f"{ORGS}?name=a&name=b", None, (400, "INVALID_QUERY_PARAMETER")),
        ("POST", ORGS, {}, (400, "MISSING_ATTRIBUTE")),
        ("POST", ORGS, {"name": "has space"}, (400, "VALIDATION_ERROR")),
        ("POST", ORGS, {"name": "a", "what": 1}, (400, "INVALID_ATTRIBUTE")),
        ("PATCH", ORG, {"name": "a", "id": "b"}, (400, "ATTRIBUTE_READ_ONLY")),
        ("POST", ORGS, b'{"name":"a","name":"b"}', (400, "MALFORMED_JSON")),
        ("POST", ORGS, b"\xff", (400, "MALFORMED_JSON")),
        ("POST", ORGS, None, (400, "INVALID_JSON")),
        ("GET", "/api/atlas/v2/nothing", None, (404, "RESOURCE_NOT_FOUND")),
        ("PUT", ORG, None, (405, "METHOD_NOT_ALLOWED")),
    ],
)
def test_faults_have_their_codes_and_change_nothing(
    call: Caller, method: str, target: str, body: object, expected: tuple[int, str]
) -> None:
    before = call.state
    assert code(ask(call, method, target, body)) == expected
    assert call.state is before


def test_plain_json_is_taken_and_other_types_are_not(call: Caller) -> None:
    plain = (("Accept", VERSIONED), ("Content-Type", "application/json"))
    assert ask(call, "POST", ORGS, {"name": "a"}, plain).status == 201
    other = (("Accept", VERSIONED), ("Content-Type", "application/xml"))
    assert code(ask(call, "POST", ORGS, {"name": "a"}, other)) == (415, "UNSUPPORTED_MEDIA_TYPE")


def test_head_is_get_without_its_body(call: Caller) -> None:
    got, head = ask(call, "GET", ORG), ask(call, "HEAD", ORG)
    assert (head.status, head.body) == (200, b"")
    assert head.header("content-length") == str(len(got.body))


def test_credentials_come_before_everything_they_protect(closed: Caller) -> None:
    for target in (ORG, UNKNOWN_ORG, f"{ORGS}/xyz", f"{ORGS}?what=1"):
        assert code(ask(closed, "GET", target)) == (401, "USER_UNAUTHORIZED")


def test_the_seeds_fit_their_own_schemas(call: Caller) -> None:
    kinds = {path[0] for path in call.state.tables}
    assert kinds == {"organization", "settings", "invitation", "project", "user"}

"""The mock of the Concord description does what its text says: one upsert, errors of four forms."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest

from generator.api import Api, build
from generator.api.exchange import Headers, Principal, Request, Response
from generator.diagnostics import Diagnostics
from generator.document import load
from generator.mock import MockModel, model_for, principals_for
from tests.unit.mock.shop import Caller, value

SPEC = Path(__file__).parents[3] / "spec" / "concord.yaml"
ORG = "/api/v1/org"
VALIDATION = "application/vnd.concord-validation-errors-v1+json"
ACME = "1f8b5f0e-2f0c-4c8e-9c55-6d1f0f2f7a02"
UNKNOWN = "1f8b5f0e-2f0c-4c8e-9c55-6d1f0f2f7aff"


@pytest.fixture(scope="module", name="concord")
def _concord() -> Api:
    diagnostics = Diagnostics()
    resolved = load(str(SPEC), diagnostics, reader=lambda name: Path(name).read_bytes())
    api = build(resolved, diagnostics) if resolved is not None else None
    assert api is not None, list(diagnostics)
    return api


@pytest.fixture(scope="module", name="compiled")
def _compiled(concord: Api) -> MockModel:
    return model_for(concord)


@pytest.fixture(name="call")
def _call(compiled: MockModel) -> Caller:
    return Caller(compiled)


@pytest.fixture(scope="module", name="people")
def _people(concord: Api) -> dict[str, Principal]:
    return {each.name: each for each in principals_for(concord, 0)}


@pytest.fixture(name="closed")
def _closed(compiled: MockModel, people: dict[str, Principal]) -> Caller:
    return Caller(compiled, tuple(people.values()))


def key(who: Principal) -> Headers:
    return (("Authorization", who.secret),)


def basic(user: str, secret: str) -> Headers:
    return (("Authorization", "Basic " + base64.b64encode(f"{user}:{secret}".encode()).decode()),)


def names(response: Response) -> list[str]:
    return [each["name"] for each in value(response)]


def kinds(call: Caller, *headers: tuple[str, str]) -> tuple[int, str | None, bytes]:
    """Status, Content-Type and body of a write against the rule for names."""
    refused = call("POST", ORG, {"name": "new name"}, headers=headers)
    return refused.status, refused.header("content-type"), refused.body


def test_one_call_creates_changes_and_renames(call: Caller) -> None:
    made = value(call("POST", ORG, {"name": "fresh", "meta": {"a": 1, "b": 2}}))
    assert (made["ok"], made["result"]) == (True, "CREATED")
    changed = value(call("POST", ORG, {"name": "fresh", "meta": {"c": 3}, "visibility": None}))
    assert changed == {"ok": True, "result": "UPDATED", "id": made["id"]}
    assert value(call("GET", f"{ORG}/fresh"))["meta"] == {"c": 3}
    assert value(call("GET", f"{ORG}/fresh"))["visibility"] == "PUBLIC"
    renamed = value(call("POST", ORG, {"id": made["id"], "name": "fresher"}))
    assert renamed["result"] == "UPDATED"
    assert call("GET", f"{ORG}/fresh").status == 204
    assert value(call("GET", f"{ORG}/fresher"))["id"] == made["id"]


def test_a_key_must_exist_and_cannot_be_chosen(call: Caller) -> None:
    before = call.state
    refused = call("POST", ORG, {"id": UNKNOWN, "name": "chosen"})
    assert (refused.status, refused.header("content-type")) == (400, VALIDATION)
    assert UNKNOWN in value(refused)[0]["message"]
    assert call.state is before


def test_a_taken_name_is_refused_and_the_failure_of_servers_can_be_had(call: Caller) -> None:
    wish = {"id": ACME, "name": "Default"}
    refused = call("POST", ORG, wish)
    assert (refused.status, refused.header("content-type")) == (400, VALIDATION)
    assert "Default" in value(refused)[0]["message"]
    failed = call("POST", ORG, wish, headers=(("Prefer", "code=500"),))
    assert (failed.status, failed.header("content-type")) == (500, "text/plain")


def test_a_server_that_fails_where_it_should_refuse_is_known(compiled: MockModel) -> None:
    def crash(wish: object) -> int | None:
        body = json.dumps(wish).encode()
        headers = (("Content-Type", "application/json"),)
        return compiled.step(compiled.start(0), Request("POST", ORG, headers, body))[2].crash

    assert crash({"id": ACME, "name": "Default"}) == 500
    assert crash({"name": "acme", "owner": {"username": "nobody"}}) == 500
    assert crash({"id": UNKNOWN, "name": "chosen"}) is None


def test_unknown_and_null_fields_count_as_not_sent(call: Caller) -> None:
    assert call("POST", ORG, {"name": "tolerant", "what": 1, "cfg": None}).status == 200
    assert set(value(call("GET", f"{ORG}/tolerant"))) <= {"id", "name", "owner", "visibility"}


def test_a_name_that_nobody_has_is_no_content(call: Caller) -> None:
    nothing = call("GET", f"{ORG}/nowhere")
    assert (nothing.status, nothing.body, nothing.header("content-type")) == (204, b"", None)


def test_validation_errors_come_only_to_who_accepts_them(call: Caller) -> None:
    for accept in (VALIDATION, f"application/json, {VALIDATION};q=0.5", "*/*"):
        headers = (("Accept", f"application/json, {accept}"),)
        status, content_type, body = kinds(call, *headers)
        assert (status, content_type) == (400, VALIDATION)
        assert body.startswith(b'[{"id":"')
    assert kinds(call, ("Accept", "application/json")) == (400, None, b"")


@pytest.mark.parametrize(
    ("method", "target", "body", "expected"),
    [
        ("GET", f"{ORG}?limit=much", None, (404, None)),
        ("GET", f"{ORG}?offset=2147483648", None, (404, None)),
        ("GET", "/api/v1/nothing", None, (404, None)),
        ("PUT", ORG, None, (405, None)),
        ("POST", ORG, None, (400, "text/plain")),
        ("POST", ORG, b"{", (400, "text/plain")),
        ("POST", ORG, {}, (400, VALIDATION)),
        ("DELETE", f"{ORG}/acme", None, (400, "text/plain")),
        ("DELETE", f"{ORG}/acme?confirmation=no", None, (400, "text/plain")),
        ("DELETE", f"{ORG}/nowhere?confirmation=yes", None, (400, VALIDATION)),
    ],
)
def test_faults_have_their_forms(
    call: Caller, method: str, target: str, body: object, expected: tuple[int, str | None]
) -> None:
    before = call.state
    refused = call(method, target, body)
    assert (refused.status, refused.header("content-type")) == expected
    assert bool(refused.body) == (expected[1] is not None)
    assert call.state is before


def test_a_removal_is_confirmed_in_any_case_and_says_what_it_did(call: Caller) -> None:
    done = call("DELETE", f"{ORG}/acme?confirmation=YeS")
    assert (done.status, value(done)) == (200, {"ok": True, "result": "DELETED"})
    assert call("GET", f"{ORG}/acme").status == 204


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Default", "acme", "acme-secret", "hidden_of_bo", "my~org.dev"]),
        ("?limit=0", ["Default", "acme", "acme-secret", "hidden_of_bo", "my~org.dev"]),
        ("?limit=-1&offset=-3", ["Default", "acme", "acme-secret", "hidden_of_bo", "my~org.dev"]),
        ("?limit=2", ["Default", "acme"]),
        ("?limit=2&offset=4", ["my~org.dev"]),
        ("?offset=9", []),
        ("?filter=ACME", ["acme", "acme-secret"]),
    ],
)
def test_lists_are_cut_and_filtered(call: Caller, query: str, expected: list[str]) -> None:
    assert names(call("GET", ORG + query)) == expected


@pytest.mark.parametrize(
    ("who", "query", "expected"),
    [
        ("admin", "?onlyCurrent=true", 5),
        ("reader", "?onlyCurrent=true", 5),
        ("ada", "", 4),
        ("ada", "?onlyCurrent=true", 2),
        ("creator", "", 3),
        ("creator", "?onlyCurrent=true", 0),
    ],
)
def test_a_list_shows_what_its_caller_may_see(
    closed: Caller, people: dict[str, Principal], who: str, query: str, expected: int
) -> None:
    assert len(names(closed("GET", ORG + query, headers=key(people[who])))) == expected


def test_every_form_of_credentials_is_taken(closed: Caller, people: dict[str, Principal]) -> None:
    ada = people["ada"]
    for headers in (
        key(ada),
        (("Authorization", f"Bearer {ada.secret}"),),
        (("authorization", f"bearer {ada.secret}"),),
        basic(ada.user, ada.secret),
        (("X-Concord-SessionToken", ada.secret),),
        basic(ada.secret, ""),
    ):
        assert len(names(closed("GET", ORG, headers=headers))) == 4


def test_wrong_credentials_of_every_form_are_refused(
    closed: Caller, people: dict[str, Principal]
) -> None:
    ada, bo = people["ada"], people["bo"]
    wrong: tuple[Headers, ...] = (
        (),
        (("Authorization", ""),),
        (("Authorization", "wrong"),),
        (("Authorization", ada.secret + "x"),),
        (("Authorization", f"Bearer {ada.secret}x"),),
        (("Authorization", f"Digest {ada.secret}"),),
        (("Authorization", "Basic %%%"),),
        basic(ada.user, bo.secret),
        basic("nobody", ada.secret),
        basic(ada.user, ""),
        basic("", ""),
        basic("", ada.secret),
    )
    for headers in wrong:
        before = closed.state
        refused = closed("GET", ORG, headers=headers)
        assert (refused.status, refused.body) == (401, b"")
        assert refused.header("content-type") == "application/json"
        assert refused.header("www-authenticate") == "ConcordApiToken, Basic"
        assert closed.state is before


@pytest.mark.parametrize(
    ("who", "body", "status"),
    [
        ("creator", {"name": "made"}, 200),
        ("creator", {"name": "acme", "visibility": "PRIVATE"}, 403),
        ("ada", {"name": "made"}, 403),
        ("ada", {"name": "acme", "visibility": "PRIVATE"}, 200),
        ("ada", {"id": ACME, "name": "acme-labs"}, 200),
        ("bo", {"name": "acme", "visibility": "PRIVATE"}, 403),
        ("bo", {"id": ACME, "name": "acme-labs"}, 403),
        ("admin", {"name": "acme", "visibility": "PRIVATE"}, 200),
        ("admin", {"name": "made"}, 200),
    ],
)
def test_who_may_write(
    closed: Caller, people: dict[str, Principal], who: str, body: Any, status: int
) -> None:
    before = closed.state
    answer = closed("POST", ORG, body, headers=key(people[who]))
    assert answer.status == status
    if status == 403:
        assert answer.header("content-type") == "text/plain"
        assert closed.state is before


def test_confirmation_is_asked_for_before_the_role(
    closed: Caller, people: dict[str, Principal]
) -> None:
    headers = key(people["ada"])
    assert closed("DELETE", f"{ORG}/acme", headers=headers).status == 400
    assert closed("DELETE", f"{ORG}/acme?confirmation=yes", headers=headers).status == 403
    assert closed("DELETE", f"{ORG}/acme").status == 401
    assert (
        closed("DELETE", f"{ORG}/acme?confirmation=yes", headers=key(people["admin"])).status == 200
    )


def test_who_creates_owns(closed: Caller, people: dict[str, Principal]) -> None:
    headers = key(people["creator"])
    closed("POST", ORG, {"name": "mine", "visibility": "PRIVATE"}, headers=headers)
    mine = value(closed("GET", f"{ORG}/mine", headers=headers))
    assert mine["owner"] == {"username": people["creator"].user, "userType": "LOCAL"}
    assert closed("POST", ORG, {"name": "mine", "meta": {}}, headers=headers).status == 200
    assert names(closed("GET", f"{ORG}?onlyCurrent=true", headers=headers)) == ["mine"]


def test_an_owner_may_be_named_and_gets_it(closed: Caller, people: dict[str, Principal]) -> None:
    ada, bo, admin = people["ada"], people["bo"], people["admin"]
    own = "?onlyCurrent=true"
    given = {"name": "acme", "owner": {"username": bo.user}}
    assert closed("POST", ORG, given, headers=key(ada)).status == 200
    assert value(closed("GET", f"{ORG}/acme", headers=key(ada)))["owner"] == {"username": bo.user}
    assert "acme" in names(closed("GET", ORG + own, headers=key(bo)))
    assert "acme" not in names(closed("GET", ORG + own, headers=key(ada)))
    assert closed("POST", ORG, {"name": "acme", "meta": {}}, headers=key(ada)).status == 403
    assert closed("POST", ORG, {"name": "acme", "meta": {}}, headers=key(bo)).status == 200
    made = {"name": "for-ada", "owner": {"username": ada.user}, "visibility": "PRIVATE"}
    assert closed("POST", ORG, made, headers=key(admin)).status == 200
    assert "for-ada" in names(closed("GET", ORG + own, headers=key(ada)))


@pytest.mark.parametrize("owner", [{"username": "nobody"}, {"id": UNKNOWN, "username": "ada"}])
@pytest.mark.parametrize("name", ["acme", "fresh"])
def test_an_owner_whom_nobody_knows_is_refused(call: Caller, name: str, owner: Any) -> None:
    before = call.state
    refused = call("POST", ORG, {"name": name, "owner": owner})
    assert (refused.status, refused.header("content-type")) == (400, VALIDATION)
    assert "There is no user" in value(refused)[0]["message"]
    assert call.state is before


@pytest.mark.parametrize(
    "owner",
    [{"username": "ada"}, {"id": "9a1c2f4e-0f6b-4c52-8a0a-5f2c3b7d1e02"}, {"displayName": "A"}, {}],
)
def test_an_owner_is_known_by_what_is_owned(call: Caller, owner: Any) -> None:
    assert call("POST", ORG, {"name": "fresh", "owner": owner}).status == 200

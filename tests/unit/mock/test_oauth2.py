"""OAuth2 client credentials: tokens are issued, taken, and refused when they are too old."""

from __future__ import annotations

import base64
from dataclasses import replace
from urllib.parse import urlencode

import pytest

from generator.api.exchange import Headers, Response
from generator.mock import principals_for
from tests.described import api_of
from tests.unit.mock.shop import Caller, caller, value

API = """\
components:
  securitySchemes:
    accounts:
      type: oauth2
      flows: {clientCredentials: {tokenUrl: "https://login.example/oauth/token", scopes: {read: x, write: x}}}
      x-lockstep-auth: {tokenSeconds: 30, principals: [{name: one, tenant: a}, {name: two, tenant: b}]}
paths:
  /write: {get: {operationId: write, security: [{accounts: [read, write]}], responses: {"204": {description: x}}}}
  /ping: {get: {operationId: ping, security: [{accounts: []}], responses: {"204": {description: x}}}}
"""
FORM = (("Content-Type", "application/x-www-form-urlencoded"),)
ONE, TWO = principals_for(api_of(API), 0)


@pytest.fixture(name="call")
def _call() -> Caller:
    return caller(API, (ONE, TWO))


def basic(user: str, secret: str) -> Headers:
    return (("Authorization", "Basic " + base64.b64encode(f"{user}:{secret}".encode()).decode()),)


def token(call: Caller, headers: Headers = (), **form: str) -> Response:
    body = urlencode({"grant_type": "client_credentials", **form}).encode()
    return call("POST", "/oauth/token", body, headers=(*FORM, *headers))


def ping(call: Caller, text: str) -> int:
    return call("GET", "/ping", headers=(("Authorization", f"Bearer {text}"),)).status


def test_a_token_lets_in_until_it_is_too_old(call: Caller) -> None:
    issued = token(call, basic(ONE.user, ONE.secret))
    told = value(issued)
    assert (told["token_type"], told["expires_in"], told["scope"]) == ("Bearer", 30, "read write")
    assert issued.header("cache-control") == "no-store"
    assert ping(call, told["access_token"]) == 204
    call.state = replace(call.state, moment=call.state.moment + 29)
    assert ping(call, told["access_token"]) == 204
    call.state = replace(call.state, moment=call.state.moment + 1)
    assert ping(call, told["access_token"]) == 401


def test_the_client_may_stand_in_the_form(call: Caller) -> None:
    told = value(token(call, client_id=TWO.user, client_secret=TWO.secret, scope="read"))
    assert told["scope"] == "read"
    assert ping(call, told["access_token"]) == 204


def test_a_token_is_good_for_its_scopes_only(call: Caller) -> None:
    def write(**form: str) -> Response:
        told: str = value(token(call, basic(ONE.user, ONE.secret), **form))["access_token"]
        return call("GET", "/write", headers=(("Authorization", f"Bearer {told}"),))

    assert write().status == 204
    assert write(scope="write read").status == 204
    refused = write(scope="read")
    assert refused.status == 403
    assert refused.header("www-authenticate") == (
        'Bearer realm="lockstep", error="insufficient_scope", scope="read write"'
    )


def test_a_challenge_says_that_a_token_was_wrong_only_if_there_was_one(call: Caller) -> None:
    plain = call("GET", "/ping").header("www-authenticate")
    assert plain == 'Bearer realm="lockstep"'
    for text in ("Bearer x", f"Bearer {ONE.secret}x"):
        told = call("GET", "/ping", headers=(("Authorization", text),))
        assert told.header("www-authenticate") == f'{plain}, error="invalid_token"'


def test_tokens_differ_and_are_the_same_in_every_process(call: Caller) -> None:
    found = [value(token(call, basic(ONE.user, ONE.secret)))["access_token"] for _ in range(3)]
    assert len(set(found)) == 3
    again = caller(API, (ONE, TWO))
    assert value(token(again, basic(ONE.user, ONE.secret)))["access_token"] == found[0]


@pytest.mark.parametrize(
    ("headers", "form", "status", "code"),
    [
        ((), {}, 401, "invalid_client"),
        (basic(ONE.user, TWO.secret), {}, 401, "invalid_client"),
        ((("Authorization", "Basic %%%"),), {}, 401, "invalid_client"),
        ((("Authorization", "Bearer x"),), {}, 401, "invalid_client"),
        (basic(ONE.user, ONE.secret), {"client_secret": ONE.secret}, 400, "invalid_request"),
        (basic(ONE.user, ONE.secret), {"grant_type": "password"}, 400, "unsupported_grant_type"),
        (basic(ONE.user, ONE.secret), {"scope": "read admin"}, 400, "invalid_scope"),
    ],
)
def test_who_and_what_is_wrong_is_told(
    call: Caller, headers: Headers, form: dict[str, str], status: int, code: str
) -> None:
    before = call.state
    refused = token(call, headers, **form)
    assert (refused.status, value(refused)) == (status, {"error": code})
    assert (refused.header("www-authenticate") is not None) is (status == 401)
    assert call.state is before


@pytest.mark.parametrize("body", [b"", b"\xff", b"grant_type", b"scope=a&scope=b"])
def test_what_is_no_form_is_refused(call: Caller, body: bytes) -> None:
    assert call("POST", "/oauth/token", body, headers=FORM).status == 400
    assert call("POST", "/oauth/token", {"grant_type": "client_credentials"}).status == 400


def test_a_token_cannot_be_made_up(call: Caller) -> None:
    told: str = value(token(call, basic(ONE.user, ONE.secret)))["access_token"]
    text, _, seal = told.partition(".")
    for wrong in (text, f"{text}.", f".{seal}", f"{text}.{seal}0", told.swapcase(), "a.b", "é"):
        assert ping(call, wrong) == 401
    assert call("GET", "/oauth/token").status == 405


def test_an_open_server_issues_to_everybody() -> None:
    call = caller(API)
    assert token(call).status == 200
    assert call("GET", "/ping").status == 204

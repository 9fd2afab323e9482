"""Credentials that are malformed, wrong or expired, and servers that take them or say too much."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, cast

import pytest

from generator.api import Api
from generator.api.exchange import Principal, Request, Response
from generator.contract import Finished, Options, Target, run
from generator.mock import MockApp, app_for, serve
from tests.described import api_of
from tests.mutants.planted import Fault, Planted, Step

ME = Principal("me", "Signed", "user", "s3cret-of-mine")


def secured(scheme: str) -> Api:
    """An API of one list that asks for credentials."""
    return api_of(f"""
        x-lockstep-resources:
          note: {{schema: "#/components/schemas/Note", key: id, fields: {{id: {{opaque: true}}}}}}
        paths:
          /notes:
            get:
              operationId: listNotes
              security: [{{Signed: []}}]
              x-lockstep-resource: {{resource: note, role: list}}
              responses:
                "200":
                  description: All
                  content:
                    application/json:
                      schema: {{type: array, items: {{$ref: "#/components/schemas/Note"}}}}
                "401": {{description: Who?}}
        components:
          securitySchemes: {{Signed: {scheme}}}
          schemas: {{Note: {{type: object, properties: {{id: {{type: string}}}}}}}}
        """)


DIGEST = secured("{type: http, scheme: digest, x-lockstep-auth: {nonceSeconds: 1}}")
KEY = secured("{type: apiKey, in: header, name: X-Key}")
QUERY = secured("{type: apiKey, in: query, name: key}")
COOKIE = secured("{type: apiKey, in: cookie, name: key}")
BEARER = secured("{type: http, scheme: bearer}")


class Clock:
    """Time that goes on when somebody sleeps."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 1_000_000_000.0
        monkeypatch.setattr("generator.contract.auth.time.sleep", self.sleep)

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        """Let the time pass at once."""
        self.now += seconds


@pytest.fixture(name="clock")
def _clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


def titles(api: Api, clock: Clock, fault: Fault | None = None) -> list[str]:
    """What the auth part finds in a mock that knows one caller."""
    right = app_for(api, auth=True, principals=(ME,), clock=clock)
    planted: Any = Planted(right.model, fault) if fault else right.model
    with serve(MockApp(planted, right.state, clock)) as server:
        options = Options(only=("auth",), seed=1)
        last = [*run(api, {}, Target(server.url, (ME,), disposable=True), options)][-1]
    assert isinstance(last, Finished)
    assert last.report.calls > 15
    assert all(ME.secret not in f"{each.curl}{each.actual}" for each in last.report.findings)
    return [each.title for each in last.report.findings]


def challenged(change: Callable[[str], str]) -> Fault:
    """A server whose challenges read otherwise."""

    def fault(step: Step, state: Any, request: Request) -> tuple[Any, Response]:
        after, response = step(state, request)
        headers = tuple(
            (name, change(value) if name.lower() == "www-authenticate" else value)
            for name, value in response.headers
        )
        return after, replace(response, headers=headers)

    return fault


def taking(sign: Callable[[Request], bool]) -> Fault:
    """A server that lets in whoever sends this."""

    def fault(step: Step, state: Any, request: Request) -> tuple[Any, Response]:
        if sign(request):
            body = (("Content-Type", "application/json"),)
            return state, Response(200, body, b"[]")
        return step(state, request)

    return fault


@pytest.mark.parametrize("api", [DIGEST, KEY, QUERY, COOKIE, BEARER], ids=lambda api: api.title)
def test_right_servers_are_not_accused(api: Api, clock: Clock) -> None:
    # For keys no scheme of challenges is registered, so the mock has none to offer.
    assert [each for each in titles(api, clock) if "no challenge" not in each] == []


def test_an_expired_nonce_is_told_to_be_stale(clock: Clock) -> None:
    silent = challenged(lambda told: told.replace("stale=true", "stale=false"))
    assert any("not told that it is stale" in each for each in titles(DIGEST, clock, silent))


def test_a_wrong_secret_is_no_stale_nonce(clock: Clock) -> None:
    always = challenged(lambda told: f"{told}, stale=true")
    assert any("a proof by a wrong secret" in each for each in titles(DIGEST, clock, always))


def test_nonces_that_never_expire_are_told(clock: Clock) -> None:
    began = clock.now

    def frozen() -> float:
        return began

    clock.now = began
    found = titles(DIGEST, cast("Clock", frozen))
    assert found == ["a proof for a nonce that has expired: not refused"]


@pytest.mark.parametrize(
    ("api", "sign", "what"),
    [
        (KEY, lambda sent: sent.header("X-Key") == "lock step", "apiKey of two words"),
        (KEY, lambda sent: sent.header("X-Key") == "", "apiKey that is empty"),
        (KEY, lambda sent: len(sent.header("X-Key") or "") == len(ME.secret), "of the same length"),
        (QUERY, lambda sent: "key=lock%20step" in sent.target, "apiKey of two words"),
        (COOKIE, lambda sent: "key=xxxx" in (sent.header("Cookie") or ""), "of the same length"),
        (BEARER, lambda sent: " e30." in (sent.header("Authorization") or ""), "begins like one"),
        (BEARER, lambda sent: "x" * 99 in (sent.header("Authorization") or ""), "that is long"),
        (
            DIGEST,
            lambda sent: "nc=zz" in (sent.header("Authorization") or ""),
            "count that is none",
        ),
    ],
)
def test_malformed_credentials_that_are_taken_are_told(
    api: Api, sign: Callable[[Request], bool], what: str, clock: Clock
) -> None:
    assert any(what in each for each in titles(api, clock, taking(sign)))

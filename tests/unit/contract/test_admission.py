"""A run that is not let in says so once; one that is let in judges as ever."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from generator.api import Api
from generator.api.exchange import Principal, Request, Response
from generator.compose.twin import MockTwin
from generator.contract import Finished, Options, Target, run
from generator.contract.engine.part import schemathesis
from generator.mock import app_for, serve
from generator.report import Finding
from tests.described import api_of
from tests.mutants.planted import Of
from tests.unit.contract.servers import Answer, serving
from tests.unit.contract.shelf import SHELF

SCHEMES = "components:\n  securitySchemes: {Key: {type: apiKey, in: header, name: X-Key}}\n"
SECURED = SHELF.replace("components:\n", SCHEMES, 1) + "security: [{Key: []}]\n"
API = api_of(SECURED)
OTHER = api_of(SECURED.replace("apiKey, in: header, name: X-Key", "http, scheme: basic"))
OWN = ("smoke", "laws", "negatives", "auth", "lockstep", "schemathesis")


def findings(answer: Answer, principals: tuple[Principal, ...], *parts: str) -> list[Finding]:
    """What a run finds on a server, warnings included."""
    with serving(answer) as url:
        options = Options(only=parts or OWN, seed=1, max_sequences=10, max_examples=1)
        target = Target(url, principals)
        last = list(run(API, _openapi(), target, options, MockTwin(API), schemathesis))[-1]
    assert isinstance(last, Finished)
    return list(last.report.findings)


def _openapi() -> dict[str, Any]:
    return {"openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "paths": {}}


KEY = Principal("me", "Key", "", "wrong")
BASIC = Principal("me", "Other", "me", "right")


@pytest.mark.parametrize("status", [401, 403])
@pytest.mark.parametrize("principals", [(), (BASIC,)], ids=["none", "of another scheme"])
@pytest.mark.parametrize("parts", [OWN, *((part,) for part in OWN)], ids=["all", *OWN])
def test_without_credentials_it_says_so_once(
    principals: tuple[Principal, ...], parts: tuple[str, ...], status: int
) -> None:
    found = findings(lambda request: Response(status), principals, *parts)
    silent = parts in (("auth",), ("schemathesis",))
    assert [each.rule for each in found] == ([] if silent else ["no-credentials"])
    for each in found:
        assert each.message.startswith("The run was not given credentials for Key: 9 of 9 ")
        assert "--auth" in each.message


@pytest.mark.parametrize("parts", [OWN, *((part,) for part in OWN[:-1])], ids=["all", *OWN[:-1]])
def test_credentials_that_are_refused_are_told_once(parts: tuple[str, ...]) -> None:
    app = app_for(API, auth=True)
    found = findings(app.answer, (KEY,), *parts)
    assert [each.rule for each in found] == ["no-credentials"]
    assert found[0].message.startswith("The target refuses the credentials for Key: 9 of 9 ")


def test_few_calls_are_made_in_vain() -> None:
    app, asked = app_for(API, auth=True), list[Request]()

    def answer(request: Request) -> Response:
        asked.append(request)
        return app.answer(request)

    for principals in ((), (KEY,)):
        asked.clear()
        findings(answer, principals)
        assert len(asked) < 60


def test_what_is_open_is_judged_all_the_same() -> None:
    app = app_for(API, auth=True)

    def answer(request: Request) -> Response:
        """Lists of shelves are for everybody, and wrong."""
        if (request.method, request.target.partition("?")[0]) == ("GET", "/shelves"):
            return Response(200, (("Content-Type", "application/json"),), b"[{}]")
        return app.answer(request)

    found = findings(answer, ())
    assert [each.rule for each in found if not each.operation] == ["no-credentials"]
    assert {each.operation for each in found} == {"", "listShelves"}
    assert any(each.rule == "answer-schema" for each in found)


def open_to_all(api: Api) -> tuple[Finding, ...]:
    """What is found on a server that asks nobody, by a run without credentials."""
    with serve(app_for(api)) as server:
        options = Options(only=("smoke", "laws", "negatives", "lockstep"), max_sequences=5)
        last = list(run(api, {}, Target(server.url), options, MockTwin(api)))[-1]
    assert isinstance(last, Finished)
    return last.report.findings


@pytest.mark.parametrize("api", [API, OTHER], ids=["key", "basic"])
def test_a_server_that_asks_nobody_is_judged(api: Api) -> None:
    assert open_to_all(api) == ()


def test_one_operation_that_refuses_everybody_is_a_fault_of_its_own() -> None:
    app = app_for(API, auth=True)
    right = tuple(replace(each) for each in app.principals)

    def answer(request: Request) -> Response:
        refused = Of("PATCH", "/shelves/*/books/*")(request)
        return Response(401) if refused else app.answer(request)

    found = findings(answer, right, "smoke", "negatives")
    assert {each.operation for each in found} == {"updateBook"}
    assert {"unreached", "undocumented-status"} == {each.rule for each in found}

"""The surface of schemathesis's engine that one module uses, held to its minor version."""

from __future__ import annotations

import json
from importlib.metadata import version
from types import SimpleNamespace
from typing import Any

import pytest
import requests
from schemathesis import checks
from schemathesis.core.failures import Failure
from schemathesis.core.transport import Response

from generator.api.exchange import Request
from generator.api.openapi import openapi
from generator.contract import RULES, Finished, Options, Target, run
from generator.contract.engine.part import schemathesis
from generator.contract.engine.verdicts import Verdicts
from generator.diagnostics import Diagnostics
from generator.mock import MockApp, app_for, serve
from generator.report import Report
from tests.described import described, resolved_of
from tests.mutants.planted import Of, gets, plant
from tests.unit.contract.shelf import SHELF, shelf_api

API = shelf_api()
RESOLVED = resolved_of(described(SHELF), Diagnostics())
OPENAPI = openapi(RESOLVED.root) if RESOLVED is not None else {}


def examined(app: MockApp, *, max_time: float | None = None, max_examples: int = 2) -> Report:
    """What schemathesis says of an app."""
    options = Options(
        only=("schemathesis",), max_examples=max_examples, max_steps=3, max_time=max_time
    )
    with serve(app, "127.0.0.1", 0) as server:
        told = list(run(API, OPENAPI, Target(server.url), options, engine=schemathesis))
    last = told[-1]
    assert isinstance(last, Finished)
    return last.report


def shelves(app: MockApp) -> list[Any]:
    """What the app keeps."""
    found: list[Any] = json.loads(app.answer(Request("GET", "/shelves")).body)
    return found


def test_the_minor_version_is_the_one_that_was_read() -> None:
    assert version("schemathesis").startswith("4.32.")


def test_failures_become_findings_and_nothing_foreign_is_deleted() -> None:
    fails = gets(lambda request, _: Of("GET", "/shelves/*")(request), 500)
    app = plant(app_for(API), fails)
    before = shelves(app)
    told = examined(app)
    found = {(each.rule, each.operation) for each in told.findings}
    assert ("not_a_server_error", "getShelf") in found
    assert all(each.part == "schemathesis" for each in told.findings)
    assert all("curl " in each.curl for each in told.findings)
    assert told.calls > 20
    assert shelves(app) == before


def test_without_time_nothing_is_sent() -> None:
    assert examined(app_for(API), max_time=0).calls == 0


def test_the_time_is_kept() -> None:
    # Without a limit so many examples would take hours.
    told = examined(app_for(API), max_time=0.5, max_examples=1_000_000)
    assert 0 < told.parts[0].seconds < 600


def test_every_check_of_the_engine_can_be_explained() -> None:
    checks.load_all_checks()
    assert {check.__name__ for check in checks.CHECKS.get_all()} <= set(RULES)


@pytest.mark.parametrize(
    ("name", "value", "stands"),
    [
        ("X-Lockstep", "a\x01b", False),
        ("X-Lockstep", "a\x7f", False),
        ("X(Lockstep", "a", False),
        ("X Lockstep", "a", False),
        ("X-Lockstep", "a b", True),
    ],
)
def test_what_is_no_http_is_refused_below_the_api(name: str, value: str, stands: bool) -> None:
    with serve(app_for(API), "127.0.0.1", 0) as server:
        got = requests.get(f"{server.url}/shelves", headers={name: value}, timeout=60)
    assert (got.status_code == 400) is not stands
    got.status_code = 400
    verdicts = Verdicts(API)
    failure = Failure(operation="GET /shelves", title="wrong", message="")
    answer = Response.from_requests(got, verify=True)
    asked: Any = SimpleNamespace(operation=SimpleNamespace(label="GET /shelves"))
    assert verdicts.stands(None, failure, asked, answer) is stands

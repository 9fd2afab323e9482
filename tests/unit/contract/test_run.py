"""A whole run: events, clean-up, limits, and what it does when something is missing."""

from __future__ import annotations

import json
import socket
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from generator.api.exchange import Request, Response
from generator.contract import (
    Called,
    Event,
    Finished,
    Found,
    NotJudged,
    Options,
    PartFinished,
    PartStarted,
    Target,
    run,
)
from generator.contract.session import Session
from generator.contract.world import Unreachable
from generator.mock import MockApp, app_for, serve
from generator.report import Report
from tests.described import api_of
from tests.mutants.planted import Fault, Of, Step, asks, gets, not_stored, plant
from tests.unit.contract.servers import Interrupted, serving
from tests.unit.contract.shelf import SHELF, shelf_api

ROOT = Path(__file__).resolve().parents[3]
API = shelf_api()
QUICK = Options(only=("smoke", "laws"))


def events(app: MockApp, options: Options = QUICK, api: Any = API) -> list[Event]:
    """Everything that a run tells of an app."""
    with serve(app, "127.0.0.1", 0) as server:
        return list(run(api, {}, Target(server.url), options))


def report(app: MockApp, options: Options = QUICK, api: Any = API) -> Report:
    """The report of a run."""
    last = events(app, options, api)[-1]
    assert isinstance(last, Finished)
    assert last.down == ""
    return last.report


def shelves(app: MockApp) -> list[Any]:
    """What the app keeps."""
    found: list[Any] = json.loads(app.answer(Request("GET", "/shelves")).body)
    return found


@pytest.mark.parametrize("style", ["offset", "page-number", "cursor", "link"])
def test_a_right_server_has_no_finding_and_keeps_only_its_own(style: str) -> None:
    api = shelf_api(style)
    app = app_for(api)
    before = shelves(app)
    told = report(app, api=api)
    assert told.findings == ()
    assert all(row.reached for row in told.outcomes)
    assert shelves(app) == before


def test_events_come_in_order() -> None:
    told = events(app_for(API))
    parts = [each.part for each in told if isinstance(each, PartStarted)]
    assert parts == ["smoke", "laws"]
    finished = [each.result for each in told if isinstance(each, PartFinished)]
    calls = [each.call for each in told if isinstance(each, Called)]
    assert [each.part for each in calls][:1] == ["smoke"]
    assert sum(each.calls for each in finished) <= len(calls)
    assert isinstance(told[-1], Finished)


BOOK = "/shelves/*/books/*"
FAULTS: list[tuple[str, Fault, str]] = [
    ("confirm", asks(Of("DELETE", BOOK), lambda each: _sure(each)), "offset"),
    ("pages-concatenate", asks(Of("GET", "/shelves/*/books", "at=2"), lambda e: _at(e)), "offset"),
    ("gone-after-delete", not_stored(Of("DELETE", BOOK)), "cursor"),
    ("read-your-writes", not_stored(Of("PATCH", BOOK)), "link"),
    ("guard", gets(lambda _, response: response.status == 409, 204), "cursor"),
]


def _sure(request: Request) -> Request:
    return Request(request.method, request.target.replace("lockstep-no", "yes"), request.headers)


def _at(request: Request) -> Request:
    return Request(request.method, request.target.replace("at=2", "at=3"), request.headers)


@pytest.mark.parametrize(("law", "fault", "style"), FAULTS, ids=[each[0] for each in FAULTS])
def test_a_fault_is_found_on_every_style(law: str, fault: Fault, style: str) -> None:
    api = shelf_api(style)
    told = report(plant(app_for(api), fault), api=api)
    found = [each for each in told.findings if each.rule == law]
    assert found
    assert "curl " in found[0].curl
    assert found[0].calls
    assert found[0].where is not None


def test_what_is_never_reached_fails_and_says_why() -> None:
    broken = gets(lambda request, _: Of("PATCH", BOOK)(request), 500)
    told = report(plant(app_for(API), broken), Options(only=("smoke",)))
    unreached = [each for each in told.findings if each.rule == "unreached"]
    assert [each.operation for each in unreached] == ["updateBook"]
    assert "500" in unreached[0].message
    assert told.failed


def test_a_server_that_creates_nothing_is_adopted() -> None:
    def closed(step: Step, state: Any, request: Request) -> tuple[Any, Response]:
        return (state, Response(503)) if request.method == "POST" else step(state, request)

    app = plant(app_for(API), closed)
    before = shelves(app)
    told = report(app, Options(only=("smoke",)))
    missed = {each.operation for each in told.findings}
    assert missed == {"createShelf", "createBook", "deleteShelf", "deleteBook"}
    assert shelves(app) == before


def test_an_operation_that_hangs_up_does_not_end_the_run() -> None:
    app = app_for(API)

    def answer(request: Request) -> Response | None:
        return None if request.method == "PATCH" else app.answer(request)

    with serving(answer) as url:
        last = list(run(API, {}, Target(url), QUICK))[-1]
    assert isinstance(last, Finished)
    assert last.down == ""
    found = {(each.rule, each.operation) for each in last.report.findings}
    assert found == {("no-answer", "updateBook"), ("unreached", "updateBook")}


def test_a_target_that_is_down_is_told() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        target = Target(f"http://127.0.0.1:{taken.getsockname()[1]}")
        last = list(run(API, {}, target, QUICK))[-1]
    assert isinstance(last, Finished)
    assert last.down
    assert not last.report.tested


def test_a_run_that_is_left_cleans_up() -> None:
    app = app_for(API)
    before = shelves(app)
    with serve(app, "127.0.0.1", 0) as server:
        told: Iterator[Event] = run(API, {}, Target(server.url), QUICK)
        assert any(_creates_book(event) for event in told)
        assert shelves(app) != before
        del told
        assert shelves(app) == before


def _creates_book(event: Event) -> bool:
    return isinstance(event, Called) and event.call.operation == "createBook"


_SCRIPT = """
import signal
import sys
from generator.contract import Options, Target, run
from generator.contract.engine.part import schemathesis
from tests.unit.contract.test_engine import OPENAPI
from tests.unit.contract.servers import serving
from tests.unit.contract.shelf import SHELF, shelf_api
# A shell that runs this behind its back has Ctrl-C ignored.
signal.signal(signal.SIGINT, signal.default_int_handler)
list(run(shelf_api(), OPENAPI, Target(sys.argv[1]), Options(only=(sys.argv[2],)), None, schemathesis))
"""


@pytest.mark.parametrize("part", ["laws", "schemathesis"])
def test_an_interrupted_run_cleans_up(part: str) -> None:
    app = app_for(API)
    before = shelves(app)
    interrupted = Interrupted(app.answer, Of("POST", "/shelves"))
    with serving(interrupted) as url:
        _, said = interrupted.run([sys.executable, "-c", _SCRIPT, url, part], ROOT)
    assert "KeyboardInterrupt" in said
    assert shelves(app) == before


def test_what_the_run_did_not_make_is_not_deleted() -> None:
    app = app_for(API)
    with serve(app, "127.0.0.1", 0) as server:
        session = Session(API, {}, Target(server.url), QUICK)
        foreign = next(session.world.standing("shelf"))
        delete = API.operation("deleteShelf")
        assert delete is not None
        with session.client, pytest.raises(Unreachable, match="did not make"):
            session.world.call(delete, foreign)
    assert not [each for each in session.calls if each.operation == "deleteShelf"]


def test_a_base_path_stands_before_every_path() -> None:
    def moved(step: Step, state: Any, request: Request) -> tuple[Any, Response]:
        path = request.target.removeprefix("/base")
        found = path != request.target
        return step(state, replace(request, target=path)) if found else (state, Response(404))

    app = plant(app_for(API), moved)
    with serve(app, "127.0.0.1", 0) as server:
        last = list(run(API, {}, Target(f"{server.url}/base/"), QUICK))[-1]
    assert isinstance(last, Finished)
    assert last.report.findings == ()


def test_two_runs_with_a_seed_make_the_same_calls() -> None:
    def called() -> list[tuple[str, str]]:
        # Not how they are answered: of calls at once it is chance which comes first.
        told = [each.call for each in events(app_for(API)) if isinstance(each, Called)]
        return [(each.operation, each.request.method) for each in told]

    assert called() == called()


def test_what_cannot_be_removed_is_told() -> None:
    kept = gets(lambda request, _: Of("DELETE", "/shelves/*")(request), 500)
    told = report(plant(app_for(API), kept), Options(only=("smoke",)))
    assert "left-behind" in {each.rule for each in told.findings}


def test_no_time_means_no_laws() -> None:
    told = events(app_for(API), Options(only=("laws",), max_time=0))
    reasons = {each.reason for each in told if isinstance(each, NotJudged)}
    assert reasons == {"the time was over"}


def test_a_finding_is_told_once() -> None:
    told = events(plant(app_for(API), not_stored(Of("PATCH", BOOK))))
    ids = [each.finding.id for each in told if isinstance(each, Found)]
    assert len(ids) == len(set(ids)) > 0


def test_an_api_without_resources_is_smoked_by_its_examples() -> None:
    api = api_of("""
        paths:
          /ping:
            post:
              parameters: [{name: n, in: query, required: true, schema: {type: integer}}]
              requestBody:
                required: true
                content: {application/json: {schema: {type: object, properties: {}}}}
              responses: {"200": {description: ok}}
          /things/{id}:
            get:
              parameters: [{name: id, in: path, required: true, schema: {type: string}}]
              responses: {"200": {description: ok}}
        """)
    assert not report(app_for(api), api=api).findings


def test_what_is_not_there_is_said_to_have_been_drawn() -> None:
    api = api_of("""
        paths:
          /things/{kind}/{id}:
            parameters:
            - {name: kind, in: path, required: true, schema: {enum: [a]}, example: a}
            - {name: id, in: path, required: true, schema: {type: string}}
            get: {responses: {"200": {description: ok}, "404": {description: none}}}
        """)
    app = app_for(api_of("paths: {}"))
    (found,) = report(app, Options(only=("smoke",)), api=api).findings
    assert found.rule == "unreached"
    assert found.message.startswith("it answered 404")
    assert found.message.endswith("; nothing but its schema gives a value for id")


def test_forms_are_sent_as_forms() -> None:
    api = api_of("""
        paths:
          /a:
            post:
              requestBody:
                required: true
                content:
                  multipart/form-data:
                    schema: &form
                      type: object
                      required: [name, sizes, more]
                      properties:
                        name: {type: string}
                        sizes: {type: array, minItems: 2, items: {type: integer}}
                        more: {type: object, required: [n], properties: {n: {type: integer}}}
              responses: {"200": {description: ok}}
          /b:
            post:
              requestBody:
                required: true
                content: {application/x-www-form-urlencoded: {schema: *form}}
              responses: {"200": {description: ok}}
        """)
    assert not report(app_for(api), Options(only=("smoke",)), api=api).findings


def test_bodies_that_nothing_fits_are_left_and_said() -> None:
    label = "label: {type: string, minLength: 1, maxLength: 40}"
    api = api_of(SHELF.replace(label, "label: {type: string, pattern: '(?!)'}"))
    told = events(app_for(api), Options(only=("laws",)), api)
    reasons = {each.reason for each in told if isinstance(each, NotJudged)}
    assert "no valid body could be drawn" in reasons


def test_paths_of_one_shape_are_one_path() -> None:
    api = api_of("""
        paths:
          /a/{one}:
            parameters: [{name: one, in: path, required: true, schema: {type: string}}]
            get: {responses: {"200": {description: ok}}}
          /a/{other}:
            parameters: [{name: other, in: path, required: true, schema: {type: string}}]
            post: {responses: {"200": {description: ok}}}
        """)
    assert not report(app_for(api), Options(only=("smoke", "negatives")), api=api).findings


def test_laws_about_what_changed_come_first(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, str]] = []

    class Quiet:
        def __init__(self, name: str) -> None:
            self.id = name

        def subjects(self, kinds: Any) -> Iterator[Any]:
            return iter(kinds.api.operations[:2])

        def check(self, world: Any, operation: Any) -> Iterator[Any]:
            asked.append((self.id, operation.name))
            return iter(())

    monkeypatch.setattr("generator.contract.parts.LAWS", (Quiet("x"), Quiet("y")))
    one, other = (each.name for each in API.operations[:2])
    options = Options(only=("laws",), first=frozenset({other}), first_laws=frozenset({"y"}))
    report(app_for(API), options)
    assert asked == [("y", other), ("x", other), ("y", one), ("x", one)]

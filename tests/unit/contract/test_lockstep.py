"""The lockstep part: silent on the right server, few calls and a repetition on a wrong one."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest

from generator.api.exchange import Request, Response
from generator.compose.twin import MockTwin
from generator.contract import Called, Event, Finished, NotJudged, Options, Target, run
from generator.contract.lockstep.compare import same
from generator.contract.lockstep.moves import Move
from generator.contract.lockstep.pairs import Pairs
from generator.contract.lockstep.stepper import Stepper
from generator.contract.session import Session
from generator.mock import MockApp, app_for, serve
from generator.report import Finding
from tests.described import api_of
from tests.mutants.planted import Of, Step, answers, gets, not_stored, plant
from tests.mutants.servers import right
from tests.mutants.stores.table import STORES
from tests.mutants.test_other_laws import Racing
from tests.unit.contract.shelf import shelf_api

API = shelf_api()
KEY = STORES.principals[0].secret
ONLY = Options(only=("lockstep",), max_sequences=20)


def events(app: MockApp, options: Options = ONLY, *, disposable: bool = True) -> list[Event]:
    """All that a run beside the model tells of an app."""
    with serve(app, "127.0.0.1", 0) as server:
        target = Target(server.url, disposable=disposable)
        return list(run(API, {}, target, options, MockTwin(API)))


def findings(app: MockApp, options: Options = ONLY, **more: bool) -> tuple[Finding, ...]:
    """What a run finds."""
    last = events(app, options, **more)[-1]
    assert isinstance(last, Finished)
    assert last.down == ""
    return last.report.findings


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("style", ["page-number", "offset", "cursor"])
def test_the_right_server_and_the_model_agree(seed: int, style: str) -> None:
    api = shelf_api(style)
    with serve(app_for(api), "127.0.0.1", 0) as server:
        target = Target(server.url, disposable=True)
        options = replace(ONLY, seed=seed, max_sequences=10)
        last = list(run(api, {}, target, options, MockTwin(api)))[-1]
    assert isinstance(last, Finished)
    assert last.report.findings == ()
    assert last.report.calls > 100


def test_without_a_model_nothing_is_judged() -> None:
    with serve(app_for(API), "127.0.0.1", 0) as server:
        told = list(run(API, {}, Target(server.url), ONLY))
    assert any(isinstance(each, NotJudged) and "no model" in each.reason for each in told)
    assert not any(isinstance(each, Called) for each in told)


def test_what_was_there_is_left_alone() -> None:
    app = app_for(API)
    before = app.state.tables
    assert findings(app, disposable=False) == ()
    assert app.state.tables == before


def _renamed(body: Any) -> Any:
    return {**body, "title": "x"}


WRONG: dict[str, Callable[[Step, Any, Request], tuple[Any, Response]]] = {
    "a book is not kept": not_stored(Of("POST", "/shelves/*/books")),
    "a deleted shelf stays": not_stored(Of("DELETE", "/shelves/*")),
    "a book has another title": answers(Of("GET", "/shelves/*/books/*"), _renamed),
    "an error has another status": gets(lambda _, response: response.status == 404, 410),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_server_is_told_in_few_calls(name: str) -> None:
    found = findings(plant(app_for(API), WRONG[name]))
    assert found
    assert min(len(each.calls) for each in found) <= 4
    for each in found:
        assert each.part == "lockstep"
        assert each.where is not None
        assert each.expected != each.actual


def test_a_finding_says_both_sides_and_how_to_repeat_it() -> None:
    app = plant(app_for(API), WRONG["a book is not kept"])
    found = [each for each in findings(app) if len(each.calls) > 1]
    assert any("$key1" in each.curl and "jq -r" in each.curl for each in found)
    for each in found:
        compile(each.test, "repeats", "exec")
        assert "def test_the_finding" in each.test


def test_the_pytest_file_fails_on_the_wrong_server_and_passes_on_the_right_one() -> None:
    wrong = plant(app_for(API), gets(lambda _, response: response.status == 404, 410))
    with serve(wrong, "127.0.0.1", 0) as server:
        target = Target(server.url, disposable=True)
        last = list(run(API, {}, target, ONLY, MockTwin(API)))[-1]
        assert isinstance(last, Finished)
        told = next(each for each in last.report.findings if each.rule == "lockstep-status")
        with pytest.raises(AssertionError):
            _repeat(told.test)
    with serve(app_for(API), "127.0.0.1", 0) as right:
        _repeat(told.test.replace(server.url, right.url))


def _repeat(text: str) -> None:
    names: dict[str, Any] = {}
    exec(compile(text, "repeats", "exec"), names)
    names["test_the_finding"]()


def test_the_same_seed_makes_the_same_calls() -> None:
    def sent() -> list[tuple[str, str, int]]:
        told = events(app_for(API))
        calls = [each.call for each in told if isinstance(each, Called)]
        return [(each.operation, each.request.method, each.response.status) for each in calls]

    assert sent() == sent()


def test_shards_make_the_whole() -> None:
    app = app_for(API)
    whole = sum(isinstance(each, Called) for each in events(app, replace(ONLY, max_sequences=1)))
    half = [
        sum(
            isinstance(each, Called)
            for each in events(app, replace(ONLY, max_sequences=1, shard=(number, 2)))
        )
        for number in (1, 2)
    ]
    assert all(0 < each < whole for each in half)


def test_the_model_takes_over_names() -> None:
    twin = MockTwin(API)
    state = twin.emptied(twin.start(1, ()))
    state = twin.adopted(state, "shelf", {"shelf": "there"}, {"id": "there", "label": "a"}, "")
    sent = Request("POST", "/shelves", (("Content-Type", "application/json"),), b'{"label": "b"}')
    state, made, _ = twin.step(state, sent)
    state = twin.agreed(state, {json.loads(made.body)["id"]: "theirs"})
    for key, label in (("theirs", "b"), ("there", "a")):
        state, response, _ = twin.step(state, Request("GET", f"/shelves/{key}"))
        assert (json.loads(response.body)["id"], json.loads(response.body)["label"]) == (key, label)


def test_the_model_counts_its_things_by_other_numbers_than_a_target() -> None:
    twin = MockTwin(STORES.api)
    state = twin.emptied(twin.start(1, STORES.principals))
    headers = (("Content-Type", "application/json"), ("Stock-Key", KEY))
    sent = Request("POST", "/stores", headers, b'{"name": "North", "city": "Oslo"}')
    _, made, _ = twin.step(state, sent)
    assert json.loads(made.body)["number"] > 1_000_000


def test_keys_are_paired_one_to_one() -> None:
    pairs = Pairs()
    assert pairs.agree("id", "m1", "t1", one_to_one=True)
    assert pairs.agree("id", "m1", "t1", one_to_one=True)
    assert not pairs.agree("id", "m1", "t2", one_to_one=True)
    assert not pairs.agree("id", "m2", "t1", one_to_one=True)
    assert pairs.fresh() == {"m1": "t1"}
    assert pairs.agree("id", "t1", "t1", one_to_one=True)
    assert pairs.agree("made", "m3", "t9", one_to_one=False)
    assert pairs.agree("made", "m4", "t9", one_to_one=False)


@pytest.mark.parametrize(
    ("first", "second", "equal"),
    [(1, 1.0, True), (1, True, False), ([0], [False], False), ({"a": [1]}, {"a": [1.0]}, True)],
)
def test_json_values_are_compared_as_json(first: Any, second: Any, equal: bool) -> None:
    assert same(first, second) is equal


def _number(name: str) -> int:
    return [each.name for each in API.operations].index(name)


@pytest.mark.parametrize("racing", [False, True], ids=["right", "racing"])
def test_calls_at_the_same_time_are_explained_by_an_order(*, racing: bool) -> None:
    app: Any = app_for(API)
    app = Racing(app, Of("POST", "/shelves/*/books")) if racing else app
    create, listing = _number("createBook"), _number("listBooks")
    moves = [Move(create, beside=True), Move(create, value=1), Move(listing)]
    with serve(app, "127.0.0.1", 0) as server:
        session = Session(API, {}, Target(server.url, disposable=True), Options())
        with session.client:
            apart = Stepper(session.world, MockTwin(session.api), 0).run(moves)
    assert (apart is not None) == racing
    if apart is not None:
        assert "at the same time as createBook" in apart.steps[1].way


UNTOLD = """
    x-lockstep-resources: {things: {key: id, schema: "#/components/schemas/Thing"}}
    paths:
      /things:
        post:
          x-lockstep-resource: {role: create, resource: things}
          requestBody: {content: {application/json: {schema: {$ref: "#/components/schemas/Thing"}}}}
          responses:
            "201":
              description: it
              content: {application/json: {schema: {$ref: "#/components/schemas/Thing"}}}
      /things/{id}:
        parameters: [{name: id, in: path, required: true, schema: {type: string, maxLength: 9}}]
        get:
          x-lockstep-resource: {role: read, resource: things}
          responses:
            "200": {description: it, content: {application/json: {schema: {}}}}
            "404": {description: none%s}
    components: {schemas: {Thing: {type: object, properties: {id: {type: string}}}}}
    """


@pytest.mark.parametrize(
    ("content", "told"), [("", False), (", content: {application/problem+json: {}}", True)]
)
def test_a_media_type_that_nobody_declared_is_the_server_s_choice(
    content: str, *, told: bool
) -> None:
    api = api_of(UNTOLD % content)

    def in_text(step: Step, state: Any, request: Request) -> tuple[Any, Response]:
        after, response = step(state, request)
        if response.status == 404:
            response = Response(404, (("Content-Type", "text/plain"),), b"none")
        return after, response

    with serve(plant(app_for(api), in_text), "127.0.0.1", 0) as server:
        last = list(run(api, {}, Target(server.url, disposable=True), ONLY, MockTwin(api)))[-1]
    assert isinstance(last, Finished)
    assert last.report.calls > 10
    assert ("lockstep-media-type" in {each.rule for each in last.report.findings}) == told


def test_what_nobody_declared_is_said() -> None:
    subject = right("bare-stores", auth=True)
    options = Options(only=("lockstep",), max_sequences=1)
    with serve(subject.app, "127.0.0.1", 0) as server:
        target = Target(server.url, subject.principals, disposable=True)
        told = list(
            run(subject.described.api, {}, target, options, MockTwin(subject.described.api))
        )
    (note,) = [each.reason for each in told if isinstance(each, NotJudged)]
    assert note.startswith("nothing is declared of ")


@pytest.mark.parametrize("name", ["bare-boards", "bare-stores"])
def test_what_nobody_declared_stays_in_step(name: str) -> None:
    subject = right(name, auth=True)
    with serve(subject.app, "127.0.0.1", 0) as server:
        target = Target(server.url, subject.principals, disposable=True)
        session = Session(subject.described.api, {}, target, Options())
        stepper = Stepper(session.world, MockTwin(subject.described.api), 0)
        create = next(
            at for at, each in enumerate(stepper.operations) if each.name.startswith("create")
        )
        counts = [0]
        with session.client:
            for _ in range(3):
                assert stepper.run([Move(create)]) is None
                counts.append(len(session.calls))
    first, second, third = (after - before for before, after in pairwise(counts))
    # What the target held was read once, at the start.
    assert first > second == third

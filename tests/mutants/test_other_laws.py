"""Laws that the zoo has no fault for: races between calls, replacements, upserts."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from generator.api import Api
from generator.api.exchange import Principal, Request, Response
from generator.compose.load import load_api
from generator.contract import Finished, Options, Target, run
from generator.mock import app_for, serve
from tests.mutants.boards.table import BOARDS
from tests.mutants.judged import findings
from tests.mutants.planted import Fault, Of, Racing, Step, answers, asks, plant
from tests.mutants.servers import BARE, HANDMADE, described
from tests.mutants.test_mutants import ROOT, atlas

ORGS = "/api/atlas/v2/orgs"
SETTINGS = f"{ORGS}/*/settings"
ORG = "/api/v1/org"
_TRIES = 5
"""A machine may halt between two calls: what comes too late for a race tries it again."""


def api_in(folder: Path, name: str, instead: tuple[bytes, bytes] = (b"", b"")) -> Api:
    """The Api of a description, with some text in place of another."""
    text = (folder / name).read_bytes().replace(*instead)
    api = load_api(name, reader=lambda _: text, overlays=[]).api
    assert api is not None
    return api


def broken(api: Api, app: Any, law: str, principals: tuple[Principal, ...] = ()) -> set[str]:
    """The laws that an app breaks, of one that is looked for."""
    with serve(app, "127.0.0.1", 0) as server:
        options = Options(only=("laws",), laws=(law,))
        *_, last = run(api, {}, Target(server.url, principals, disposable=True), options)
    assert isinstance(last, Finished)
    assert last.report.calls
    return {each.rule for each in last.report.findings if each.part == "laws"}


@pytest.fixture(scope="module", name="apis")
def _apis() -> dict[str, Api]:
    return {
        "atlas": atlas(),
        "concord": api_in(ROOT / "spec", "concord.yaml"),
        "boards": api_in(
            BOARDS.folder, "boards.yaml", (b"required: [title, archived]\n", b"required: [title]\n")
        ),
    }


@pytest.mark.parametrize(
    ("law", "when"),
    [
        ("parallel-creates", Of("POST", ORGS)),
        ("parallel-updates", Of("PATCH", SETTINGS)),
        ("parallel-deletes", Of("DELETE", f"{ORGS}/*")),
    ],
)
def test_a_race_is_found(apis: dict[str, Api], law: str, when: Of) -> None:
    api = apis["atlas"]
    assert broken(api, Racing(app_for(api), when), law) == {law}


def test_upserts_at_once_that_make_two_are_found(apis: dict[str, Api]) -> None:
    api, law = apis["concord"], "parallel-upserts"
    assert broken(api, Racing(app_for(api), Of("POST", ORG)), law) == {law}


def _twice(step: Step, state: Any, request: Request) -> tuple[Any, Response]:
    """An upsert of a name that is there makes another."""
    if not Of("POST", ORG)(request) or "name" not in (sent := json.loads(request.body)):
        return step(state, request)
    fresh = {**sent, "name": f"{sent['name'][:40]}{state.tick}"}
    return step(state, replace(request, body=json.dumps(fresh).encode()))


def _keeping(step: Step, state: Any, request: Request) -> tuple[Any, Response]:
    """A replacement changes what it names and keeps the rest."""
    if not Of("PUT", "/boards/*")(request):
        return step(state, request)
    _, read = step(state, replace(request, method="GET", body=b""))
    there = json.loads(read.body) if read.status == 200 else {}
    body = json.dumps({"archived": there.get("archived"), **json.loads(request.body)}).encode()
    return step(state, replace(request, body=body))


OTHERS: dict[str, tuple[str, str, Fault]] = {
    "an upsert makes another": ("concord", "upsert", _twice),
    "an upsert always says that it made": (
        "concord",
        "upsert",
        answers(Of("POST", ORG), lambda body: {**body, "result": "CREATED"}),
    ),
    "a replacement keeps what it does not name": ("boards", "replace", _keeping),
    "a replacement drops a field": (
        "boards",
        "replace",
        asks(
            Of("PUT", "/boards/*"),
            lambda request: replace(
                request,
                body=json.dumps({**json.loads(request.body), "archived": False}).encode(),
            ),
        ),
    ),
}


@pytest.mark.parametrize("name", OTHERS)
def test_the_law_finds_the_fault(apis: dict[str, Api], name: str) -> None:
    described, law, fault = OTHERS[name]
    api = apis[described]
    assert broken(api, plant(app_for(api), fault), law) == {law}


@pytest.mark.parametrize(
    "law",
    [
        "upsert",
        "replace",
        *(f"parallel-{each}" for each in ("creates", "updates", "deletes", "upserts")),
    ],
)
def test_the_right_servers_break_none(apis: dict[str, Api], law: str) -> None:
    for api in apis.values():
        if any(each.behaviours.resource for each in api.operations):
            with serve(app_for(api), "127.0.0.1", 0) as server:
                options = Options(only=("laws",), laws=(law,))
                *_, last = run(api, {}, Target(server.url, disposable=True), options)
            assert isinstance(last, Finished)
            assert last.report.findings == ()


BY_HAND = [
    ("stores", "unique", "drop a condition in create_item #1"),
    ("stores", "unique", "drop an operand in name_is_free #1"),
    ("stores", "unique", "skip a check in patch_store #3"),
    ("stores", "parallel-unique", "wait to write in create_item #3"),
    ("stores", "parallel-creates", "split an increment in create_store #1"),
    ("stores", "parallel-guard", "wait to write in create_item #3"),
    ("stores", "parallel-guard", "wait to write in close_store #1"),
    ("boards", "parallel-unique", "wait to write in create_board #1"),
    ("boards", "parallel-unique", "wait to write in replace_board #1"),
    ("boards", "parallel-deletes", "wait to write in delete_card #1"),
    ("boards", "parallel-guard", "wait to write in create_card #1"),
    ("boards", "parallel-preconditions", "wait to write in update_card #2"),
]


@pytest.mark.parametrize(("server", "law", "name"), BY_HAND)
def test_the_law_finds_the_fault_of_a_server_written_by_hand(
    server: str, law: str, name: str
) -> None:
    by_hand = HANDMADE[server]
    text = next(each.source for each in by_hand.mutations if each.name == name)
    tries = (findings(by_hand, text, ("laws",), laws=(law,)) for _ in range(_TRIES))
    assert any(law in {each.rule for each in found} for found in tries)
    assert findings(by_hand, by_hand.source, ("laws",), laws=(law,)) == []


LEARNED = [
    ("boards", "wait to write in create_board #1"),
    ("boards", "wait to write in replace_board #1"),
    ("boards", "wait to write in create_card #1"),
    ("boards", "wait to write in delete_card #1"),
]


@pytest.mark.parametrize(("server", "name"), LEARNED)
def test_what_a_server_refuses_in_a_row_is_learned_where_nothing_says_so(
    server: str, name: str
) -> None:
    law, by_hand = "parallel-refusals", HANDMADE[server]
    source = next(each.source for each in by_hand.mutations if each.name == name)
    api, principals = described(f"{BARE}{server}").api, by_hand.principals

    def said(text: str) -> set[str]:
        return broken(api, by_hand.app(text), law, principals)

    assert any(said(source) == {law} for _ in range(_TRIES))
    assert said(by_hand.source) == set()

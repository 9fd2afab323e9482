"""`lockstep test` as users call it: parts, shards, baselines, reports, clean-up."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from generator.api.exchange import Request
from generator.cli.main import run
from generator.mock import app_for, serve
from tests.described import described
from tests.mutants.planted import Of, not_stored, plant
from tests.unit.contract.shelf import SHELF, shelf_api

QUICK = ("--only", "smoke", "--only", "laws")


@pytest.fixture(name="spec")
def _spec(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    Path("shelf.yaml").write_text(described(SHELF))
    return "shelf.yaml"


def test_all_own_parts_are_silent_on_the_mock(spec: str) -> None:
    parts = [
        word
        for part in ("smoke", "laws", "negatives", "auth", "lockstep")
        for word in ("--only", part)
    ]
    reports = [
        word
        for form, name in (("html", "r.html"), ("har", "r.har"), ("record", "r.jsonl"))
        for word in ("--report", f"{form}={name}")
    ]
    assert run(["test", spec, "--mock", *parts, *reports]) == 0
    assert "<table" in Path("r.html").read_text()
    assert json.loads(Path("r.har").read_text())["log"]["entries"]
    assert len(Path("r.jsonl").read_text().splitlines()) > 100


def test_what_changed_is_judged_first(spec: str, capsys: pytest.CaptureFixture[str]) -> None:
    text = Path(spec).read_text()
    Path("base.yaml").write_text(text.replace("operationId: listShelves", "operationId: shelves"))
    call = ["test", spec, "--mock", *QUICK]
    assert run([*call, "--changed-since", "base.yaml"]) == 0
    said = capsys.readouterr().err
    assert re.search(r"^1 of \d+ operations changed since base.yaml$", said, re.MULTILINE)
    assert run([*call, "--changed-since", "absent.yaml"]) == 2


def test_a_baseline_accepts_and_ends(spec: str, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = plant(app_for(shelf_api()), not_stored(Of("POST", "/shelves/*/books")))
    with serve(wrong) as server:
        call = ["test", spec, "--url", server.url, *QUICK, "--format", "json"]
        assert run(call) == 1
        found: Any = json.loads(capsys.readouterr().out)["findings"]
        Path("known.toml").write_text("".join(_entry(each["id"]) for each in found))
        assert run([*call, "--baseline", "known.toml"]) == 0
        told: Any = json.loads(capsys.readouterr().out)
        assert set(told["accepted"]) == {each["id"] for each in found}
    with serve(app_for(shelf_api())) as server:
        call = ["test", spec, "--url", server.url, *QUICK, "--baseline", "known.toml"]
        assert run(call) == 1
    assert "no longer happens" in capsys.readouterr().out


def _entry(identifier: str) -> str:
    told = 'reason = "Known."\nowner = "me"\nexpires = 2999-01-01\n'
    return f'[[accepted]]\nid = "{identifier}"\n{told}'


@pytest.mark.parametrize(
    "wrong",
    [
        ("--shard", "0/2"),
        ("--shard", "3/2"),
        ("--shard", "x"),
        ("--rate-limit", "fast"),
        ("--rate-limit", "0"),
        ("--baseline", "none.toml"),
        ("--clean-up", "abc123"),
    ],
)
def test_wrong_usage_ends_with_two(spec: str, wrong: tuple[str, str]) -> None:
    assert run(["test", spec, "--mock", *wrong]) == 2


def test_what_is_not_tested_is_said_and_no_table_of_nothing_shown(
    spec: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with serve(app_for(shelf_api())) as server:
        url = server.url
    assert run(["test", spec, "--url", url]) == 2
    told = capsys.readouterr()
    assert "the target does not answer: " in told.err
    assert "listShelves" not in told.out
    Path("none.yaml").write_text(described("paths: {}"))
    assert run(["test", "none.yaml", "--mock"]) == 2
    assert "nothing was tested: no operation was called" in capsys.readouterr().err


def test_what_a_crashed_run_left_is_removed_and_nothing_else(
    spec: str, capsys: pytest.CaptureFixture[str]
) -> None:
    app = app_for(shelf_api())
    with serve(app) as server:
        before = app.state.tables
        _leave(app, "lockstep-abc1231")
        assert app.state.tables != before
        call = ["test", spec, "--url", server.url, "--clean-up", "abc123"]
        assert run(call) == 0
        assert "1 of 1 removed" in capsys.readouterr().out
        assert sum(map(len, app.state.tables.values())) == sum(map(len, before.values()))
        assert run(call) == 0
        assert "0 of 0 removed" in capsys.readouterr().out


def _leave(app: Any, title: str) -> None:
    headers = (("content-type", "application/json"),)
    shelves = app.answer(Request("GET", "/shelves"))
    shelf = json.loads(shelves.body)[0]["id"]
    body = json.dumps({"title": title, "pages": 1}).encode()
    made = app.answer(Request("POST", f"/shelves/{shelf}/books", headers, body))
    assert made.status == 201, made.body


@pytest.mark.parametrize("words", [("test", "--mock", *QUICK), ("check",)], ids=["test", "check"])
def test_every_rule_in_sarif_is_described(
    spec: str, words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    text = Path(spec).read_text().replace("role: update", "role: create", 1)
    Path(spec).write_text(text.replace("examples: [12]", "examples: [none]"))
    form = ("--format", "sarif") if words[0] == "check" else ("--report", "sarif=r.sarif")
    assert run([words[0], spec, *words[1:], *form]) == 1
    told = capsys.readouterr().out if words[0] == "check" else Path("r.sarif").read_text()
    log: Any = json.loads(told)
    (only,) = log["runs"]
    rules = only["tool"]["driver"]["rules"]
    assert rules
    assert all({"shortDescription", "fullDescription", "help"} <= each.keys() for each in rules)


@pytest.mark.parametrize(
    ("identifier", "word"),
    [
        ("negative", "declared"),
        ("lockstep-status-0123abcd", "model"),
        ("filter-0123abcd", "filter"),
    ],
)
def test_a_finding_is_explained(
    identifier: str, word: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["explain", identifier]) == 0
    assert word in capsys.readouterr().out

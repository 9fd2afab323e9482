"""A recorded run is made again: silent on the same server, telling on another."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from generator.api.exchange import CallRecord, Request, Response
from generator.cli.main import run as command
from generator.contract import Finished, NoAnswer, Options, Target, run
from generator.contract.calling.connection import Connection
from generator.contract.replay import replay
from generator.mock import MockApp, app_for, serve
from generator.report import FORMATS, Record, RecordError, Report, read_record
from tests.mutants.boards.table import BOARDS
from tests.mutants.planted import Of, gets, not_stored, plant
from tests.unit.contract.servers import serving
from tests.unit.contract.shelf import shelf_api

API = shelf_api()


def recorded(app: MockApp) -> Report:
    """A run of the laws."""
    with serve(app, "127.0.0.1", 0) as server:
        options = Options(only=("smoke", "laws"))
        last = list(run(API, {}, Target(server.url, disposable=True), options))[-1]
    assert isinstance(last, Finished)
    return last.report


@pytest.fixture(scope="module", name="record")
def _record() -> Record:
    return read_record(FORMATS["record"](recorded(app_for(API))))


def again(record: Record, app: MockApp) -> Report:
    """The run made again."""
    with serve(app, "127.0.0.1", 0) as server:
        return replay(record, server.url, {})


def test_the_same_server_answers_as_it_did(record: Record) -> None:
    report = again(record, app_for(API, seed=9))
    assert report.findings == ()
    assert report.calls == len(record.calls) > 100


def test_another_status_is_told(record: Record) -> None:
    wrong = plant(app_for(API), gets(lambda _, response: response.status == 404, 410))
    report = again(record, wrong)
    assert any("status" in each.title and each.expected == "404" for each in report.findings)


def test_a_lost_write_is_told(record: Record) -> None:
    report = again(record, plant(app_for(API), not_stored(Of("POST", "/shelves/*/books"))))
    assert report.findings


def test_calls_at_once_are_made_again_in_an_order_that_explains_them() -> None:
    kind = (("Content-Type", "application/json"),)
    with serve(app_for(API)) as server:
        made = called(server.url, Request("POST", "/shelves", kind, b'{"label": "a"}'))
        gone = Request("DELETE", f"/shelves/{json.loads(made.response.body)['id']}")
        done, refused = (called(server.url, gone) for _ in range(2))
    assert (done.response.status, refused.response.status) == (204, 404)
    at_once = (made, refused, replace(done, beside=True))
    assert again(Record("t", "", "", (), at_once), app_for(API, seed=9)).findings == ()
    in_a_row = (made, refused, done)
    assert again(Record("t", "", "", (), in_a_row), app_for(API, seed=9)).findings


def called(url: str, request: Request) -> CallRecord:
    """One call, recorded."""
    connection = Connection(url)
    response = connection.exchange(request)
    connection.close()
    return CallRecord(request.method, "", request, response, 0.0, "laws")


def test_secrets_are_not_recorded_and_callers_sign_in_again() -> None:
    api = BOARDS.api
    with serve(BOARDS.app(BOARDS.source)) as server:
        target = Target(server.url, BOARDS.principals, disposable=True)
        last = list(run(api, {}, target, Options(only=("laws",))))[-1]
        assert isinstance(last, Finished)
        text = FORMATS["record"](last.report)
        assert not any(key in text for key in BOARDS.keys)
    secret_of = {name: key for key, name in BOARDS.keys.items()}
    with serve(BOARDS.app(BOARDS.source)) as server:
        signed = replay(read_record(text), server.url, secret_of)
        nobody = replay(read_record(text), server.url, {})
    assert signed.findings == ()
    assert signed.calls > 50
    assert nobody.calls < signed.calls
    assert nobody.parts[0].notes


def test_a_record_survives_bytes_that_are_no_text() -> None:
    sent = Request("POST", "/a", (("Accept", "*/*"),), b"\xff\x00")
    call = CallRecord("a", "", sent, Response(200, (), b"\xfe"), 0.5, "laws", beside=True)
    report = Report(title="t", target="http://h", seed=1, seconds=1.0, records=(call,))
    assert read_record(FORMATS["record"](report)).calls == (call,)


@pytest.mark.parametrize("text", ["", "{}", "[]", "no", '{"version": 9}', '{"version": 1}'])
def test_what_is_no_record_is_refused(text: str) -> None:
    with pytest.raises(RecordError):
        read_record(text)


def test_a_silent_target_is_no_finding(record: Record) -> None:
    with serve(app_for(API)) as server:
        url = server.url
    with pytest.raises(NoAnswer):
        replay(replace(record, calls=record.calls[:1]), url, {})


@pytest.mark.parametrize("broken", [None, b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{"])
def test_an_answer_that_cannot_be_read_is_a_finding(record: Record, broken: bytes | None) -> None:
    app, patched = app_for(API), Of("PATCH", "/shelves/*/books/*")
    with serving(lambda request: broken if patched(request) else app.answer(request)) as url:
        told = replay(record, url, {})
    silent = {each.operation for each in told.findings if "no answer" in each.title}
    assert silent == {"updateBook"}
    assert told.calls == sum(each.request.method != "PATCH" for each in record.calls)


def test_a_target_that_ends_in_the_middle_ends_the_replay(record: Record) -> None:
    app, asked = app_for(API), [0]

    def answer(request: Request) -> Response | None:
        asked[0] += 1
        return app.answer(request) if asked[0] < 5 else None

    with serving(answer) as url, pytest.raises(NoAnswer):
        replay(record, url, {})
    assert asked[0] < 20


def test_the_command_ends_as_agreed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "run.jsonl"
    file.write_text(FORMATS["record"](recorded(app_for(API))))
    with serve(app_for(API)) as server:
        assert command(["replay", str(file), "--url", server.url]) == 0
    wrong = plant(app_for(API), gets(lambda _, response: response.status == 404, 410))
    with serve(wrong) as server:
        assert command(["replay", str(file), "--url", server.url]) == 1
        url = server.url
    assert command(["replay", str(file), "--url", url]) == 2
    assert command(["replay", str(tmp_path / "none"), "--url", url]) == 2
    file.write_text("no record")
    assert command(["replay", str(file), "--url", url]) == 2
    assert "Traceback" not in capsys.readouterr().err

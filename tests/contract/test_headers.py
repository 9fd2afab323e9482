"""`--header`: fields that go with every call, whatever part makes it, and whose secrets nobody tells."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.api.exchange import Request, Response
from generator.cli.main import run
from generator.mock import app_for
from generator.report import FORMATS
from tests.described import api_of, described
from tests.unit.contract.servers import serving
from tests.unit.contract.shelf import SHELF

GATE = "tr0ub4dor-and-3"
HEADER = ("--header", "X-Gate: pass ${GATE_PASS}")


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A description in the working directory, and what opens the gate in the environment."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GATE_PASS", GATE)
    Path("shelf.yaml").write_text(described(SHELF))


def behind_a_gate(
    told: str = "", refused: list[Request] | None = None
) -> Callable[[Request], Response]:
    """The server of the description behind one that wants a field, and says who came without it.

    With `told` that is what it answers to whoever reads.
    """
    app = app_for(api_of(SHELF))

    def answer(request: Request) -> Response:
        if request.header("X-Gate") != f"pass {GATE}":
            if refused is not None:
                refused.append(request)
            return Response(403, (("Content-Type", "text/plain"),), b"closed")
        right = app.answer(request)
        return Response(418, (), told.encode()) if told and request.method == "GET" else right

    return answer


@pytest.mark.parametrize("part", ["smoke", "laws", "negatives", "lockstep", "schemathesis"])
def test_every_part_sends_it(part: str) -> None:
    refused = list[Request]()
    with serving(behind_a_gate(refused=refused)) as url:
        assert run(["test", "shelf.yaml", "--url", url, "--only", part, *HEADER]) != 2
    assert not refused


def test_without_it_nothing_is_let_in() -> None:
    with serving(behind_a_gate()) as url:
        assert run(["test", "shelf.yaml", "--url", url, "--only", "smoke"]) == 1


def test_its_secret_is_told_nowhere_and_its_variable_in_curl_lines(
    capsys: pytest.CaptureFixture[str],
) -> None:
    reports = [word for form in FORMATS for word in ("--report", f"{form}=report.{form}")]
    with serving(behind_a_gate(f"you said {GATE}")) as url:
        assert run(["test", "shelf.yaml", "--url", url, *HEADER, *reports]) == 1
    printed = capsys.readouterr()
    texts = [Path(f"report.{form}").read_text() for form in FORMATS]
    assert not [each for each in (*texts, printed.out, printed.err) if GATE in each]
    curls = [each["curl"] for each in json.loads(Path("report.json").read_text())["findings"]]
    assert [each for each in curls if each]
    assert all("--header 'X-Gate: pass '\"${GATE_PASS}\"" in each for each in curls if each)


def test_a_replay_sends_it_too() -> None:
    with serving(behind_a_gate()) as url:
        call = ["test", "shelf.yaml", "--url", url, "--only", "laws", "--report", "record=run.json"]
        assert run([*call, *HEADER]) == 0
        assert run(["replay", "run.json", "--url", url, *HEADER]) == 0
        assert run(["replay", "run.json", "--url", url]) == 1


@pytest.mark.parametrize(
    "header",
    [
        "X-Gate",
        "X Gate: open",
        "X-Gate: ${NOWHERE}",
        "Content-Length: 3",
        "X-Gate: a\r\nX-Other: b",
    ],
)
def test_what_cannot_be_sent_is_refused(header: str, capsys: pytest.CaptureFixture[str]) -> None:
    call = ["test", "shelf.yaml", "--url", "http://127.0.0.1:9", "--header", header]
    assert run(call) == 2
    assert capsys.readouterr().err.strip()

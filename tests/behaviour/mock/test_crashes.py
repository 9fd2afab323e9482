"""A server that fails where it should refuse, as its description knows, passes the suite."""

from __future__ import annotations

from pathlib import Path

from generator.api.exchange import Request, Response
from generator.compose.twin import MockTwin
from generator.contract import Finished, Options, Target, run
from generator.mock import app_for, principals_for, read_api, serve
from generator.report import Finding
from tests.mutants.planted import gets, plant

SPEC = Path(__file__).parents[3] / "spec" / "concord.yaml"
API = read_api(SPEC)
PARTS = Options(only=("auth", "lockstep"), max_sequences=15)


def found(status: int) -> tuple[Finding, ...]:
    """What is found in a server with this status in place of known crashes."""

    def crashes(request: Request, response: Response) -> bool:
        return response.status == 403 or b"Another organization" in response.body

    people = principals_for(API, 0)
    app = plant(app_for(API, auth=True), gets(crashes, status, b"ERROR: failed"))
    with serve(app, "127.0.0.1", 0) as server:
        target = Target(server.url, principals=people, disposable=True)
        last = list(run(API, {}, target, PARTS, MockTwin(API)))[-1]
    assert isinstance(last, Finished)
    assert last.report.calls > 50
    return last.report.findings


def test_a_known_crash_is_no_finding() -> None:
    assert found(500) == ()


def test_any_other_status_is() -> None:
    assert {each.rule for each in found(501)} == {"lockstep-status", "undocumented-status"}

"""Findings of every part: at most four calls, and lines for curl that show the fault when pasted.

Each server is wrong in one coarse way, so that many rules are broken; of each rule some findings
are pasted, against another server with the same fault, with the secrets in the environment.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from generator.api import Api
from generator.api.exchange import Principal, Request, Response
from generator.api.openapi import openapi
from generator.compose.twin import MockTwin
from generator.contract import Finished, Options, Target, run
from generator.contract.engine.part import schemathesis
from generator.mock import MockApp, app_for, serve
from generator.report import Finding
from tests.mutants.planted import gets, plant
from tests.mutants.servers import described

pytestmark = pytest.mark.skipif(
    not (shutil.which("curl") and shutil.which("jq")), reason="curl or jq is not installed"
)
_STATUS = re.compile(r"HTTP/1\.[01] (\d+)")
_EACH = 2


def lax(request: Request, response: Response) -> bool:
    """Whether something wrong was refused."""
    return response.status in (400, 404, 405, 406, 415)


def reads(request: Request, response: Response) -> bool:
    """Whether one thing was read."""
    return request.method == "GET" and "/orgs/" in request.target


def wrong(api: Api, fault: str, *, auth: bool) -> MockApp:
    """The mock of an API with a fault."""
    if fault == "asks nobody":
        return app_for(api)
    when, status = {"takes what is wrong": (lax, 200), "fails to read": (reads, 500)}[fault]
    return plant(app_for(api, auth=auth), gets(when, status))


CASES = [
    ("atlas-v2", "asks nobody", "auth", True),
    ("atlas-v2", "asks nobody", "laws", True),
    ("atlas-v2", "asks nobody", "lockstep", True),
    ("atlas-v2", "takes what is wrong", "negatives", True),
    ("atlas-v2", "fails to read", "laws", False),
    ("atlas-v2", "takes what is wrong", "lockstep", True),
    ("atlas-v2", "fails to read", "schemathesis", True),
    ("concord", "asks nobody", "auth", True),
    ("concord", "takes what is wrong", "negatives", True),
    ("concord", "takes what is wrong", "lockstep", True),
]


def pasted(lines: str, secrets: dict[str, str]) -> list[int]:
    """The statuses that a shell shows for curl lines."""
    environment = {**os.environ, **secrets}
    done = subprocess.run(
        ["/bin/sh", "-c", lines],
        capture_output=True,
        text=True,
        timeout=60,
        env=environment,
        check=False,
    )
    return [int(each) for each in _STATUS.findall(done.stdout)]


def some(findings: tuple[Finding, ...]) -> Iterator[Finding]:
    """A few findings of each rule, those that show calls."""
    seen: dict[str, int] = {}
    for each in findings:
        seen[each.rule] = seen.get(each.rule, 0) + bool(each.calls)
        if each.calls and seen[each.rule] <= _EACH:
            yield each


def judged(
    server: str, start: Callable[[], Any], part: str, who: tuple[Principal, ...]
) -> tuple[str, tuple[Finding, ...]]:
    """Where a server stood, and what a part says of it."""
    whole = described(server)
    names = {each.name: f"SECRET_{each.name.upper()}" for each in who}
    options = Options(only=(part,), seed=1, max_sequences=10, max_examples=1)
    with serve(start()) as running:
        base = app_for(whole.api).base
        target = Target(running.url + base, who, names, disposable=True)
        root = openapi(whole.root, without_security=not who)
        *_, last = run(whole.api, root, target, options, MockTwin(whole.api), schemathesis)
    assert isinstance(last, Finished)
    return running.url, last.report.findings


@pytest.mark.parametrize(("server", "fault", "part", "auth"), CASES, ids=str)
def test_what_is_found_is_short_and_shows_again(
    server: str, fault: str, part: str, auth: bool
) -> None:
    api = described(server).api
    who = tuple(app_for(api, auth=True).principals) if auth else ()
    url, findings = judged(server, lambda: wrong(api, fault, auth=auth), part, who)
    told = list(some(findings))
    assert len(told) > 1
    assert max(len(each.calls) for each in findings) <= 4
    secrets = {f"SECRET_{each.name.upper()}": each.secret for each in who}
    for each in told:
        with serve(wrong(api, fault, auth=auth)) as again:
            shown = pasted(each.curl.replace(url, again.url), secrets)
        assert shown[-1:] == [each.calls[-1].response.status], (each.id, each.title, each.curl)

"""The same seed and mark: the same requests, whatever process, hash seed or folder.

What they are answered with is not compared: which of a concurrent pair comes first is chance.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from generator.compose.twin import MockTwin
from generator.contract import Called, Finished, Options, Target, run
from generator.mock import serve
from tests.mutants.servers import Subject, right

ROOT = Path(__file__).parents[3]
_SCRIPT = """
import sys
from generator.compose.contract import contract_run
from generator.compose.load import load_api
from generator.compose.serving import served
from generator.contract import Called, Options, Target

def read(name):
    with open(name, "rb") as file:
        return file.read()

own = ("smoke", "laws", "negatives", "auth", "lockstep")
options = Options(seed=7, only=own, max_sequences=8, run="abc123")
loaded = load_api(sys.argv[1], reader=read, overlays=[])
with served(loaded.api, auth=sys.argv[2] == "signed", seed=7) as mock:
    target = Target(mock.url, mock.principals)
    for event in contract_run(loaded, target, options):
        if isinstance(event, Called):
            print(event.call.principal, event.call.request)
"""


_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9A-Za-z]{12,}")


def without_ids(lines: str) -> list[str]:
    """The lines with long words by the order in which they first stand there.

    Which of two things that are made at the same time gets which is chance.
    """
    known: dict[str, str] = {}
    return _ID.sub(lambda found: known.setdefault(found[0], f"#{len(known)}"), lines).splitlines()


def sent(spec: str, folder: Path, hash_seed: str, auth: str) -> list[str]:
    """The requests of a run in a process of its own, a line each."""
    shutil.copy(ROOT / "spec" / spec, folder)
    done = subprocess.run(
        [sys.executable, "-c", _SCRIPT, spec, auth],
        cwd=folder,
        env={**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=600,
        check=True,
    )
    return without_ids(done.stdout)


_LAWS = ("parallel-guard", "parallel-deletes", "parallel-unique", "parallel-refusals")
_CHOSEN = re.compile(r"[0-9a-f]{32}|(?<=/stores/)\d+|(?<=/cards/)[^']+")


@pytest.mark.parametrize("server", ["boards", "stores", "bare-boards", "bare-stores"])
def test_who_comes_first_of_calls_at_once_changes_no_later_call(server: str) -> None:
    subject = right(server, auth=True)
    runs = [_made_at_once(subject) for _ in range(3)]
    assert len(runs[0]) > 20
    assert runs[1:] == runs[:1] * 2


def _made_at_once(subject: Subject) -> list[str]:
    """The requests of the laws about calls at once, with keys by the order in which they stand."""
    options, known = Options(only=("laws",), laws=_LAWS, run="abc123"), dict[str, str]()
    with serve(right(subject.server, auth=True).app) as server:
        target = Target(server.url, subject.principals, disposable=True)
        *_, last = run(subject.described.api, {}, target, options)
    assert isinstance(last, Finished)
    lines = "\n".join(str(each.request) for each in last.report.records)
    numbered = _CHOSEN.sub(lambda found: known.setdefault(found[0], f"#{len(known)}"), lines)
    return numbered.splitlines()


RUNS = (
    ("atlas-v2.yaml", "signed"),
    ("atlas-v1.yaml", "open"),
    ("concord.yaml", "signed"),
)


@pytest.mark.parametrize(("spec", "auth"), RUNS, ids=[" ".join(each) for each in RUNS])
def test_the_same_seed_and_mark_send_the_same(tmp_path: Path, spec: str, auth: str) -> None:
    (tmp_path / "other").mkdir()
    here = sent(spec, tmp_path, "1", auth)
    there = sent(spec, tmp_path / "other", "2", auth)
    assert len(here) > 500
    assert here == there


def _by_name(subject: Subject) -> list[tuple[str, str, str, bytes]]:
    """The requests of a whole run, with the names of stores in place of their numbers.

    Of stores that are made at once it is chance which gets which number.
    """
    options = Options(seed=3, run="kkkkkk", max_sequences=8)
    api = subject.described.api
    with serve(subject.app) as server:
        target = Target(server.url, subject.principals, disposable=True)
        told = list(run(api, {}, target, options, MockTwin(api)))
    calls = [each.call for each in told if isinstance(each, Called)]
    names: dict[str, str] = {}
    for each in calls:
        if each.operation == "createStore" and each.response.status == 201:
            made = json.loads(each.response.body)
            names.setdefault(str(made["number"]), made["name"])

    def named(target: str) -> str:
        return _NUMBER.sub(lambda found: names.get(found[0], found[0]), target)

    return [
        (each.principal, each.request.method, named(each.request.target), each.request.body)
        for each in calls
    ]


_NUMBER = re.compile(r"(?<=/stores/)\d+")


@pytest.mark.parametrize("server", ["stores", "bare-stores"])
def test_a_whole_run_is_the_same_apart_from_the_numbers_that_a_server_gives(server: str) -> None:
    first, second = (_by_name(right(server, auth=True)) for _ in range(2))
    assert len(first) > 1000
    assert first == second

"""What is found is told in few calls, and its curl lines show the fault again when pasted."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator

import pytest

from generator.api import Api
from generator.compose.twin import MockTwin
from generator.contract import Found, Options, Target, run
from generator.mock import MockApp, app_for, serve
from generator.report import Finding
from tests.mutants.judged import COLUMNS
from tests.mutants.pasted import pasted as judged
from tests.mutants.planted import plant
from tests.mutants.servers import Subject, subjects
from tests.mutants.test_mutants import Put, Stage, atlas
from tests.mutants.zoo import ZOO, Mutant

pytestmark = pytest.mark.skipif(
    not (shutil.which("curl") and shutil.which("jq")), reason="curl or jq is not installed"
)
SAMPLE = [each for each in ZOO if not each.auth][::4]
SPOILING = (
    "a read of an invitation takes it away",
    "a delete of an invitation takes the first too",
)
_STATUS = re.compile(r"HTTP/1\.1 (\d+)")


@pytest.fixture(scope="module", name="api")
def _api() -> Api:
    return atlas()


@pytest.fixture(scope="module", name="put")
def _put(api: Api) -> Iterator[Put]:
    with Stage().open(app_for(api)) as put:
        yield put


def first(api: Api, url: str, part: str) -> Finding | None:
    """What a part finds first."""
    options = Options(only=(part,), seed=1, max_sequences=10)
    events = run(api, {}, Target(url, disposable=True), options, MockTwin(api))
    found = next((each.finding for each in events if isinstance(each, Found)), None)
    events.close()
    return found


def pasted(lines: str) -> list[int]:
    """The statuses that a shell shows for curl lines."""
    done = subprocess.run(
        ["/bin/sh", "-c", lines], capture_output=True, text=True, timeout=300, check=False
    )
    return [int(each) for each in _STATUS.findall(done.stdout)]


def shown(lines: str) -> list[str]:
    """The bodies that a shell shows for curl lines."""
    plain = lines.replace("curl --include", "curl --silent --write-out '\\n'")
    done = subprocess.run(
        ["/bin/sh", "-c", plain], capture_output=True, text=True, timeout=300, check=False
    )
    return done.stdout.splitlines()


@pytest.mark.parametrize("part", ["laws", "lockstep"])
@pytest.mark.parametrize("mutant", SAMPLE, ids=lambda each: each.name)
def test_a_finding_is_short_and_repeats(api: Api, put: Put, mutant: Mutant, part: str) -> None:
    def wrong() -> MockApp:
        return plant(app_for(api), mutant.fault)

    found = first(api, put(wrong()), part)
    if found is None:
        pytest.skip(f"{part} does not find it")
    assert len(found.calls) <= 4
    # On a server of its own: what the run made is not there.
    put(wrong())
    assert pasted(found.curl)[-1] == found.calls[-1].response.status


@pytest.mark.parametrize("name", SPOILING)
def test_what_shows_once_is_told_by_the_calls_that_touch_it(name: str) -> None:
    def fresh() -> Subject:
        return next(each for each in subjects("atlas-v2") if each.name == name)

    with serve(fresh().app) as server:
        found = first(fresh().described.api, server.url, "lockstep")
    assert found is not None
    assert len(found.calls) <= 4
    assert found.curl.count("curl --") <= 4
    last: list[str] = []
    for app in (fresh().app, app_for(fresh().described.api)):
        with serve(app) as again:
            lines = found.curl.replace(server.url, again.url)
            last.append(shown(lines)[-1].replace(again.url, ""))
    wrong, right = last
    assert wrong != right


@pytest.mark.parametrize(
    ("server", "name"),
    [
        ("boards", "wait to write in create_board #1"),
        ("boards", "wait to write in update_card #1"),
        ("stores", "wait to write in patch_store #1"),
        ("stores", "wait to write in close_store #1"),
        ("stores", "wait to write in create_item #1"),
    ],
)
def test_what_was_made_at_once_is_made_at_once_again(server: str, name: str) -> None:
    told = judged(server, name, ("laws",), twin=False)
    assert told is not None
    assert told.finding.rule.startswith("parallel-")
    assert " &\n" in told.finding.curl
    assert told.shows


def test_things_with_numbers_for_keys_are_made_first() -> None:
    told = judged("stores", "skip a write in patch_item #1", ("lockstep",), twin=True)
    assert told is not None
    assert '/stores/"$key1"/items' in told.finding.curl
    assert told.shows
    compile(told.finding.test, "repeats", "exec")
    assert "'/items/" in told.finding.test
    assert "str(key1)" in told.finding.test


@pytest.mark.parametrize(
    ("server", "name", "line"),
    [
        ("bare-boards", "drop a condition in queried #3", "--data-binary"),
        ("bare-boards", "drop an operand in update_card #1", "If-Match: '\"$key"),
        ("bare-boards", "turn a comparison in position #1", "after="),
        ("bare-boards", "swap an error in delete_board #1", "/cards"),
        ("bare-boards", "swap an error in board #1", "--request DELETE"),
        ("concord", "names mind no case", "--request POST"),
    ],
)
def test_lines_bring_a_server_to_where_a_fault_shows(server: str, name: str, line: str) -> None:
    told = judged(server, name, COLUMNS["laws"], twin=False)
    assert told is not None
    assert told.shows
    assert line in told.finding.curl


def test_a_proof_that_curl_cannot_make_again_is_said() -> None:
    told = judged("atlas-v2", "a nonce count serves twice", ("laws",), twin=False)
    assert told is not None
    assert told.finding.rule == "no-replay"
    assert told.finding.curl.count("# It was sent with an Authorization") == 2

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
from generator.mock import MockApp, app_for
from generator.report import Finding
from tests.mutants.planted import plant
from tests.mutants.test_mutants import Put, Stage, atlas
from tests.mutants.zoo import ZOO, Mutant

pytestmark = pytest.mark.skipif(
    not (shutil.which("curl") and shutil.which("jq")), reason="curl or jq is not installed"
)
SAMPLE = [each for each in ZOO if not each.auth][::4]
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
        ["/bin/sh", "-c", lines], capture_output=True, text=True, timeout=30, check=False
    )
    return [int(each) for each in _STATUS.findall(done.stdout)]


@pytest.mark.parametrize("part", ["laws", "lockstep"])
@pytest.mark.parametrize("mutant", SAMPLE, ids=lambda each: each.name)
def test_a_finding_is_short_and_repeats(api: Api, put: Put, mutant: Mutant, part: str) -> None:
    def wrong() -> MockApp:
        return plant(app_for(api), mutant.fault)

    found = first(api, put(wrong()), part)
    if found is None:
        pytest.skip(f"{part} does not find it")
    if part == "lockstep":
        assert len(found.calls) <= 4
    # On a server of its own: what the run made is not there.
    put(wrong())
    assert pasted(found.curl)[-1] == found.calls[-1].response.status

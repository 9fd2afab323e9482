"""The mock of a published description keeps what the contract suite asks of any server of it.

A mock may answer what is not documented, with a warning: lists of refusals are rarely complete.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from generator.compose.contract import contract_run
from generator.compose.load import load_api
from generator.compose.serving import served
from generator.contract import Finished, Options, Target
from generator.report import Finding, Severity
from tests.corpus.documents import documents
from tests.corpus.test_reading import CORPUS

_PARTS = ("smoke", "laws", "negatives", "auth", "lockstep")
_SMALL = 60_000 if os.environ.get("LOCKSTEP_CORPUS") != "all" else 3_200_000
_SEQUENCES = 10
_EXPLAINED = {
    "weatherbit.json": "its paths have queries in them, which no server can tell from real ones",
}
SMALL = [
    each for each in documents(CORPUS) if each.parent == CORPUS and each.stat().st_size <= _SMALL
]

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not SMALL, reason=f"no published descriptions at {CORPUS}"),
]


def errors(path: Path) -> list[Finding]:
    """What the suite finds on the mock, apart from warnings."""
    loaded = load_api(str(path), reader=lambda name: Path(name).read_bytes())
    options = Options(seed=1, only=_PARTS, max_sequences=_SEQUENCES)
    with served(loaded.api, auth=True, seed=1) as mock:
        target = Target(mock.url, mock.principals, disposable=True)
        told = list(contract_run(loaded, target, options))
    last = told[-1]
    assert isinstance(last, Finished)
    assert not last.down
    return [each for each in last.report.findings if each.severity is Severity.ERROR]


@pytest.mark.parametrize("path", SMALL, ids=lambda path: path.name)
def test_the_mock_satisfies_the_suite(path: Path) -> None:
    found = [f"{each.id} {each.operation}: {each.title}" for each in errors(path)]
    assert bool(found) is (path.name in _EXPLAINED), found

"""Agreement with another differ's own cases, and published pairs of revisions."""

from __future__ import annotations

import csv
import os
from datetime import date
from pathlib import Path

import pytest

from generator.api import Api
from generator.compose.load import load_api
from generator.diff import Changes, Level, Policy, Proofs, changes, judge
from tests.diff_cases.agreement import judged, read_cases, reasons

CORPUS = Path(__file__).parents[2].parent / "shared/corpus"
CASES = CORPUS / "diff-cases"
POLICY = Policy(today=date(2026, 1, 1))
OPPOSITE = {"added": "removed", "removed": "added"}
pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not CORPUS.exists(), reason="the published descriptions are not here"),
]


def pairs() -> list[tuple[str, str]]:
    if not CORPUS.exists():
        return []
    with (CORPUS / "pairs/PAIRS.tsv").open(encoding="utf-8", newline="") as file:
        return [(row["base"], row["revision"]) for row in csv.DictReader(file, delimiter="\t")]


def built(name: str) -> Api | None:
    return load_api(str(CORPUS / name), reader=lambda each: Path(each).read_bytes()).api


def test_at_least_95_of_100_agree_and_the_others_have_a_reason() -> None:
    found = [judged(case) for case in read_cases(CASES)]
    wrong = {each.case.name for each in found if not each.agrees}
    assert len(found) >= 328
    assert len(found) - len(wrong) >= 0.95 * len(found)
    assert wrong == reasons().keys()


@pytest.mark.parametrize(("base", "revision"), pairs(), ids=lambda name: Path(name).parent.name)
def test_a_published_pair(base: str, revision: str) -> None:
    old, new = built(base), built(revision)
    if old is None or new is None:
        pytest.skip("a version of OpenAPI that is not built")
    there, back = changes(old, new), changes(new, old)
    assert came_and_went(there) == {(*key, OPPOSITE[how]) for *key, how in came_and_went(back)}
    for verdict in judge(there, POLICY, Proofs(old, new)):
        assert verdict.level is not Level.BREAKING or verdict.proof is not None


def came_and_went(found: Changes) -> set[tuple[str, ...]]:
    """What one side alone has, whatever else differs: subject, name, where, and how it went."""
    told: set[tuple[str, ...]] = set()
    for each in found:
        fact, site = each.fact, each.site
        if fact.action in OPPOSITE and fact.subject in LONELY:
            told.add((fact.subject, fact.name, site.method, site.status, fact.action))
    return told


LONELY = frozenset(
    "operation status component-schema parameter header media-type body tag property enum-value security".split()
)


def descriptions() -> list[str]:
    """The published descriptions; the largest only where all are asked for."""
    folder = CORPUS / "real"
    files = [*folder.glob("*.json"), *folder.glob("*.yaml")] if folder.exists() else []
    most = 10**9 if os.environ.get("LOCKSTEP_CORPUS") == "all" else 400_000
    return sorted(f"real/{each.name}" for each in files if each.stat().st_size <= most)


@pytest.mark.parametrize("name", descriptions())
def test_a_published_description_and_itself_differ_in_nothing(name: str) -> None:
    old, new = built(name), built(name)
    if old is None or new is None:
        pytest.skip("a version of OpenAPI that is not built")
    assert judge(changes(old, new), POLICY) == ()

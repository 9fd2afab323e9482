"""One case: two descriptions, the ids that are expected, and whether ours agree.

A case that ran a single check is judged by the ids which that check can give, for a whole differ
says more. A case with a threshold is judged by the levels from there on.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from generator.api import Api
from generator.compose.load import load_api
from generator.diff import Level, Policy, Proofs, changes, judge

LEVELS = {"ERR": Level.BREAKING, "WARN": Level.WARNING, "INFO": Level.INFO}
REASONS = Path(__file__).with_name("disagreements.tsv")


@dataclass(frozen=True, slots=True)
class Case:
    """A row of `cases.tsv`; `family` are the ids that its check can give."""

    name: str
    base: Path
    revision: Path
    expected: Counter[str]
    match: str
    forbidden: frozenset[str]
    least: Level
    family: frozenset[str]
    least_stability: str


@dataclass(frozen=True, slots=True)
class Judged:
    """A case with what we said."""

    case: Case
    reported: Counter[str]
    agrees: bool


def read_cases(folder: Path) -> list[Case]:
    """The cases of a folder."""
    with (folder / "cases.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    families = {**_families(rows), "all": known_ids(folder)}
    return [_case(folder, row, families) for row in rows]


def known_ids(folder: Path) -> frozenset[str]:
    """The ids that the other differ has; ours beyond them cannot be expected."""
    with (folder / "change-ids.tsv").open(encoding="utf-8", newline="") as file:
        return frozenset(row["id"] for row in csv.DictReader(file, delimiter="\t"))


def _families(rows: Iterable[Mapping[str, str]]) -> dict[str, frozenset[str]]:
    """By check, the ids that any of its cases expects."""
    found: dict[str, set[str]] = {}
    for row in rows:
        found.setdefault(row["checks_run"], set()).update(_ids(row["expected_ids"]))
    return {check: frozenset(ids) for check, ids in found.items()}


def _ids(text: str) -> list[str]:
    return [each for each in text.split(",") if each]


def _case(folder: Path, row: Mapping[str, str], families: Mapping[str, frozenset[str]]) -> Case:
    return Case(
        name=row["case"],
        base=folder / row["base"],
        revision=folder / row["revision"],
        expected=Counter(_ids(row["expected_ids"])),
        match=row["match"],
        forbidden=frozenset(_ids(row["forbidden_ids"])),
        least=LEVELS.get(row["level_threshold"], Level.INFO),
        family=families[row["checks_run"]],
        least_stability=_stability(row["description"]),
    )


def _stability(description: str) -> str:
    """The level that the description says the case was run at; beta where it says none."""
    found = re.match(r"At (Draft|Alpha|Beta|Stable)\b", description)
    return found[1].lower() if found else "beta"


@cache
def api(path: Path) -> Api:
    """The description at a path."""
    loaded = load_api(str(path), reader=lambda name: Path(name).read_bytes())
    assert loaded.api is not None, [str(each) for each in loaded.diagnostics]
    return loaded.api


def judged(case: Case) -> Judged:
    """What we say of a case."""
    policy = Policy(today=date.today(), least_stability=case.least_stability)
    base, revision = api(case.base), api(case.revision)
    verdicts = judge(changes(base, revision), policy, Proofs(base, revision))
    reported = Counter(
        each.rule.id
        for each in verdicts
        if each.level.rank >= case.least.rank and each.rule.id in case.family
    )
    return Judged(case, reported, agrees(case, reported))


def agrees(case: Case, reported: Counter[str]) -> bool:
    """Whether the ids are those that the case expects, in its own way of matching."""
    if case.forbidden & reported.keys():
        return False
    if case.match == "contains":
        return case.expected.keys() <= reported.keys()
    return reported == case.expected


def reasons() -> dict[str, str]:
    """By case, who is right where we disagree."""
    with REASONS.open(encoding="utf-8", newline="") as file:
        return {row["case"]: row["reason"] for row in csv.DictReader(file, delimiter="\t")}

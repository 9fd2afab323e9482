"""Findings that are likely to have one cause, and what was not judged for one reason.

In: findings, notes. Out: groups. Findings are kin where the same rule wants the same statuses and
got the same one: a server that asks nobody for credentials, or everybody, fails a rule in hundreds
of calls alike. Groups are for people; programs get every finding.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from generator.report.finding import Finding
from generator.report.report import Report

_STATUSES = re.compile(r"(?:[1-5](?:\d\d|xx))(?: or [1-5]\d\d)*\b")
_SHOWN = 4
MOST_ALONE = 5
"""How many kin stand one by one before they become a row."""


@dataclass(frozen=True, slots=True)
class Kin:
    """Findings of one rule that wanted and got the same statuses, in the order found."""

    findings: tuple[Finding, ...]
    expected: str
    answered: str

    @property
    def first(self) -> Finding:
        """The one that stands for all."""
        return self.findings[0]

    @property
    def is_row(self) -> bool:
        """Whether there are so many that one row says more."""
        return len(self.findings) > MOST_ALONE

    @property
    def said(self) -> str:
        """What they have in common, and where: in one line."""
        told = [self.first.rule]
        told += [f"{self.expected} expected"] if self.expected else []
        told += [f"{self.answered} answered"] if self.answered else []
        return f"{len(self.findings)} alike ({', '.join(told)}): {_operations(self.findings)}"


def kin(findings: Sequence[Finding]) -> list[Kin]:
    """The groups, in the order of their first findings."""
    found: dict[tuple[str, ...], list[Finding]] = {}
    for each in findings:
        found.setdefault(_cause(each), []).append(each)
    return [Kin(tuple(each), *key[-2:]) for key, each in found.items()]


def _cause(finding: Finding) -> tuple[str, ...]:
    """What kin have in common: rule, severity, the statuses wanted and the one that came."""
    wanted = _STATUSES.match(finding.expected)
    came = _STATUSES.match(finding.actual)
    answered = str(finding.calls[-1].response.status) if finding.calls else ""
    return (
        finding.rule,
        str(finding.severity),
        wanted[0] if wanted else "",
        came[0] if came else answered,
    )


def _operations(findings: Iterable[Finding]) -> str:
    counted = Counter(each.operation for each in findings)
    ordered = counted.most_common(_SHOWN)
    shown = [f"{name} {count}" if count > 1 else name for name, count in ordered if name]
    more = len(counted) - len(ordered)
    return ", ".join(shown) + (f" and {more} more" if more else "")


def by_reason(notes: Iterable[str]) -> dict[str, list[str]]:
    """What was not judged, by the reason for it; a note is `rule on operation: reason`."""
    found: dict[str, list[str]] = {}
    for note in notes:
        what, mark, reason = note.partition(": ")
        found.setdefault(" ".join(reason.split()) if mark else "", []).append(what)
    return found


def elsewhere(report: Report) -> bool:
    """Whether nothing but 404 was answered, as by a server of something else."""
    return {status for row in report.outcomes for status in row.statuses} == {404}

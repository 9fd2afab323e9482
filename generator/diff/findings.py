"""Verdicts as findings, so that approvals and the formats of every command take them.

What was is `expected`, what is now `actual`; a finding is about its place in the revision, with the
place in the base beside it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

from generator.diagnostics import Span, Where
from generator.diff.comparison import Comparison
from generator.diff.formats.words import label, shown
from generator.diff.judging import Verdict
from generator.diff.rules import Level
from generator.report import Finding, PartResult, Report, Severity
from generator.report.approvals import FAULTS

_SEVERITIES = {
    Level.BREAKING: Severity.ERROR,
    Level.WARNING: Severity.WARNING,
    Level.INFO: Severity.NOTE,
}


def finding(verdict: Verdict) -> Finding:
    """A verdict as a finding."""
    places = [each for each in (verdict.revision, verdict.base) if each is not None]
    return Finding(
        part="diff",
        rule=verdict.rule.id,
        operation=label(verdict),
        title=verdict.message,
        message=" ".join(filter(None, (verdict.rule.doc, shown(verdict)))),
        severity=_SEVERITIES[verdict.level],
        where=places[0] if places else None,
        related=tuple(places[1:]),
        expected=_text(verdict.fact.before),
        actual=_text(verdict.fact.after),
    )


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False, default=str)


def report(comparison: Comparison, find: Callable[[Where], Span], seconds: float) -> Report:
    """The comparison as a report; what is approved is told as a note."""
    findings = [
        _told(finding(each), comparison.approved.get(number))
        for number, each in enumerate(comparison.verdicts)
    ]
    found = (*findings, *comparison.faults)
    return Report(
        title="lockstep diff",
        target=f"{comparison.base} to {comparison.revision}",
        seed=0,
        seconds=seconds,
        findings=found,
        parts=(PartResult(part="diff", calls=0, findings=len(found), seconds=seconds),),
        rules={**FAULTS, **{each.rule.id: each.rule.doc for each in comparison.verdicts}},
    ).located(find)


def _told(found: Finding, reason: str | None) -> Finding:
    if reason is None:
        return found
    message = f"{found.message} (approved: {reason})"
    return replace(found, severity=Severity.NOTE, message=message)

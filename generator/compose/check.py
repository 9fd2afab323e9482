"""What is wrong with descriptions, as one report."""

from __future__ import annotations

from collections.abc import Sequence

from generator.compose.load import Loaded
from generator.diagnostics import CODES, Diagnostic, Severity, Span
from generator.report import Finding, Report
from generator.report import Severity as Level


def check_report(loaded: Sequence[Loaded]) -> Report:
    """Every diagnostic above a note as a finding, with its position."""
    return Report(
        title="lockstep check",
        target=", ".join(each.spec for each in loaded),
        seed=0,
        seconds=0.0,
        findings=tuple(
            _finding(diagnostic, span)
            for each in loaded
            for diagnostic, span in each.located(Severity.WARNING)
        ),
        rules={name: code.meaning for name, code in CODES.items()},
    )


def _finding(diagnostic: Diagnostic, span: Span) -> Finding:
    fails = diagnostic.severity >= Severity.ERROR
    return Finding(
        part="check",
        rule=diagnostic.code,
        operation=str(diagnostic.where),
        title=diagnostic.message,
        message=diagnostic.message,
        severity=Level.ERROR if fails else Level.WARNING,
        where=span,
    )

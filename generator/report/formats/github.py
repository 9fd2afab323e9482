"""GitHub workflow commands: one annotation a finding, at the description's line.

Values are escaped as the runner expects, so that no text can begin a command of its own.
"""

from __future__ import annotations

from generator.diagnostics import Span, Where
from generator.report.finding import Finding, Severity
from generator.report.report import Report

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def github(report: Report) -> str:
    """The report as workflow commands."""
    return "".join(f"{_command(each)}\n" for each in report.findings)


def _command(finding: Finding) -> str:
    properties = {**_place(finding.where), "title": f"{finding.id} {finding.operation}".rstrip()}
    listed = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    also = ", ".join(str(each) for each in finding.related)
    told = (finding.title, finding.message, finding.curl, f"See also {also}" if also else "")
    message = "\n".join(filter(None, told))
    return f"::{_LEVELS[finding.severity]} {listed}::{_data(message)}"


def _place(where: Span | Where | None) -> dict[str, str]:
    if isinstance(where, Span):
        return {"file": where.file, "line": str(where.line), "col": str(where.column)}
    return {"file": where.document} if where is not None else {}


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")

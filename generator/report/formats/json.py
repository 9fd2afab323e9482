"""JSON for programs: `{"version": 1, ...}`; fields are only ever added to version 1."""

from __future__ import annotations

import json

from generator.api.exchange import CallRecord
from generator.diagnostics import Span, Where
from generator.report.finding import Finding
from generator.report.report import Report


def json_text(report: Report) -> str:
    """The report as a JSON text."""
    return json.dumps(as_data(report), indent=2, ensure_ascii=False) + "\n"


def as_data(report: Report) -> dict[str, object]:
    """The report as plain data."""
    return {
        "version": 1,
        "title": report.title,
        "target": report.target,
        "seed": report.seed,
        "seconds": round(report.seconds, 3),
        "tested": report.tested,
        "failed": report.failed,
        "findings": [_finding(each) for each in report.findings],
        "accepted": [each.id for each in report.accepted],
        "operations": [
            {
                "operation": row.operation,
                "label": row.label,
                "calls": row.calls,
                "statuses": {str(status): count for status, count in row.statuses.items()},
                "reached": row.reached,
                "findings": row.findings,
            }
            for row in report.outcomes
        ],
        "parts": [
            {
                "part": row.part,
                "calls": row.calls,
                "findings": row.findings,
                "seconds": round(row.seconds, 3),
                "notes": list(row.notes),
            }
            for row in report.parts
        ],
    }


def _finding(finding: Finding) -> dict[str, object]:
    return {
        "id": finding.id,
        "part": finding.part,
        "rule": finding.rule,
        "fault": finding.fault,
        "severity": str(finding.severity),
        "operation": finding.operation,
        "title": finding.title,
        "message": finding.message,
        "where": _place(finding.where),
        "expected": finding.expected,
        "actual": finding.actual,
        "curl": finding.curl,
        "calls": [_call(each) for each in finding.calls],
    }


def _place(where: Span | Where | None) -> dict[str, object] | None:
    if isinstance(where, Span):
        return {"file": where.file, "line": where.line, "column": where.column}
    return {"file": where.document, "pointer": where.pointer} if where is not None else None


def _call(call: CallRecord) -> dict[str, object]:
    return {
        "operation": call.operation,
        "principal": call.principal,
        "request": {
            "method": call.request.method,
            "target": call.request.target,
            "headers": [list(pair) for pair in call.request.headers],
            "body": call.request.body.decode("utf-8", "backslashreplace"),
        },
        "response": {
            "status": call.response.status,
            "headers": [list(pair) for pair in call.response.headers],
            "body": call.response.body.decode("utf-8", "backslashreplace"),
        },
        "seconds": round(call.seconds, 4),
    }

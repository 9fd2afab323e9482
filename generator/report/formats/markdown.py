"""Markdown for a summary page: totals, a table of operations, the findings below.

Text of descriptions and servers stands in code spans and fences that it cannot close.
"""

from __future__ import annotations

import re

from generator.report.finding import Finding
from generator.report.report import Outcome, Report


def markdown(report: Report) -> str:
    """The report as Markdown."""
    verdict = "failed" if report.failed else "passed"
    lines = [
        f"## {_plain(report.title)}: {verdict}",
        "",
        f"{len(report.findings)} findings in {report.calls} calls, seed {report.seed}.",
        "",
        "| operation | calls | statuses | success | findings |",
        "| --- | ---: | --- | --- | ---: |",
        *(_row(row) for row in report.outcomes),
    ]
    for finding in report.findings:
        lines += ["", *_finding(finding)]
    return "\n".join(lines) + "\n"


def _row(row: Outcome) -> str:
    statuses = " ".join(f"{status} ({count})" for status, count in row.statuses.items())
    reached = "reached" if row.reached else "**never**"
    return f"| {_plain(row.operation)} | {row.calls} | {statuses} | {reached} | {row.findings} |"


def _finding(finding: Finding) -> list[str]:
    place = f" at {_plain(str(finding.where))}" if finding.where is not None else ""
    told = [finding.message]
    told += [f"expected: {finding.expected}"] if finding.expected else []
    told += [f"actual: {finding.actual}"] if finding.actual else []
    told += [finding.curl] if finding.curl else []
    head = f"### {finding.severity}: {_plain(finding.operation)}: {_plain(finding.title)}"
    return [head, "", f"`{finding.id}`{place}", "", *_fenced("\n".join(told))]


def _plain(text: str) -> str:
    return re.sub(r"([\\`*_{}\[\]<>#|!])", r"\\\1", " ".join(text.split()))


def _fenced(text: str) -> list[str]:
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return [f"{fence}text", text, fence]

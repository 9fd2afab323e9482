"""For people: findings one below the other, then a table of operations and one line of totals.

`render` prints to a given rich console (which knows its width and colours), `text` gives plain
text. What came from a description or a server is printed as it is, never read as markup.
"""

from __future__ import annotations

import io

from rich.console import Console
from rich.table import Table
from rich.text import Text

from generator.report.finding import Finding, Severity
from generator.report.redaction import cut
from generator.report.report import Outcome, Report

_WIDTH = 120
_STYLES = {
    Severity.ERROR: "bold red",
    Severity.WARNING: "bold yellow",
    Severity.NOTE: "bold",
}
_CUT = 600
_MOST_LINES = 20


def text(report: Report) -> str:
    """The report as plain text."""
    console = Console(file=io.StringIO(), width=_WIDTH, no_color=True, highlight=False)
    render(report, console)
    file = console.file
    assert isinstance(file, io.StringIO)
    return "\n".join(line.rstrip() for line in file.getvalue().splitlines()) + "\n"


def render(report: Report, console: Console) -> None:
    """Print the report."""
    for finding in report.findings:
        _finding(finding, console)
    if report.outcomes:
        console.print(_operations(report.outcomes))
    for part in report.parts:
        for note in part.notes:
            said = _printable(f"not judged by {part.part}: {note}")
            console.print(Text(said, style="dim"))
    console.print(Text(_totals(report), style="red" if report.failed else "green"))


def _finding(finding: Finding, console: Console) -> None:
    style = _STYLES[finding.severity]
    place = f"{finding.where}  " if finding.where is not None else ""
    head = f"{finding.severity} {finding.id}  {finding.operation}: {finding.title}"
    console.print(Text(_printable(head), style=style), soft_wrap=True)
    for line in _lines(finding, place):
        console.print(Text(f"    {line}"), soft_wrap=True)
    console.print()


def _lines(finding: Finding, place: str) -> list[str]:
    said = [f"{place}{finding.message}"]
    said += [f"expected  {finding.expected}"] if finding.expected else []
    said += [f"actual    {finding.actual}"] if finding.actual else []
    lines = [_printable(line) for text in said for line in text.splitlines() if line.strip()]
    return [*lines[:_MOST_LINES], *([finding.curl] if finding.curl else [])]


def _printable(value: str) -> str:
    # Text of servers may hold terminal control sequences; they must not reach a terminal.
    shown = "".join(char if char.isprintable() else repr(char)[1:-1] for char in value)
    return cut(shown, _CUT)


def _operations(outcomes: tuple[Outcome, ...]) -> Table:
    table = Table(box=None, pad_edge=False)
    for name, justify in (("operation", "left"), ("calls", "right"), ("statuses", "left")):
        table.add_column(name, justify="right" if justify == "right" else "left")
    table.add_column("success")
    table.add_column("findings", justify="right")
    for row in outcomes:
        statuses = " ".join(f"{status} ({count})" for status, count in row.statuses.items())
        table.add_row(
            Text(_printable(row.operation)),
            str(row.calls),
            statuses,
            "reached" if row.reached else Text("never", style="red"),
            str(row.findings),
        )
    return table


def _totals(report: Report) -> str:
    reached = sum(row.reached for row in report.outcomes)
    return (
        f"{len(report.findings)} findings, {report.calls} calls, "
        f"{reached} of {len(report.outcomes)} operations reached with success, "
        f"{report.seconds:.1f} s, seed {report.seed}"
    )

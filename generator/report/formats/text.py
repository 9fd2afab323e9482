"""For people: findings one below the other, then a table of operations and one line of totals.

Of findings that have much in common the first is told, the others are counted below it.

`render` prints to a given rich console (which knows its width and colours), `text` gives plain
text. What came from a description or a server is printed as it is, never read as markup.
"""

from __future__ import annotations

import io
from collections import Counter

from rich.console import Console
from rich.table import Table
from rich.text import Text

from generator.report.finding import Finding, Severity
from generator.report.kin import by_reason, elsewhere, kin
from generator.report.redaction import cut
from generator.report.report import Report

_WIDTH = 120
_STYLES = {
    Severity.ERROR: "bold red",
    Severity.WARNING: "bold yellow",
    Severity.NOTE: "bold",
}
_CUT = 600
_MOST_LINES = 8


def text(report: Report) -> str:
    """The report as plain text."""
    console = Console(file=io.StringIO(), width=_WIDTH, no_color=True, highlight=False)
    render(report, console)
    file = console.file
    assert isinstance(file, io.StringIO)
    return "\n".join(line.rstrip() for line in file.getvalue().splitlines()) + "\n"


def render(report: Report, console: Console) -> None:
    """Print the report."""
    for group in kin(report.findings):
        for finding in group.findings[:1] if group.is_row else group.findings:
            _finding(finding, console)
            if group.is_row:
                said = _printable(f"one of {group.said}")
                console.print(Text(f"    {said}"), soft_wrap=True)
            console.print()
    if report.tested:
        console.print(_operations(report))
    for part in report.parts:
        for reason, what in by_reason(part.notes).items():
            told = (f"not judged by {part.part}", _printable(", ".join(what), 300), reason)
            said = _printable(": ".join(filter(None, told)))
            console.print(Text(said, style="dim"), soft_wrap=True)
    fine = report.tested and not report.failed
    console.print(Text(_totals(report), style="green" if fine else "red"))
    if elsewhere(report):
        said = f"404 is all that was answered: is {report.target} where this API is?"
        console.print(Text(_printable(said), style="bold"), soft_wrap=True)


def _finding(finding: Finding, console: Console) -> None:
    style = _STYLES[finding.severity]
    place = f"{finding.where}  " if finding.where is not None else ""
    head = f"{finding.severity} {finding.id}  {finding.headline}"
    console.print(Text(_printable(head), style=style), soft_wrap=True)
    for line in _lines(finding, place):
        console.print(Text(f"    {line}"), soft_wrap=True)


def _lines(finding: Finding, place: str) -> list[str]:
    said = [f"{place}{finding.message}"]
    said += [f"expected  {finding.expected}"] if finding.expected else []
    said += [f"actual    {finding.actual}"] if finding.actual else []
    lines = [line for text in said for line in _first_lines(text)]
    return [*lines, *finding.curl.splitlines()]


def _first_lines(text: str) -> list[str]:
    """The first lines of a text that are not empty."""
    lines = [_printable(line) for line in text.splitlines() if line.strip()]
    return [*lines[:_MOST_LINES], *(["…"] if len(lines) > _MOST_LINES else [])]


def _printable(value: str, most: int = _CUT) -> str:
    # Text of servers may hold terminal control sequences; they must not reach a terminal.
    shown = "".join(char if char.isprintable() else repr(char)[1:-1] for char in value)
    return cut(shown, most)


def _operations(report: Report) -> Table:
    """A row an operation: whether it does what it is for, and which parts found it wrong."""
    table = Table(box=None, pad_edge=False)
    table.add_column("operation")
    table.add_column("calls", justify="right")
    for name in ("statuses", "success", "findings"):
        table.add_column(name)
    found = {each.operation: Counter[str]() for each in report.outcomes}
    for each in report.findings:
        found.setdefault(each.operation, Counter())[each.part] += 1
    for row in report.outcomes:
        statuses = " ".join(f"{status} ({count})" for status, count in row.statuses.items())
        table.add_row(
            Text(_printable(row.operation)),
            str(row.calls),
            statuses,
            "reached" if row.reached else Text("never", style="red"),
            ", ".join(f"{part} {count}" for part, count in found[row.operation].items()) or "none",
        )
    return table


def _counted(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def _totals(report: Report) -> str:
    reached = sum(row.reached for row in report.outcomes)
    accepted = f"{len(report.accepted)} accepted, " if report.accepted else ""
    return (
        f"{_counted(len(report.findings), 'finding')}, {accepted}"
        f"{_counted(report.calls, 'call')}, "
        f"{reached} of {len(report.outcomes)} operations reached with success, "
        f"{report.seconds:.1f} s, seed {report.seed}"
    )

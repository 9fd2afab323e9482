"""One HTML file that opens offline: operations by parts, findings with both sides, coverage.

Every text of a description or a server is escaped; there is no script in the page and nothing is
loaded. A cell of the matrix leads to its first finding, which a browser then opens.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from html import escape

from generator.report.finding import Finding, Severity
from generator.report.formats.html_coverage import coverage
from generator.report.formats.html_findings import alike, finding
from generator.report.formats.html_style import STYLE
from generator.report.kin import by_reason, kin
from generator.report.report import Report

_HEAD = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width, initial-scale=1">'
    '<meta http-equiv="Content-Security-Policy" '
    "content=\"default-src 'none'; style-src 'unsafe-inline'\">"
)


def html(report: Report) -> str:
    """The report as a page."""
    return "\n".join(
        (
            f"{_HEAD}<title>{escape(report.title)}</title><style>{STYLE}</style></head><body>",
            *_header(report),
            "<main>",
            *_matrix(report),
            '<h2 id="findings">Findings</h2>',
            *_findings(report),
            *_accepted(report),
            *_notes(report),
            *coverage(report.coverage),
            "</main></body></html>",
            "",
        )
    )


def _header(report: Report) -> Iterator[str]:
    verdict = "failed" if report.failed else "passed"
    yield f'<header><div><h1>{escape(report.title)}<span class="badge {verdict}">{verdict}</span>'
    yield f'</h1><p class="soft">{escape(report.target)}</p><dl class="facts">'
    reached = sum(each.reached for each in report.outcomes)
    facts = {
        "findings": str(len(report.findings)),
        "operations reached": f"{reached} of {len(report.outcomes)}",
        "calls": str(report.calls),
        "seconds": f"{report.seconds:.1f}",
        "seed": str(report.seed),
    }
    yield "".join(f"<div><dt>{name}</dt><dd>{told}</dd></div>" for name, told in facts.items())
    yield "</dl></div></header>"


def _findings(report: Report) -> Iterator[str]:
    """Findings that have much in common are one row, which opens to all of them."""
    if not report.findings:
        yield "<p>None.</p>"
    for group in kin(_sorted(report)):
        inside = map(finding, group.findings)
        yield from [alike(group, "".join(inside))] if group.is_row else inside


def _sorted(report: Report) -> list[Finding]:
    """Errors first, each severity in the order in which it was found."""
    order = list(Severity)
    return sorted(report.findings, key=lambda each: order.index(each.severity))


def _matrix(report: Report) -> Iterator[str]:
    parts = [each.part for each in report.parts]
    if not (parts and report.outcomes):
        return
    calls = Counter((each.operation, each.part) for each in report.records)
    found: dict[tuple[str, str], list[Finding]] = {}
    for each in _sorted(report):
        found.setdefault((each.operation, each.part), []).append(each)
    heads = "".join(f'<th class="part">{escape(part)}</th>' for part in parts)
    yield '<h2 id="operations">Operations</h2><p class="soft">Calls by the part that made them;'
    yield " where something is wrong, how often, and in how many. A dash: not called.</p>"
    yield '<div class="wide"><table id="matrix">'
    yield f"<tr><th>operation</th>{heads}</tr>"
    for row in report.outcomes:
        pairs = [(row.operation, part) for part in parts]
        cells = "".join(_cell(calls[each], found.get(each, [])) for each in pairs)
        reached = "" if row.reached else ' class="missed" title="no success was ever reached"'
        yield f"<tr><td{reached}>{escape(row.label)}</td>{cells}</tr>"
    yield "</table></div>"


def _cell(calls: int, found: list[Finding]) -> str:
    if not found:
        return f'<td class="part {"fine" if calls else "none"}">{calls or "&ndash;"}</td>'
    worst = "found" if found[0].severity is Severity.ERROR else "noted"
    told = f"{len(found)} in {calls}" if calls else f"{len(found)}"
    return f'<td class="part {worst}"><a href="#{escape(found[0].id)}">{told}</a></td>'


def _accepted(report: Report) -> Iterator[str]:
    if report.accepted:
        yield '<h2 id="accepted">Accepted for a while</h2>'
        yield from map(finding, report.accepted)


def _notes(report: Report) -> Iterator[str]:
    reasons = [
        (part.part, reason, what)
        for part in report.parts
        for reason, what in by_reason(part.notes).items()
    ]
    if reasons:
        yield '<h2 id="not-judged">Not judged</h2><div class="wide"><table>'
        yield "<tr><th>part</th><th>what</th><th>because</th></tr>"
        yield from (_note(*each) for each in reasons)
        yield "</table></div>"


def _note(part: str, reason: str, what: list[str]) -> str:
    cells = (part, ", ".join(what), reason)
    return "<tr>" + "".join(f"<td>{escape(each)}</td>" for each in cells) + "</tr>"

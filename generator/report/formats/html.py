"""One HTML file that opens offline: operations by parts, findings with both sides, coverage.

Every text of a description or a server is escaped; there is no script in the page and nothing is
loaded.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from html import escape
from urllib.parse import parse_qsl, urlsplit

from generator.report.finding import Finding
from generator.report.report import Outcome, Report

_STYLE = """
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem }
table { border-collapse: collapse; margin: 1rem 0 }
th, td { border: 1px solid #ccc; padding: .2rem .6rem; text-align: left }
td.none { color: #999 } td.found { background: #fdd } td.fine { background: #e7f6e7 }
details { border: 1px solid #ccc; border-radius: .3rem; margin: .5rem 0; padding: .4rem .8rem }
summary { cursor: pointer } .error { color: #a00 } .warning { color: #960 }
.sides { display: grid; gap: 1rem; grid-template-columns: 1fr 1fr }
pre { background: #f6f6f6; overflow: auto; padding: .6rem; white-space: pre-wrap }
"""
_HEAD = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8">'
    '<meta http-equiv="Content-Security-Policy" '
    "content=\"default-src 'none'; style-src 'unsafe-inline'\">"
)


def html(report: Report) -> str:
    """The report as a page."""
    return "\n".join(
        (
            f"{_HEAD}<title>{escape(report.title)}</title><style>{_STYLE}</style></head><body>",
            f"<h1>{escape(report.title)}</h1>",
            f"<p>{escape(report.target)}, seed {report.seed}, {report.calls} calls, "
            f"{len(report.findings)} findings, {report.seconds:.1f} s</p>",
            *_matrix(report),
            "<h2>Findings</h2>",
            *(map(_finding, report.findings) if report.findings else ("<p>None.</p>",)),
            *_accepted(report),
            *_notes(report),
            *_coverage(report),
            "</body></html>",
            "",
        )
    )


def _matrix(report: Report) -> Iterator[str]:
    parts = [each.part for each in report.parts]
    calls = Counter((each.operation, each.part) for each in report.records)
    found = Counter((each.operation, each.part) for each in report.findings)
    heads = "".join(f"<th>{escape(part)}</th>" for part in parts)
    yield f'<h2>Operations</h2><table id="matrix"><tr><th>operation</th>{heads}</tr>'
    for row in report.outcomes:
        pairs = [(row.operation, part) for part in parts]
        cells = "".join(_cell(calls[each], found[each]) for each in pairs)
        yield f"<tr><td>{escape(row.label)}</td>{cells}</tr>"
    yield "</table>"


def _cell(calls: int, found: int) -> str:
    if found:
        return f'<td class="found">{found} of {calls}</td>'
    return f'<td class="{"fine" if calls else "none"}">{calls or "-"}</td>'


def _finding(finding: Finding) -> str:
    place = f"<p>{escape(str(finding.where))}</p>" if finding.where else ""
    sides = "".join(
        f"<div><h4>{name}</h4><pre>{escape(text)}</pre></div>"
        for name, text in (("expected", finding.expected), ("actual", finding.actual))
        if text
    )
    again = "".join(
        f"<h4>{name}</h4><pre>{escape(text)}</pre>"
        for name, text in (("again, in a shell", finding.curl), ("again, by pytest", finding.test))
        if text
    )
    return (
        f'<details id="{escape(finding.id)}"><summary><b class="{finding.severity}">'
        f"{escape(finding.rule)}</b> {escape(finding.operation)}: {escape(finding.title)}</summary>"
        f'{place}<pre>{escape(finding.message)}</pre><div class="sides">{sides}</div>{again}'
        "</details>"
    )


def _accepted(report: Report) -> Iterator[str]:
    if report.accepted:
        yield "<h2>Accepted</h2>"
        yield from map(_finding, report.accepted)


def _notes(report: Report) -> Iterator[str]:
    notes = [(part.part, note) for part in report.parts for note in part.notes]
    if notes:
        yield "<h2>Not judged</h2><ul>"
        yield from (f"<li>{escape(part)}: {escape(note)}</li>" for part, note in notes)
        yield "</ul>"


def _coverage(report: Report) -> Iterator[str]:
    asked: dict[str, Counter[str]] = {}
    for call in report.records:
        names = {name for name, _ in parse_qsl(urlsplit(call.request.target).query, True)}
        asked.setdefault(call.operation, Counter()).update(names)
    yield "<h2>Coverage</h2><table><tr><th>operation</th><th>statuses</th><th>parameters</th></tr>"
    for row in report.outcomes:
        counts = asked.get(row.operation, Counter[str]())
        told = ", ".join(f"{escape(name)} {count}" for name, count in sorted(counts.items()))
        yield f"<tr><td>{escape(row.label)}</td><td>{_statuses(row)}</td><td>{told}</td></tr>"
    yield "</table>"


def _statuses(row: Outcome) -> str:
    return (
        ", ".join(f"{status}: {count}" for status, count in row.statuses.items()) or "never called"
    )

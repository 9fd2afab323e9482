"""One HTML page that opens offline: a section a level, what each rule says, and what shows it.

Every text of a description is escaped; there is no script in the page and nothing is loaded.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from generator.diff.comparison import Comparison
from generator.diff.formats.groups import Entry, Group, groups, tests
from generator.diff.formats.words import Spans, label, lines, totals
from generator.diff.rules import Level

_STYLE = """
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 75rem; padding: 0 1rem }
details { border: 1px solid #ccc; border-radius: .3rem; margin: .5rem 0; padding: .4rem .8rem }
summary { cursor: pointer } .doc { color: #666 } .breaking { color: #a00 }
.warning { color: #960 } .info { color: #06c } .approved { color: #080 }
table { border-collapse: collapse; margin: .3rem 0 .8rem } td { padding: 0 1.5rem 0 0 }
td.place { color: #666; font-family: monospace } .shown { background: #f6f6f6; padding: .3rem }
"""
_HEAD = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8">'
    '<meta http-equiv="Content-Security-Policy" '
    "content=\"default-src 'none'; style-src 'unsafe-inline'\">"
)


def as_html(comparison: Comparison, base: Spans, revision: Spans) -> str:
    """The page."""
    title = f"Changes from {escape(comparison.base)} to {escape(comparison.revision)}"
    faults = (f'<p class="breaking">{escape(each.message)}</p>' for each in comparison.faults)
    return "\n".join(
        (
            f"{_HEAD}<title>{title}</title><style>{_STYLE}</style></head><body>",
            f"<h1>{title}</h1><p>{escape(totals(comparison))}</p>",
            *faults,
            *_sections(comparison, base, revision),
            *_tests(comparison),
            "</body></html>",
            "",
        )
    )


def _sections(comparison: Comparison, base: Spans, revision: Spans) -> Iterator[str]:
    for level in Level:
        found = list(groups(comparison, level))
        if found:
            yield f'<h2 class="{level}">{str(level).capitalize()}</h2>'
        yield from (_group(each, base, revision) for each in found)


def _tests(comparison: Comparison) -> Iterator[str]:
    found = list(tests(comparison))
    if found:
        rows = (f"<tr><td>{escape(name)}</td><td>{escape(told)}</td></tr>" for name, told in found)
        yield f"<h2>Tests</h2><table>{''.join(rows)}</table>"


def _group(group: Group, base: Spans, revision: Spans) -> str:
    opened = " open" if group.level is not Level.INFO else ""
    entries = "".join(_entry(each, base, revision) for each in group.entries)
    return (
        f'<details{opened}><summary><b class="{group.level}">{escape(group.rule.id)}</b> '
        f'({group.size}) <span class="doc">{escape(group.rule.doc)}</span></summary>'
        f"{entries}</details>"
    )


def _entry(entry: Entry, base: Spans, revision: Spans) -> str:
    shown = f'<p class="shown">{escape(entry.shown)}</p>' if entry.shown else ""
    agreed = entry.approved
    approved = f'<p class="approved">Approved: {escape(agreed)}</p>' if agreed is not None else ""
    rows = "".join(
        f"<tr><td>{escape(label(each))}</td>"
        f'<td class="place">{escape(lines(each, base, revision))}</td>'
        f"<td>{escape(entry.own(each))}</td></tr>"
        for each in entry.verdicts
    )
    return f"<p>{escape(entry.message)}</p>{shown}{approved}<table>{rows}</table>"

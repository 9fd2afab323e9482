"""Coverage on the page: for each operation its statuses, parameters and schema keywords.

In come rows of coverage, out comes HTML in which every text is escaped.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from generator.report.report import Coverage, Covered


def coverage(rows: tuple[Coverage, ...]) -> Iterator[str]:
    """The section, or nothing where nobody asked for coverage."""
    if not rows:
        return
    yield '<h2 id="coverage">Coverage</h2>'
    yield (
        '<p class="soft">Held: met by a value that keeps it. Broken: met by one that does not, '
        "on purpose. A documented status that never came, and what was never met, stand out.</p>"
    )
    yield from map(_operation, rows)


def _operation(row: Coverage) -> str:
    groups = (
        ("statuses", ("status", "answers", "undocumented"), row.statuses),
        ("parameters", ("parameter", "held", "broken"), row.parameters),
        ("schema keywords", ("keyword", "held", "broken"), row.keywords),
    )
    told = " &middot; ".join(f"{_met(each)} {name}" for name, _, each in groups if each)
    tables = "".join(_table(name, heads, each) for name, heads, each in groups if each)
    return (
        f'<details class="coverage"><summary><b>{escape(row.label)}</b>'
        f'<span class="soft">{told}</span></summary>'
        f'<div class="inside columns">{tables}</div></details>'
    )


def _met(group: tuple[Covered, ...]) -> str:
    return f"{sum(bool(each.held or each.broken) for each in group)} of {len(group)}"


def _table(title: str, heads: tuple[str, str, str], group: tuple[Covered, ...]) -> str:
    first, *counts = (escape(head) for head in heads)
    head = f"<th>{first}</th>" + "".join(f'<th class="count">{each}</th>' for each in counts)
    return (
        f'<div><h3>{escape(title)}</h3><div class="wide"><table><tr>{head}</tr>'
        f"{''.join(map(_row, group))}</table></div></div>"
    )


def _row(covered: Covered) -> str:
    missed = "" if covered.held or covered.broken else ' class="missed"'
    place = f' title="{escape(str(covered.where))}"' if covered.where else ""
    held, broken = (
        f'<td class="count">{count or "&ndash;"}</td>' for count in (covered.held, covered.broken)
    )
    return f"<tr><td{missed}{place}>{escape(covered.name)}</td>{held}{broken}</tr>"

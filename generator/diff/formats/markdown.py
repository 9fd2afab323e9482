"""A changelog in Markdown: a heading a level, a line for what is said, the operations below it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.diff.comparison import Comparison
from generator.diff.formats.groups import Entry, Group, groups, tests
from generator.diff.formats.words import Spans, label, lines, totals
from generator.diff.rules import Level

_TITLES = {
    Level.BREAKING: "Breaking",
    Level.WARNING: "Worth a look",
    Level.INFO: "Other changes",
}


def as_markdown(comparison: Comparison, base: Spans, revision: Spans) -> str:
    """The changelog."""
    return "\n".join(_lines(comparison, base, revision)) + "\n"


def _lines(comparison: Comparison, base: Spans, revision: Spans) -> Iterator[str]:
    yield f"# Changes from {_escaped(comparison.base)} to {_escaped(comparison.revision)}"
    yield f"\n{_escaped(totals(comparison))}"
    for fault in comparison.faults:
        yield f"\n**{_escaped(fault.message)}** (`{fault.rule}`)"
    for level, title in _TITLES.items():
        found = list(groups(comparison, level))
        if found:
            yield f"\n## {title}\n"
        for group in found:
            yield from (_bullet(group, each, base, revision) for each in group.entries)
    yield from _tests(comparison)


def _tests(comparison: Comparison) -> Iterator[str]:
    found = list(tests(comparison))
    if found:
        yield "\n## Tests\n"
    yield from (f"- **{_escaped(operation)}**: {_escaped(told)}" for operation, told in found)


def _bullet(group: Group, entry: Entry, base: Spans, revision: Spans) -> str:
    operations = dict.fromkeys(label(each) for each in entry.verdicts if each.site.path)
    where = ", ".join(f"**{_escaped(each)}**" for each in operations)
    start = f"{where}: " if where else ""
    approved = f" (approved: {_escaped(entry.approved)})" if entry.approved is not None else ""
    told = dict.fromkeys((entry.shown, *(entry.own(each) for each in entry.verdicts)))
    shown = "".join(f" {_escaped(each)}" for each in told if each)
    places = dict.fromkeys(lines(each, base, revision) for each in entry.verdicts)
    found = _escaped("; ".join(places))
    return f"- {start}{_escaped(entry.message)}{approved} (`{group.rule.id}`).{shown} {found}"


def _escaped(text: str) -> str:
    """The text on one line, with nothing that Markdown or HTML would read as markup."""
    return re.sub(r"([\\`*_{}\[\]<>#|!&~])", r"\\\1", " ".join(text.split()))

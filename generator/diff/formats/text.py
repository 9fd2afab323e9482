"""For people at a terminal: the weightiest first, each rule with its reason and its places.

What came from a description is printed as it is, never read as markup, and without anything that a
terminal would obey.
"""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console
from rich.text import Text

from generator.diff.comparison import Comparison
from generator.diff.formats.groups import Entry, groups
from generator.diff.formats.words import Spans, label, lines, totals
from generator.diff.rules import Level

_STYLES = {Level.BREAKING: "bold red", Level.WARNING: "bold yellow", Level.INFO: "bold blue"}


def render(comparison: Comparison, base: Spans, revision: Spans, console: Console) -> None:
    """Print the report."""
    for line in _lines(comparison, base, revision):
        console.print(line, soft_wrap=True, highlight=False)


def _lines(comparison: Comparison, base: Spans, revision: Spans) -> Iterator[Text]:
    for level in Level:
        for group in groups(comparison, level):
            count = f" ({group.size})" if group.size > 1 else ""
            yield _line(
                (f"{level:8}  ", _STYLES[level]), (group.rule.id, "bold"), (f"{count}", "dim")
            )
            yield _line((f"  {group.rule.doc}", "dim italic"))
            for entry in group.entries:
                yield from _entry(entry, base, revision)
            yield Text()
    for fault in comparison.faults:
        yield _line((f"{fault.rule}: {fault.message}", "bold red"))
    failed = comparison.faults or any(each.level is Level.BREAKING for each in comparison.verdicts)
    yield _line((totals(comparison), "bold red" if failed else "bold green"))


def _entry(entry: Entry, base: Spans, revision: Spans) -> Iterator[Text]:
    if entry.message.strip() != "":
        yield _line((f"  {entry.message}", ""))
    if entry.shown:
        yield _line((f"    {entry.shown}", "cyan"))
    if entry.approved is not None:
        yield _line((f"    Approved: {entry.approved}", "green"))
    for places, labels in _by_places(entry, base, revision).items():
        told = [each for each in labels if each != "the description"]
        yield _line((f"    {places}", "dim"), ("  " if told else "", ""), (", ".join(told), ""))


def _by_places(entry: Entry, base: Spans, revision: Spans) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for verdict in entry.verdicts:
        found.setdefault(lines(verdict, base, revision), []).append(label(verdict))
    return found


def _line(*parts: tuple[str, str]) -> Text:
    return Text.assemble(*((_printable(text), style) for text, style in parts))


def _printable(text: str) -> str:
    return "".join(each if each.isprintable() else " " for each in text)

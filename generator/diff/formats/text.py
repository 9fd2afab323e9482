"""For people at a terminal: the weightiest first, each rule with its reason and its places.

What came from a description is printed as it is, never read as markup, and without anything that a
terminal would obey.
"""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console
from rich.text import Text

from generator.diff.comparison import Comparison
from generator.diff.formats.groups import Entry, groups, tests
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
    for operation, told in tests(comparison):
        yield _line((f"{operation}  ", "bold"), (told, ""))
    if comparison.touches:
        yield Text()
    for fault in comparison.faults:
        yield _line((f"{fault.rule}: {fault.message}", "bold red"))
    failed = comparison.faults or any(each.level is Level.BREAKING for each in comparison.verdicts)
    yield _line((totals(comparison), "bold red" if failed else "bold green"))


def _entry(entry: Entry, base: Spans, revision: Spans) -> Iterator[Text]:
    found = _by_places(entry, base, revision)
    lonely = [place for (place, _), labels in found.items() if not any(labels)]
    yield _line((f"  {entry.message}", ""), (f"  {lonely[0]}" if len(lonely) == 1 else "", "dim"))
    if entry.shown:
        yield _line((f"    {entry.shown}", "cyan"))
    if entry.approved is not None:
        yield _line((f"    Approved: {entry.approved}", "green"))
    for (place, own), labels in found.items():
        if len(labels) == 1 and labels[0]:
            yield _line((f"    {labels[0]}", "bold"), (f"  {place}", "dim"))
        elif labels[0] or len(lonely) > 1:
            yield _line((f"    {place}", "dim"))
            yield from (_line((f"      {each}", "bold")) for each in labels if each)
        if own:
            yield _line((f"      {own}", "cyan"))


def _by_places(entry: Entry, base: Spans, revision: Spans) -> dict[tuple[str, str], list[str]]:
    """The operations of an entry by their lines and what shows them."""
    found: dict[tuple[str, str], list[str]] = {}
    for each in entry.verdicts:
        operation = label(each) if each.site.path else ""
        found.setdefault((lines(each, base, revision), entry.own(each)), []).append(operation)
    return found


def _line(*parts: tuple[str, str]) -> Text:
    return Text.assemble(*((_printable(text), style) for text, style in parts))


def _printable(text: str) -> str:
    return "".join(each if each.isprintable() else " " for each in text)

"""What commands print: diagnostics, one a line, and tables where somebody looks at them.

Text of descriptions and servers is hostile, so control characters never reach the terminal.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator

from generator.cli.ending import Ending
from generator.compose.load import Loaded
from generator.compose.verdict import exit_code
from generator.diagnostics import Diagnostic, Severity, Span


def line(diagnostic: Diagnostic, span: Span) -> str:
    """`file:line:column code message`."""
    return printable(f"{span} {diagnostic.code} {diagnostic.message}")


def printable(text: str) -> str:
    """The text on one line, without anything that a terminal would obey."""
    return "".join(each if each.isprintable() else " " for each in " ".join(text.split()))


def well_formed(report: str) -> str:
    """A report that any file takes; half a character, which a server was sent, is escaped."""
    return report.encode("utf-8", "backslashreplace").decode()


def print_diagnostics(loaded: Loaded, *, least: Severity = Severity.WARNING) -> None:
    """Print what was said about a description to stderr, notes only where asked for."""
    for text in diagnostic_lines(loaded, least=least):
        print(text, file=sys.stderr)


def diagnostic_lines(loaded: Loaded, *, least: Severity = Severity.WARNING) -> Iterator[str]:
    """What was said about a description, one line each, by position."""
    for diagnostic, span in loaded.located(least):
        yield line(diagnostic, span)


def end_unless_usable(loaded: Loaded, allow: Iterable[str] = ()) -> None:
    """Print what is wrong with a description; end the command where it may not go on."""
    print_diagnostics(loaded)
    code = exit_code(loaded.diagnostics, frozenset(allow))
    if code:
        raise Ending(code)

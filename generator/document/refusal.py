"""Why a text could not be read, on its way from a reader to the diagnostics, and its limits."""

from __future__ import annotations

from generator.diagnostics import Span

MAX_BYTES = 100 * 1024 * 1024
MAX_DEPTH = 1_000
MAX_NODES = 5_000_000
# Beyond this Python refuses to print an integer, so nothing after the reader could.
MAX_DIGITS = 4_300


class Refusal(Exception):
    """Raised by a reader and caught by `read`, which reports it; it never leaves this package."""

    def __init__(self, code: str, message: str, span: Span) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.span = span


def span_at(name: str, text: str, offset: int) -> Span:
    """The line and column of an offset in a text."""
    head = text[:offset]
    breaks = head.count("\n") + head.count("\r") - head.count("\r\n")
    start = max(head.rfind("\n"), head.rfind("\r")) + 1
    return Span(name, breaks + 1, offset - start + 1)

"""The collection of diagnostics that travels through the pipeline.

Stages report into it and go on; the caller asks at the end. Faults of documents are collected here
and never raised.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.diagnostics.codes import CODES
from generator.diagnostics.diagnostic import Diagnostic, Severity
from generator.diagnostics.where import Span, Where


class Diagnostics:
    """Collects diagnostics in the order in which they are reported, each once."""

    def __init__(self) -> None:
        self._seen: dict[Diagnostic, None] = {}

    def report(
        self, code: str, message: str, where: Where | Span, *related: Where | Span
    ) -> Diagnostic:
        """Add one; the severity is the code's own. The code must stand in `CODES`."""
        diagnostic = Diagnostic(code, message, where, CODES[code].severity, related)
        self._seen.setdefault(diagnostic)
        return diagnostic

    @property
    def worst(self) -> Severity:
        """The highest severity so far; NOTE where there is nothing."""
        return max((each.severity for each in self._seen), default=Severity.NOTE)

    @property
    def fatal(self) -> bool:
        """Whether the document cannot be used at all."""
        return self.worst is Severity.FATAL

    def __iter__(self) -> Iterator[Diagnostic]:
        return iter(self._seen)

    def __len__(self) -> int:
        return len(self._seen)

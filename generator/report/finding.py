"""One finding: a rule that does not hold, where, and the calls that show it.

A finding carries everything that a reader needs to judge and to repeat it. Its id depends on what
is wrong and not on the run: the same fault has the same id tomorrow, with another seed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from generator.api.exchange import CallRecord
from generator.diagnostics import Span, Where
from generator.report.redaction import redact_text


class Severity(StrEnum):
    """An error fails the run, a warning is shown, a note is told where there is room."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What does not hold: `rule` is a law's or a check's id.

    `title` says it without values of the run (it makes the id), `message` with them. `expected`
    and `actual` are both sides, `where` is the place of the description that decides it, `related`
    are other places that it is about, `curl` repeats the calls, and `test` is a pytest file that
    does. `fault` is the code of the Web Fuzzing Commons, where they have one.
    """

    part: str
    rule: str
    operation: str
    title: str
    message: str
    severity: Severity = Severity.ERROR
    where: Span | Where | None = None
    related: tuple[Span | Where, ...] = ()
    calls: tuple[CallRecord, ...] = ()
    curl: str = ""
    test: str = ""
    expected: str = ""
    actual: str = ""
    fault: str = ""

    @property
    def id(self) -> str:
        """A stable id: the rule, and a digest of what is wrong at which operation."""
        told = "\0".join((self.part, self.rule, self.operation, self.title))
        return f"{self.rule}-{hashlib.sha256(told.encode()).hexdigest()[:8]}"

    @property
    def headline(self) -> str:
        """Of which operation it is, where it is of one, and what is wrong."""
        return f"{self.operation}: {self.title}" if self.operation else self.title

    @property
    def places(self) -> str:
        """Where it is, and the other places that it is about."""
        return ", ".join(str(each) for each in (self.where, *self.related) if each is not None)

    def redacted(self, secrets: Iterable[str]) -> Finding:
        """The same finding without secrets in its texts; calls are redacted when recorded."""
        told = tuple(filter(None, secrets))
        return replace(
            self,
            message=redact_text(self.message, told),
            curl=redact_text(self.curl, told),
            test=redact_text(self.test, told),
            expected=redact_text(self.expected, told),
            actual=redact_text(self.actual, told),
        )

    def located(self, find: Callable[[Where], Span]) -> Finding:
        """The same finding with line and column in place of a pointer."""
        where = find(self.where) if isinstance(self.where, Where) else self.where
        related = (find(each) if isinstance(each, Where) else each for each in self.related)
        return replace(self, where=where, related=tuple(related))

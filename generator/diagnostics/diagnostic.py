"""One thing said about a document: a stable code, a message and the place it is about."""

from __future__ import annotations

import enum

from msgspec import Struct

from generator.diagnostics.where import Span, Where


class Severity(enum.IntEnum):
    """How much a diagnostic weighs: a note never fails, an error ends with 1, fatal with 2."""

    NOTE = 0
    WARNING = 1
    ERROR = 2
    FATAL = 3


class Diagnostic(Struct, frozen=True):
    """What is wrong (or worth knowing) at one place; `related` names other places it concerns."""

    code: str
    message: str
    where: Where | Span
    severity: Severity
    related: tuple[Where | Span, ...] = ()

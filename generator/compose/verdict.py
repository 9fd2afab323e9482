"""From what was said to how a command ends."""

from __future__ import annotations

from generator.diagnostics import Diagnostics, Severity


def exit_code(diagnostics: Diagnostics, allowed: frozenset[str] = frozenset()) -> int:
    """0 fine, 1 an error that is not waived, 2 a description that cannot be used."""
    weights = [each.severity for each in diagnostics if each.code not in allowed]
    worst = max(weights, default=Severity.NOTE)
    if diagnostics.fatal:
        return 2
    return 1 if worst >= Severity.ERROR else 0

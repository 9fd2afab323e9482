"""What a rule is: a public id, a level, a message and a sentence of documentation.

Ids are public and stable: configurations, approvals and other tools name them. Where another
widely used differ has the same rule, the id is the same, so that people can move.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from generator.diff.change import Direction, Effect


class Level(StrEnum):
    """How much a change weighs for those who use the API as it was."""

    BREAKING = "breaking"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """Greater weighs more."""
        return _RANKS[self]


_RANKS = {Level.INFO: 0, Level.WARNING: 1, Level.BREAKING: 2}
B, W, I = Level.BREAKING, Level.WARNING, Level.INFO  # noqa: E741

Row = tuple[str, Level, str, str]
"""A rule as its family's table writes it: id, level, message, documentation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule; `says` is the message with {name}, {before} and {after} of the fact in it."""

    id: str
    level: Level
    says: str
    doc: str
    direction: Direction = ""
    subject: str = ""
    action: str = ""
    effect: Effect = Effect.NONE


def level_of(direction: Direction, effect: Effect) -> Level:
    """The one place that knows directions: a request that narrows breaks, an answer that widens."""
    if effect is Effect.CHANGES:
        return Level.BREAKING
    breaks = Effect.NARROWS if direction == "request" else Effect.WIDENS
    return Level.BREAKING if effect is breaks else Level.INFO


def rules_of(rows: Iterable[Row]) -> Iterator[Rule]:
    """The rules of a family's table."""
    for made, level, says, doc in rows:
        yield Rule(id=made, level=level, says=says, doc=doc, direction=_direction(made))


def _direction(made: str) -> Direction:
    words = made.split("-")
    if "request" in words:
        return "request"
    return "response" if "response" in words else ""

"""Verdicts as people read them: one entry for all operations of which the same is said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from generator.diff.comparison import Comparison
from generator.diff.formats.words import label, shown, touched
from generator.diff.judging import Verdict
from generator.diff.rules import Level, Rule
from generator.diff.touching import Touch


@dataclass(slots=True)
class Entry:
    """What is said of some operations, and the verdicts that say it."""

    message: str
    approved: str | None
    verdicts: list[Verdict] = field(default_factory=list[Verdict])

    @property
    def shown(self) -> str:
        """What shows all of them; nothing where each has something of its own."""
        told = {shown(each) for each in self.verdicts}
        return told.pop() if len(told) == 1 else ""

    def own(self, verdict: Verdict) -> str:
        """What shows a verdict alone."""
        return "" if self.shown else shown(verdict)


@dataclass(frozen=True, slots=True)
class Group:
    """Everything that one rule says at one level."""

    level: Level
    rule: Rule
    entries: tuple[Entry, ...]

    @property
    def size(self) -> int:
        """How many verdicts it holds."""
        return sum(len(each.verdicts) for each in self.entries)


def tests(comparison: Comparison) -> Iterator[tuple[str, str]]:
    """What weighty changes touch of the tests, by operation."""
    found: dict[str, list[Touch]] = {}
    for verdict, touch in zip(comparison.verdicts, comparison.touches, strict=False):
        if verdict.level is not Level.INFO:
            found.setdefault(label(verdict), []).append(touch)
    for operation, touches in found.items():
        told = touched(_together(touches))
        if told:
            yield operation, told


def _together(touches: list[Touch]) -> Touch:
    return Touch(
        calls=tuple(sorted({line for each in touches for line in each.calls})),
        laws=tuple(sorted({law for each in touches for law in each.laws})),
        accepted=tuple(sorted({entry for each in touches for entry in each.accepted})),
    )


def groups(comparison: Comparison, level: Level) -> Iterator[Group]:
    """The verdicts of a level by rule, in the order of the ids."""
    rules: dict[Rule, dict[tuple[str, str | None], Entry]] = {}
    for number, verdict in enumerate(comparison.verdicts):
        if verdict.level is level:
            key = (verdict.message, comparison.approved.get(number))
            entries = rules.setdefault(verdict.rule, {})
            entries.setdefault(key, Entry(*key)).verdicts.append(verdict)
    for rule in sorted(rules, key=lambda each: each.id):
        yield Group(level, rule, tuple(rules[rule].values()))

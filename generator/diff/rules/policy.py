"""What a project decides for itself: levels of rules, how long before a sunset, the day.

`deprecation_days` is how long an element of a stability level stays after it is deprecated; 0 asks
for no date. What is less stable than `least_stability` promises nothing: its changes are no news.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from generator.diff.rules.rule import Level

STABILITIES = ("draft", "alpha", "beta", "stable")
"""Levels of stability, the least first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """The decisions that rules ask for; without any, the defaults of the rules stand."""

    today: date
    levels: Mapping[str, Level] = field(default_factory=dict[str, Level])
    least_stability: str = "beta"
    deprecation_days: Mapping[str, int] = field(default_factory=dict[str, int])

    def heeds(self, stability: str) -> bool:
        """Whether changes of an element that was this stable are told."""
        if stability not in STABILITIES:
            return True
        return STABILITIES.index(stability) >= STABILITIES.index(self.least_stability)

    def days(self, stability: str) -> int:
        """How many days an element of this stability stays after it is deprecated."""
        return self.deprecation_days.get(stability or "stable", 0)

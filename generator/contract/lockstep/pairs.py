"""Values that servers choose: the first time both sides show one they are paired, and stay so."""

from __future__ import annotations


class Pairs:
    """The pairs of a run, by the name of the field that shows the value."""

    def __init__(self) -> None:
        self._told: dict[tuple[str, str], str] = {}
        self._back: dict[tuple[str, str], str] = {}
        self._fresh: dict[str, str] = {}

    def agree(self, name: str, expected: str, actual: str, *, one_to_one: bool) -> bool:
        """Whether the pair is new, or the one that is known; keys are paired one to one."""
        known = self._told.setdefault((name, expected), actual)
        if known != actual:
            return False
        if not one_to_one:
            return True
        if self._back.setdefault((name, actual), expected) != expected:
            return False
        if expected != actual:
            self._fresh[expected] = actual
        return True

    def copy(self) -> Pairs:
        """The same pairs, to try something with."""
        made = Pairs()
        made._told, made._back, made._fresh = {**self._told}, {**self._back}, {**self._fresh}
        return made

    def fresh(self) -> dict[str, str]:
        """The keys that were paired since the last time, the model's first."""
        found, self._fresh = self._fresh, {}
        for mine, theirs in found.items():
            for name, told in [key for key in self._told if key[1] == mine]:
                self._told.pop((name, told))
                self._told[(name, theirs)] = theirs
                self._back[(name, theirs)] = theirs
        return found

"""The things that a sequence may call operations on: its own, newest first, then what was there.

What was deleted stays at the end: calling it again is part of the game.
"""

from __future__ import annotations

from collections.abc import Iterable

from generator.contract.world import Thing


class Pool:
    """The things that are known while a sequence runs."""

    def __init__(self, adopted: Iterable[Thing]) -> None:
        self._adopted = tuple(adopted)
        self._own: list[Thing] = []
        self._gone: list[Thing] = []

    def add(self, thing: Thing) -> None:
        """A thing was made, or is seen anew."""
        self._own = [each for each in self._own if each.keys != thing.keys]
        self._own.insert(0, thing)

    def drop(self, thing: Thing) -> None:
        """A thing was deleted, and what lies in it."""
        inside = thing.keys.items()
        gone = [each for each in self._own if inside <= each.keys.items()]
        self._own = [each for each in self._own if each not in gone]
        self._gone += gone

    def choose(self, kind: str, number: int, *, own: bool) -> Thing | None:
        """A thing of a kind, the newest for 0; `own` ones alone where others may not be risked."""
        found = [each for each in self._own if each.kind == kind]
        found += [] if own else [each for each in self._adopted if each.kind == kind]
        found += [each for each in self._gone if each.kind == kind]
        return found[number % len(found)] if found else None

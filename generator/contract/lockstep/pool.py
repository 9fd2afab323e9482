"""The things that a sequence may call operations on: its own, newest first, then what was there.

What was deleted stays at the end: calling it again is part of the game.
"""

from __future__ import annotations

from collections.abc import Iterable

from generator.contract.world import Thing


class Pool:
    """The things that are known while a sequence runs."""

    def __init__(self, adopted: Iterable[Thing]) -> None:
        self._adopted = list(adopted)
        self._own: list[Thing] = []
        self._gone: list[Thing] = []

    def add(self, thing: Thing) -> None:
        """A thing was made, or is seen anew."""
        self._own = [each for each in self._own if each.keys != thing.keys]
        self._own.insert(0, thing)

    def drop(self, thing: Thing) -> None:
        """A thing was deleted, and what lies in it."""
        self._gone += [each for each in (*self._own, *self._adopted) if _within(each, thing)]
        self._own = [each for each in self._own if not _within(each, thing)]
        self._adopted = [each for each in self._adopted if not _within(each, thing)]

    def gone(self, thing: Thing) -> bool:
        """Whether a thing was deleted, or what it lies in."""
        return any(_within(thing, each) for each in self._gone)

    def choose(self, kind: str, number: int, *, own: bool) -> Thing | None:
        """A thing of a kind, the newest for 0; `own` ones alone where others may not be risked."""
        found = [each for each in self._own if each.kind == kind]
        found += [] if own else [each for each in self._adopted if each.kind == kind]
        found += [each for each in self._gone if each.kind == kind]
        return found[number % len(found)] if found else None


def _within(thing: Thing, other: Thing) -> bool:
    """Whether a thing is the other or lies in it."""
    return other.keys.items() <= thing.keys.items()

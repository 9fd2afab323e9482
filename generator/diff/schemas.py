"""Walks two schemas side by side and says every difference once at each site.

In come pairs of places, out go facts with their trail. A pair is compared once, however many
operations reach it: what a body tells is put together from what its pairs told, and only pairs
that lead to a difference are walked again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from generator.api import Api
from generator.diff.change import Fact, Pair
from generator.diff.children import WRAPPING, Below, Step, below
from generator.diff.equality import Equality, alike
from generator.diff.keywords import keyword_facts
from generator.diff.lives import life_facts
from generator.diff.views import View, views


@dataclass(frozen=True, slots=True)
class Found:
    """A fact, the trail to it, and whether an odd number of `not`s stands above."""

    fact: Fact
    trail: tuple[str, ...]
    flipped: bool


@dataclass(frozen=True, slots=True)
class _Above:
    """What stands above a pair: an odd number of `not`s, read-only or write-only properties."""

    flipped: bool = False
    hides: frozenset[str] = frozenset()

    def after(self, step: Step) -> _Above:
        return _Above(self.flipped != step.negates, self.hides | step.hides)

    def found(self, fact: Fact, trail: tuple[str, ...]) -> Found:
        told = fact if self.hides <= fact.traits else replace(fact, traits=fact.traits | self.hides)
        return Found(told, trail, self.flipped)


class Schemas:
    """Compares the schemas of two descriptions."""

    def __init__(self, base: Api, revision: Api) -> None:
        self._base = base
        self._revision = revision
        self._equality = Equality(base, revision)
        self._below: dict[Pair, Below] = {}
        self._settled: set[Pair] = set()
        self._differs: set[Pair] = set()

    def walk(self, root: Pair) -> Iterator[Found]:
        """Every difference below two schemas, each pair once."""
        self._settle(root)
        met: set[tuple[Pair, _Above]] = set()
        waiting: list[tuple[Pair, tuple[str, ...], _Above]] = [(root, (), _Above())]
        while waiting:
            pair, trail, above = waiting.pop()
            if pair not in self._differs or (pair, above) in met:
                continue
            met.add((pair, above))
            told = self._below[pair]
            yield from (above.found(fact, trail) for fact in told.facts)
            waiting.extend(
                (step.pair, (*trail, step.label), above.after(step))
                for step in reversed(told.steps)
            )

    def _settle(self, root: Pair) -> None:
        """Compare every pair below that was not compared yet, and mark what leads to facts."""
        reached = self._reach(root)
        above: dict[Pair, list[Pair]] = {}
        for pair in reached:
            for step in self._below[pair].steps:
                above.setdefault(step.pair, []).append(pair)
        spoken = [pair for pair in above.keys() | reached if self._speaks(pair)]
        while spoken:
            pair = spoken.pop()
            if pair not in self._differs:
                self._differs.add(pair)
            spoken.extend(each for each in above.get(pair, ()) if each not in self._differs)
        self._settled |= reached

    def _speaks(self, pair: Pair) -> bool:
        return pair in self._differs or bool(self._below[pair].facts)

    def _reach(self, root: Pair) -> set[Pair]:
        reached: set[Pair] = set()
        waiting = [root]
        while waiting:
            pair = waiting.pop()
            if pair in reached or pair in self._settled:
                continue
            reached.add(pair)
            self._below[pair] = self._compare(pair)
            waiting.extend(step.pair for step in self._below[pair].steps)
        return reached

    def _compare(self, pair: Pair) -> Below:
        old, new = views(self._base, self._revision, *pair)
        inner = below(old, new, self._equality)
        own = () if _same_words(old, new) else (*keyword_facts(old, new), *life_facts(old, new))
        facts = _told((*own, *inner.facts))
        wrapping = tuple(fact for fact in facts if fact.subject in WRAPPING)
        if wrapping:
            return Below(wrapping, ())
        return Below(facts, _steps(inner.steps, pair))


def _same_words(old: View, new: View) -> bool:
    """Whether the schemas, and what wraps them, say the same of themselves."""
    outer = old.api.schemas[old.outer], new.api.schemas[new.outer]
    return alike(old.schema, new.schema) and alike(*outer)


def _told(facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """Null that was wrapped around a schema is told as such only where nothing else changed."""
    if len(facts) == 1:
        return facts
    wrapped = {"became-nullable": "added", "became-not-nullable": "removed"}
    return tuple(
        (
            replace(fact, subject="null-branch", action=wrapped[fact.action])
            if "wrapped" in fact.traits
            else fact
        )
        for fact in facts
    )


def _steps(steps: tuple[Step, ...], pair: Pair) -> tuple[Step, ...]:
    """The steps that lead on."""
    return tuple(step for step in steps if step.pair != pair)

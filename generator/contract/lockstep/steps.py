"""Calls of a sequence: what is due on both sides, what was answered, where the two part."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from generator.api.exchange import Principal, Request
from generator.api.model import Operation
from generator.contract.drawing.arguments import Arguments
from generator.contract.judging.answer import Answer
from generator.contract.lockstep.compare import Difference
from generator.contract.lockstep.pairs import Pairs
from generator.contract.world import Thing

State = TypeVar("State")

PLAIN = "as described"
"""The way of a call with nothing wrong about it."""


@dataclass(frozen=True, slots=True)
class Step:
    """One call that was made on both sides, and in which way."""

    way: str
    target: Answer
    model: Answer


@dataclass(frozen=True, slots=True)
class Apart:
    """Where the two stopped agreeing: the calls up to there, and what differs at the last."""

    steps: tuple[Step, ...]
    difference: Difference

    @property
    def mark(self) -> tuple[str, str, str, str]:
        """What makes it the same divergence in another sequence."""
        last = self.steps[-1]
        return last.target.operation.name, last.way, self.difference.what, self.difference.pointer


@dataclass(frozen=True, slots=True)
class Due:
    """A call that is to be made on both sides."""

    operation: Operation
    thing: Thing | None
    way: str
    arguments: Arguments
    request: Request
    principal: Principal | None

    def at_once(self, other: str) -> Due:
        """The same call, told as one beside another."""
        way = "" if self.way == PLAIN else f"{self.way}, "
        return replace(self, way=f"{way}at the same time as {other}")


@dataclass(frozen=True, slots=True)
class Fork(Generic[State]):
    """Where two calls were made at once: the state before, and the other order with what followed.

    `steps` is how many steps came before.
    """

    state: State
    pairs: Pairs
    steps: int
    made: list[tuple[Due, Answer]]

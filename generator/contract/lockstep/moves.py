"""A move: one call in a sequence, drawn as four small numbers before anything is known.

What they mean is found when the move is made: which operation, on which of the things that are
there then, in which way, with which values. So any part of a sequence is a sequence, and shrinking
leaves out moves and turns numbers to 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from hypothesis import strategies

_THINGS = 5
_VALUES = 7
_PLAIN = 3


@dataclass(frozen=True, slots=True, order=True)
class Move:
    """The place of an operation, of a thing, of a way to call it, and what values are drawn by."""

    operation: int
    way: int = 0
    thing: int = 0
    value: int = 0

    def simpler(self) -> tuple[Move, ...]:
        """The same move with less about it, simplest first."""
        plainer = (
            replace(self, way=0, thing=0, value=0),
            replace(self, thing=0, value=0),
            replace(self, thing=0),
            replace(self, value=0),
        )
        return tuple(each for each in dict.fromkeys(plainer) if each != self)


def sequences(ways: Sequence[int], longest: int) -> strategies.SearchStrategy[list[Move]]:
    """Sequences of moves, where `ways` counts the ways to call each operation."""
    return strategies.lists(_moves(ways), min_size=2, max_size=longest)


def _moves(ways: Sequence[int]) -> strategies.SearchStrategy[Move]:
    return strategies.sampled_from(range(len(ways))).flatmap(
        lambda operation: strategies.builds(
            Move,
            operation=strategies.just(operation),
            # As described most of the time: what is refused changes nothing and leads nowhere.
            way=strategies.sampled_from([*[0] * _PLAIN * ways[operation], *range(ways[operation])]),
            thing=strategies.integers(0, _THINGS),
            value=strategies.integers(0, _VALUES),
        )
    )

"""A move: one call in a sequence, drawn as four small numbers before anything is known.

What they mean is found when the move is made: which operation, on which of the things that are
there then, in which way, with which values. So any part of a sequence is a sequence, and shrinking
leaves out moves and turns numbers to 0.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from hypothesis import strategies

_BIT = strategies.booleans()


@dataclass(frozen=True, slots=True, order=True)
class Move:
    """The place of an operation, of a thing, of a way to call it, and what values are drawn by.

    One that is `beside` is made at the same time as the move that follows.
    """

    operation: int
    way: int = 0
    thing: int = 0
    value: int = 0
    beside: bool = False

    def simpler(self) -> tuple[Move, ...]:
        """The same move with less about it, simplest first."""
        plainer = (
            replace(self, beside=False),
            replace(self, way=0, thing=0, value=0),
            replace(self, thing=0, value=0),
            replace(self, thing=0),
            replace(self, value=0),
        )
        return tuple(each for each in dict.fromkeys(plainer) if each != self)


def sequences(longest: int) -> strategies.SearchStrategy[list[Move]]:
    """Sequences of moves; what a number is too large for is taken round."""
    return strategies.lists(_moves(), min_size=2, max_size=longest)


@strategies.composite
def _moves(draw: strategies.DrawFn) -> Move:
    # As described most of the time: what is refused changes nothing and leads nowhere.
    plain = draw(_BIT) or draw(_BIT)
    way = 0 if plain else _bits(draw, 6)
    # Now and then: one in sixteen.
    beside = _bits(draw, 4) == 0b1111
    return Move(_bits(draw, 8), way, _bits(draw, 3), _bits(draw, 3), beside)


def _bits(draw: strategies.DrawFn, size: int) -> int:
    # Bit by bit: hypothesis draws some integers from constants in the code that it takes for the
    # user's own, which is another with every folder; and to look for them takes long.
    number = 0
    for _ in range(size):
        number = 2 * number + draw(_BIT)
    return number

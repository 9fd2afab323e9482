"""A sequence that tells the two sides apart, made as short as it can be.

In come moves and a way to try them, out come fewer and simpler moves that fail the same way. Every
trial costs calls to a live target, so the number of trials is bounded, and those that take most
away come first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from generator.contract.lockstep.moves import Move
from generator.contract.lockstep.steps import Apart

_MOST_TRIALS = 40
Try = Callable[[Sequence[Move]], Apart | None]


def shortened(moves: Sequence[Move], apart: Apart, attempt: Try) -> tuple[list[Move], Apart]:
    """The shortest sequence found that fails as the given one did, and how it fails."""
    best, found, trials = list(moves), apart, 0
    again = True
    while again and trials < _MOST_TRIALS:
        again = False
        for fewer in _fewer(best):
            trials += 1
            tried = attempt(fewer)
            if tried is not None and tried.mark == apart.mark and _gains(tried, found, fewer, best):
                best, found, again = fewer, tried, True
                break
            if trials >= _MOST_TRIALS:
                break
    return best, found


def _gains(tried: Apart, found: Apart, fewer: list[Move], best: list[Move]) -> bool:
    """Whether it is an advance: fewer calls, or as many by fewer or simpler moves."""
    return (len(tried.steps), len(fewer), fewer) < (len(found.steps), len(best), best)


def _fewer(moves: list[Move]) -> Iterator[list[Move]]:
    if len(moves) > 1:
        yield moves[-1:]
    if len(moves) > 3:
        yield moves[len(moves) // 2 :]
    if len(moves) > 2:
        yield moves[-2:]
    # The last may go too: what fails may be that what was made is not removed.
    for place in reversed(range(len(moves) if len(moves) > 1 else 0)):
        yield moves[:place] + moves[place + 1 :]
    for place in reversed(range(len(moves))):
        for simpler in moves[place].simpler():
            yield [*moves[:place], simpler, *moves[place + 1 :]]

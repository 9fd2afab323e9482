"""Which sequences are tried: each write and every look at what it may have changed, then drawn.

In come operations with the ways to call them, out come sequences of moves. The first ones see every
pair of a change and a look; what is drawn after them mixes changes, refusals and looks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import hypothesis

from generator.api.model import Operation
from generator.contract.lockstep.moves import Move, sequences
from generator.contract.lockstep.ways import Way

_LOOKS = ("read", "list")
_LONGEST = 8
_VALUES = 4
_ROUNDS = 3


def pairs(
    operations: Sequence[Operation], ways: Sequence[Sequence[Way]]
) -> Iterator[tuple[int, list[Move]]]:
    """Every call as described, then every other way of it, each followed by what it may show.

    With each the number of the operation that it is about. The plainest comes first: most faults
    show there.
    """
    yield from _described(operations, 0)
    looks = _all_looks(operations)
    for number, each in enumerate(operations):
        before = _made_before(operations, number)
        for way in range(1, len(ways[number])):
            calls = [Move(number, way=way, value=value) for value in range(_VALUES)]
            shown = [*before, *calls] if _looks(each) else [*before[:1], calls[0], *looks]
            yield number, shown
    for value in range(1, _ROUNDS):
        yield from _described(operations, value)


def _described(operations: Sequence[Operation], value: int) -> Iterator[tuple[int, list[Move]]]:
    looks = _all_looks(operations)
    for number, each in enumerate(operations):
        if not _looks(each):
            yield number, [*_made_before(operations, number), Move(number, value=value), *looks]
        elif value == 0:
            yield number, [*_made_before(operations, number), Move(number)]


def _all_looks(operations: Sequence[Operation]) -> list[Move]:
    return [Move(number) for number, each in enumerate(operations) if _looks(each)]


def drawn(count: int, seed: int, most: int, attempt: Callable[[list[Move]], None]) -> None:
    """Try sequences that hypothesis draws, aimed at operations not yet seen together."""
    seen: set[tuple[int, int]] = set()
    if not count:
        return

    @hypothesis.seed(seed)
    @hypothesis.settings(
        max_examples=most,
        database=None,
        deadline=None,
        phases=[hypothesis.Phase.generate],
        suppress_health_check=[hypothesis.HealthCheck.too_slow],
    )
    @hypothesis.given(moves=sequences(_LONGEST))
    def sequence(moves: list[Move]) -> None:
        attempt(aimed(moves, count, seen))

    sequence()


def aimed(moves: Sequence[Move], count: int, seen: set[tuple[int, int]]) -> list[Move]:
    """The moves, each on an operation that was never seen after one before it, while there are."""
    made: list[Move] = []
    for move in moves:
        before = [each.operation for each in made]
        fresh = [
            number
            for number in range(count)
            if any((earlier, number) not in seen for earlier in before)
        ]
        among = fresh or range(count)
        made.append(replace(move, operation=among[move.operation % len(among)]))
        seen.update((earlier, made[-1].operation) for earlier in before)
    return made


def _looks(operation: Operation) -> bool:
    use = operation.behaviours.resource
    return use is None or use.role in _LOOKS


def _made_before(operations: Sequence[Operation], number: int) -> list[Move]:
    """Two things of the kind that is looked at, so that there is something to see."""
    use = operations[number].behaviours.resource
    if use is None:
        return []
    for place, each in enumerate(operations):
        made = each.behaviours.resource
        if made and made.resource == use.resource and made.role in ("create", "upsert"):
            return [Move(place), Move(place, value=1)]
    return []

"""The part itself: sequences tried until calls, time or ideas run out; each divergence told once.

In come a session, out come events. Without a model there is nothing to keep step with, and the part
says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.contract.events import Event, NotJudged
from generator.contract.lockstep.drawing import drawn, pairs
from generator.contract.lockstep.moves import Move
from generator.contract.lockstep.shorten import shortened
from generator.contract.lockstep.stepper import Stepper
from generator.contract.lockstep.steps import Apart
from generator.contract.lockstep.telling import finding
from generator.contract.session import Session

_MOST_FOUND = 20


def lockstep_part(session: Session) -> Iterator[Event]:
    """Step the target and the model through the same calls."""
    if session.twin is None:
        yield NotJudged("lockstep", "lockstep", "", "there is no model of this description")
        return
    if guessed := sorted(session.world.inferred):
        said = f"nothing is declared of {', '.join(guessed)}: the model decides nothing of it"
        yield NotJudged("lockstep", "lockstep", "", said)
    stepper = Stepper(session.world, session.twin, session.options.seed)
    search = _Search(session, stepper)
    number, of = session.options.shard
    for moves in list(session.memory.sequences()):
        search.attempt(moves)
        yield from search.told()
    for place, (about, moves) in enumerate(pairs(stepper.operations, stepper.ways)):
        if search.over:
            break
        if place % of == number - 1 and session.judges(stepper.operations[about]):
            search.attempt(moves)
            yield from search.told()
    if not search.over:
        count = len(stepper.operations)
        drawn(count, session.options.seed, session.options.max_sequences, search.attempt)
    yield from search.told()


class _Search:
    """Tries sequences and keeps what is new about them."""

    def __init__(self, session: Session, stepper: Stepper) -> None:
        self._session = session
        self._stepper = stepper
        self._known: set[tuple[str, str, str, str]] = set()
        self._untold: list[Apart] = []

    @property
    def over(self) -> bool:
        """Whether enough was found, or the time is used up."""
        return self._session.late or len(self._known) >= _MOST_FOUND

    def attempt(self, moves: Sequence[Move]) -> None:
        """Try a sequence; where the two part in a new way, find the shortest that shows it."""
        if self.over:
            return
        apart = self._stepper.run(moves)
        self._session.memory.keep(moves, apart=apart is not None)
        if apart is not None and apart.mark not in self._known:
            self._known.add(apart.mark)
            _, shortest = shortened(moves, apart, self._stepper.run)
            self._untold.append(shortest)

    def told(self) -> Iterator[Event]:
        """The new divergences, as findings."""
        while self._untold:
            apart = self._untold.pop(0)
            yield from self._session.found(
                [finding(self._session.world, apart, self._session.calls)]
            )
        yield from self._session.told()

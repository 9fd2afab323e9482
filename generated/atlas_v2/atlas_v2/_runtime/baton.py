# Part of the Lockstep runtime, copied here by the generator. Do not edit.
# fmt: off
"""One worker at a time: who takes the baton does what the others wait for.

In comes the name of some work, out goes whether the caller may do it. Those who may not ask again
after a pause: credentials may be shared by threads and by event loops of any kind, so nobody can
be woken, and waits are short. A baton that a process took does not bind the children it forks.
"""

import os
from collections.abc import Iterator
from threading import Lock

_FIRST_PAUSE, _LONGEST_PAUSE = 0.001, 0.05


class Baton:
    """Hands out work by name."""

    __slots__ = ("_holders", "_lock")

    def __init__(self) -> None:
        self._holders: dict[str, int] = {}
        self._lock = Lock()

    def take(self, work: str) -> bool:
        """Whether the caller is to do the work; then it must give the baton back."""
        with self._lock:
            if self._holders.get(work) == os.getpid():
                return False
            self._holders[work] = os.getpid()
            return True

    def give(self, work: str) -> None:
        """The work is done, or given up."""
        with self._lock:
            self._holders.pop(work, None)


def pauses() -> Iterator[float]:
    """How long to wait before asking again: ever longer, up to a twentieth of a second."""
    pause = _FIRST_PAUSE
    while True:
        yield pause
        pause = min(pause * 2, _LONGEST_PAUSE)

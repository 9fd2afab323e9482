"""A limit in time for something that can be stopped from another thread."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager


class Timer:
    """Stops what runs when the time is over."""

    def __init__(self) -> None:
        self.over = False
        self._stop: Callable[[], None] | None = None

    def stops(self, stop: Callable[[], None]) -> None:
        """What to stop from now on; at once where the time is over already."""
        self._stop = stop
        if self.over:
            stop()

    def ring(self) -> None:
        """The time is over."""
        self.over = True
        if self._stop is not None:
            self._stop()


@contextmanager
def ringing(seconds: float | None) -> Generator[Timer, None, None]:
    """A timer that rings after so many seconds, or at the latest when its block is left."""
    timer = Timer()
    alarm = threading.Timer(max(seconds, 0.0) if seconds is not None else 0.0, timer.ring)
    alarm.daemon = True
    if seconds is not None:
        alarm.start()
    try:
        yield timer
    finally:
        alarm.cancel()
        timer.ring()

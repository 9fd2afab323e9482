# Part of the Lockstep runtime, copied here by the generator. Do not edit.
# fmt: off
"""How many connections threads may be lent at once: slots that calls take and give.

Refused with the engine's PoolTimeout: a call that would wait longer than it may.
"""

from threading import Semaphore

import httpcore2


class Slots:
    """Slots for threads; as many as are asked for where there is no limit."""

    def __init__(self, most: int | None) -> None:
        self._free = None if most is None else Semaphore(most)

    def take(self, timeout: float | None) -> None:
        """Take a slot; wait for one so many seconds."""
        if self._free is not None and not self._free.acquire(timeout=timeout):
            raise httpcore2.PoolTimeout("no connection became free")

    def give(self) -> None:
        """Give a slot to whoever waits longest."""
        if self._free is not None:
            self._free.release()

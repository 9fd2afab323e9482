# Part of the Lockstep runtime, copied here by the generator. Do not edit.
# fmt: off
"""How many connections tasks may be lent at once: slots that calls take and give, awaited.

Refused with the engine's PoolTimeout: a call that would wait longer than it may.
"""

import anyio
import httpcore2


class AsyncSlots:
    """Slots for tasks; as many as are asked for where there is no limit."""

    def __init__(self, most: int | None) -> None:
        self._free = None if most is None else anyio.Semaphore(most, fast_acquire=True)

    async def take(self, timeout: float | None) -> None:
        """Take a slot; wait for one so many seconds."""
        if self._free is None:
            return
        try:
            self._free.acquire_nowait()
        except anyio.WouldBlock:
            try:
                with anyio.fail_after(timeout):
                    await self._free.acquire()
            except TimeoutError:
                raise httpcore2.PoolTimeout("no connection became free") from None

    def give(self) -> None:
        """Give a slot to whoever waits longest."""
        if self._free is not None:
            self._free.release()

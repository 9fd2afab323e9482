"""Calls that the suite sends together meet, so that faults which show only then show for certain.

A server that answers slowly would do, were it not for machines that are slower. In the process of
the server the suite's threads tell by their names that calls are under way together; the second of
them to come is waited for. A call that comes alone waits for nobody.
"""

from __future__ import annotations

import asyncio
import threading
from contextlib import suppress
from weakref import WeakKeyDictionary

_TOGETHER = "lockstep-at-once"
_LONG = 0.5
"""How long the last of an odd number waits for another, in seconds."""

_waiting: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Event] = WeakKeyDictionary()


async def meet() -> None:
    """Wait for another call that is sent with this one; who is waited for needs not wait."""
    loop = asyncio.get_running_loop()
    if (met := _waiting.pop(loop, None)) is not None:
        met.set()
    elif any(each.name.startswith(_TOGETHER) for each in threading.enumerate()):
        _waiting[loop] = met = asyncio.Event()
        with suppress(TimeoutError):
            await asyncio.wait_for(met.wait(), _LONG)
        if _waiting.get(loop) is met:
            del _waiting[loop]

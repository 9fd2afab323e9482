"""How fast calls go out: at a rate that the user sets, and slower where the target asks for it.

In come the moments of calls and answers, out come seconds to wait. An answer of 429 or 503 with
Retry-After is waited for, a few times and never long.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime

from generator.api.exchange import Response
from generator.wire import parse_retry_after

_PATIENCE = 60.0
_AGAIN = 3


class Pace:
    """The pace of one run; without a rate nothing but the target slows it down."""

    def __init__(self, rate: float | None = None) -> None:
        self._pause = 1 / rate if rate else 0.0
        self._next = 0.0

    def due(self) -> float:
        """The seconds that the next call has to wait; the one after it waits from then on."""
        if not (self._next or self._pause):
            return 0.0
        now = time.monotonic()
        left = max(self._next - now, 0.0)
        self._next = now + left + self._pause if self._pause else 0.0
        return left

    def slowed(self, response: Response, attempt: int) -> bool:
        """Take in an answer; whether it asks to come again, when the pause is over."""
        if response.status not in (429, 503) or attempt >= _AGAIN:
            return False
        seconds = parse_retry_after(response.header("Retry-After"), datetime.now(UTC))
        if seconds is None or seconds > _PATIENCE:
            return False
        self._next = max(self._next, time.monotonic() + seconds)
        return True

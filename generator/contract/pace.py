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

    def wait(self) -> None:
        """Wait until the next call may go out."""
        if self._pause:
            left = self._next - time.monotonic()
            if left > 0:
                time.sleep(left)
            self._next = time.monotonic() + self._pause

    def asked_to_wait(self, response: Response, attempt: int) -> bool:
        """Whether the target asked for a pause; it is over when this returns."""
        if response.status not in (429, 503) or attempt >= _AGAIN:
            return False
        seconds = parse_retry_after(response.header("Retry-After"), datetime.now(UTC))
        if seconds is None or seconds > _PATIENCE:
            return False
        time.sleep(seconds)
        return True

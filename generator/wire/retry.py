"""Retry-After, read and written (RFC 9110, section 10.2.3).

In comes the field's text and the present time, out come seconds to wait; a value that is neither a
number of seconds nor a date is None.
"""

from __future__ import annotations

import math
import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

# More digits than any wait needs; also below the length at which int() refuses.
_SECONDS = re.compile(r"[0-9]{1,18}")


def parse_retry_after(text: str | None, now: datetime) -> float | None:
    """How many seconds from `now` to wait, never less than 0; None where the text says nothing."""
    value = (text or "").strip()
    if _SECONDS.fullmatch(value) is not None:
        return float(value)
    moment = _http_date(value)
    return max(0.0, (moment - now).total_seconds()) if moment is not None else None


def format_retry_after(seconds: float) -> str:
    """The wait as whole seconds, rounded up so that nobody comes back too early."""
    return str(max(0, math.ceil(seconds)))


def _http_date(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)

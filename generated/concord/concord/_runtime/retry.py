# Part of the Lockstep runtime, copied here by the generator. Do not edit.
# fmt: off
"""Whether and when a failed attempt is repeated.

In comes what one attempt ended with, out goes a pause in seconds, or None when it stands. Repeated
is only what does no harm twice: idempotent methods (RFC 9110 section 9.2.2), calls with an
idempotency key, and requests that were never sent. ``Retry-After`` is obeyed in both its forms.
"""

import os
import re
from collections.abc import Callable
from datetime import UTC, datetime

from msgspec import Struct

from .errors import ConnectError, TransportError
from .messages import Response

_IDEMPOTENT = frozenset(("GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE", "QUERY"))
_TRANSIENT = frozenset((408, 429, 502, 503, 504))
_FIRST_PAUSE, _LONGEST_PAUSE = 0.5, 8.0
_LONGEST_RETRY_AFTER = 120.0
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7 : all three forms of a date
_DATE = (
    r"(?i)[a-z]+,?\s+(?:(?P<day>\d{1,2})[\s-](?P<month>[a-z]{3})[\s-](?P<year>\d{2,4})\s+)?"
    r"(?:(?P<month2>[a-z]{3})\s+(?P<day2>\d{1,2})\s+)?"
    r"(?P<hour>\d\d):(?P<minute>\d\d):(?P<second>\d\d)(?:\s+gmt|\s+(?P<year2>\d{4}))"
)


def _random() -> float:
    # random.random would do, but importing random costs more than the rest of this module.
    return int.from_bytes(os.urandom(7)) / 2**56


def _now() -> datetime:
    return datetime.now(UTC)


class Retries(Struct, frozen=True):
    """How one call is repeated."""

    limit: int
    harmless: bool
    random: Callable[[], float] = _random
    now: Callable[[], datetime] = _now

    def after_response(self, attempt: int, response: Response) -> float | None:
        """The pause after a response; attempts count from 0."""
        if attempt >= self.limit or not self.harmless or response.status not in _TRANSIENT:
            return None
        asked = retry_after(response.headers.get("retry-after"), self.now())
        if asked is not None and asked > _LONGEST_RETRY_AFTER:
            return None
        return max(asked or 0.0, self._jitter(attempt))

    def after_error(self, attempt: int, error: TransportError) -> float | None:
        """The pause after a failed attempt; attempts count from 0."""
        repeatable = self.harmless or isinstance(error, ConnectError)
        return self._jitter(attempt) if attempt < self.limit and repeatable else None

    def _jitter(self, attempt: int) -> float:
        return self.random() * min(_LONGEST_PAUSE, _FIRST_PAUSE * 2.0 ** min(attempt, 10))


def is_harmless(method: str, *, has_key: bool) -> bool:
    """Whether sending a request twice is as good as sending it once."""
    return has_key or method in _IDEMPOTENT


def retry_after(value: str | None, now: datetime) -> float | None:
    """Seconds that a ``Retry-After`` asks for, None when there is none or it is unreadable."""
    if value is None:
        return None
    value = value.strip()
    if value.isascii() and value.isdigit():
        return float(value[:12])
    date = _parse_date(value)
    return None if date is None else max(0.0, (date - now).total_seconds())


def _parse_date(value: str) -> datetime | None:
    match = re.fullmatch(_DATE, value)
    if match is None:
        return None
    part = match.groupdict()
    month = (part["month"] or part["month2"] or "").lower()
    year = int(part["year"] or part["year2"] or 0)
    # Two-digit years are RFC 850's; this code will not meet the last century.
    year += 2000 if year < 100 else 0
    try:
        day, hour = int(part["day"] or part["day2"] or 0), int(part["hour"])
        minute, second = int(part["minute"]), int(part["second"])
        return datetime(year, _MONTHS.index(month) + 1, day, hour, minute, second, tzinfo=UTC)
    except ValueError:
        return None

"""Times as the wire writes them: RFC 3339, in UTC, without fractions."""

from __future__ import annotations

from datetime import UTC, datetime


def timestamp(seconds: int) -> str:
    """A moment as date-time."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def formatted(seconds: int, form: str) -> str:
    """A moment as date-time, or as the date or time alone where the schema's format says so."""
    text = timestamp(seconds)
    if form == "date":
        return text[:10]
    return text[11:] if form == "time" else text

"""Retry-After as seconds and as a date."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from generator.wire import format_retry_after, parse_retry_after

NOW = datetime(1999, 12, 31, 23, 59, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("120", 120.0),
        (" 0 ", 0.0),
        ("Fri, 31 Dec 1999 23:59:59 GMT", 59.0),
        ("Friday, 31-Dec-99 23:59:59 GMT", 59.0),
        ("Fri Dec 31 23:59:59 1999", 59.0),
        ("Fri, 31 Dec 1999 23:58:00 GMT", 0.0),
        ("-1", None),
        ("1.5", None),
        ("soon", None),
        ("", None),
        (None, None),
        ("9" * 5000, None),
        ("Fri, 99 Dec 1999 23:59:59 GMT", None),
        ("Fri, 31 Dec 999999999999 23:59:59 GMT", None),
    ],
)
def test_parse(text: str | None, expected: float | None) -> None:
    assert parse_retry_after(text, NOW) == expected


@pytest.mark.parametrize(("seconds", "expected"), [(0, "0"), (0.2, "1"), (30, "30"), (-5, "0")])
def test_format(seconds: float, expected: str) -> None:
    assert format_retry_after(seconds) == expected

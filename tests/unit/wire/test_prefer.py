"""The Prefer field: names in lower case, quoted values, the first of two."""

from __future__ import annotations

import pytest

from generator.wire import parse_prefer


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("code=404, example=none", {"code": "404", "example": "none"}),
        ('Code = 404;x=1 , example="a, \\"b\\""', {"code": "404", "example": 'a, "b"'}),
        ("code=404, code=500", {"code": "404"}),
        ("respond-async", {"respond-async": ""}),
        (",,=,", {}),
        ("", {}),
    ],
)
def test_preferences_are_read(text: str, found: dict[str, str]) -> None:
    assert parse_prefer(text) == found

"""What a plain YAML scalar means: the core schema of YAML 1.2 (section 10.3.2), and no more.

So `yes`, `1_000`, `0b11`, `1:30` and dates are strings, `017` is seventeen and `0o17` fifteen.
"""

from __future__ import annotations

import re

from generator.document.refusal import MAX_DIGITS

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_BOOLEANS = {
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
}
_DECIMAL = re.compile(r"[-+]?[0-9]+")
_OCTAL = re.compile(r"0o[0-7]+")
_HEXADECIMAL = re.compile(r"0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_INFINITY = re.compile(r"[-+]?\.(?:inf|Inf|INF)")
_NOT_A_NUMBER = frozenset({".nan", ".NaN", ".NAN"})
_NUMBER_STARTS = frozenset("-+.0123456789")

Scalar = str | int | float | bool | None


def resolve_plain(text: str) -> Scalar:
    """The value of a plain scalar; OverflowError for an integer too long to print."""
    if text[:1] in _NUMBER_STARTS and text:
        return _number(text)
    if text in _NULLS:
        return None
    return _BOOLEANS.get(text, text)


def _number(text: str) -> Scalar:
    if _DECIMAL.fullmatch(text) is not None:
        return int(_bounded(text, MAX_DIGITS))
    if _OCTAL.fullmatch(text) is not None:
        return int(_bounded(text[2:], MAX_DIGITS), 8)
    if _HEXADECIMAL.fullmatch(text) is not None:
        # A hexadecimal digit is 1.2 decimal ones.
        return int(_bounded(text[2:], MAX_DIGITS * 5 // 6), 16)
    if _FLOAT.fullmatch(text) is not None:
        return float(text)
    if _INFINITY.fullmatch(text) is not None:
        return float("-inf") if text[0] == "-" else float("inf")
    return float("nan") if text in _NOT_A_NUMBER else text


def _bounded(digits: str, limit: int) -> str:
    if len(digits.lstrip("+-")) > limit:
        raise OverflowError(digits[:20])
    return digits

r"""Patterns that count characters of a Unicode class, written so that they compile quickly.

In comes an ECMA-262 pattern, out comes one that matches the same texts. `^[\p{L}]{1,64}$` makes the
validator copy all letters of Unicode sixty-four times, which takes longer than reading a small
description and many times as long as checking a value; counting any characters first, and looking
at the class once, says the same. Every other pattern comes back as it is.
"""

from __future__ import annotations

import re

_COUNTED = re.compile(
    r"\^(\[(?:[^\[\]\\]|\\.)*\\[pP](?:[^\[\]\\]|\\.)*\])(\{\d{1,4}(?:,\d{1,4})?\})\$"
)


def counted_first(pattern: str) -> str:
    """The pattern with its count in front of its class, where it is one class that is counted."""
    match = _COUNTED.fullmatch(pattern)
    return rf"^(?=[\s\S]{match[2]}$){match[1]}*$" if match else pattern

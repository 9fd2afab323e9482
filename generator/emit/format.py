"""Black's style: what is stable by construction stays as it is, Black runs on the rest.

Templates and layout print exploded code that Black leaves alone. What that cannot be shown for has
a line over the width that is neither documentation nor a string on a line of its own.
"""

from __future__ import annotations

import re

import black

from generator.plan.types import WIDTH

_QUOTES = '"""'
_STRING = r"""(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
_UNBREAKABLE = re.compile(
    rf"#.*|\s*(?:(?:\w+=|{_STRING}: )?(?:{_STRING}|[\w.*]+),?|(?:\w+(?:: \w+)? = |return ){_STRING})"
)


def formatted(text: str) -> str:
    """A module in Black's style."""
    return text if is_settled(text) else black.format_str(text, mode=black.Mode())


def is_settled(text: str) -> bool:
    """Whether every line that is too wide is one that Black cannot break either."""
    inside = False
    for line in text.splitlines():
        quotes = line.count(_QUOTES)
        if len(line) > WIDTH and not (inside or quotes or _UNBREAKABLE.fullmatch(line)):
            return False
        inside ^= quotes % 2 == 1
    return True


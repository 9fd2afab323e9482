"""How else a text in an address may be read where a number or a truth value is wanted.

In come a text and the types that are wanted, out come other spellings of what it may stand for.
OpenAPI says how values are put into addresses, not what more a server may take: `+1`, ` 1`, `1e3`
and `TRUE` are fine to many. A text is never another text.
"""

from __future__ import annotations

import re

_DIGITS = re.compile(r"([0-9]{1,15})(?:\.0{1,15}|[eE]([0-9]))?")


def spellings(text: str, types: frozenset[str]) -> tuple[str, ...]:
    """The other spellings; none where a text is wanted."""
    if "string" in types:
        return ()
    trimmed = text.strip().lower().removeprefix("+")
    whole = _DIGITS.fullmatch(trimmed)
    number = (str(int(whole[1]) * 10 ** int(whole[2] or 0)),) if whole else ()
    return tuple(each for each in dict.fromkeys((trimmed, *number)) if each != text)

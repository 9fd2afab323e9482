"""The Prefer field (RFC 7240): what a client would like, which a server may pass over."""

from __future__ import annotations

import re

import generator.wire.fields as fields

_PREFERENCE = re.compile(rf"({fields.TOKEN})[ \t]*(?:=[ \t]*({fields.QUOTED}|{fields.TOKEN}))?")


def parse_prefer(text: str) -> dict[str, str]:
    """Preferences by name in lower case; of one that comes twice the first counts (section 2)."""
    found: dict[str, str] = {}
    for member in fields.members(text):
        match = _PREFERENCE.match(member)
        if match is not None:
            found.setdefault(match[1].lower(), fields.unquote(match[2] or ""))
    return found

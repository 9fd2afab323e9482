"""Addresses whose percent escapes are broken, or spell no text.

In come texts, out come what stands on the wire and what a server may read: the escape as it stands,
or a mark for its octets that are no UTF-8 (RFC 3986, section 2.1; RFC 3629, section 3).
What is wrong by every reading is wrong.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, unquote

_ESCAPES = {
    "a percent sign alone": "%",
    "an escape that is none": "%zz",
    "half an escape": "%4",
    "an overlong slash": "%C0%AF",
    "half a character": "%ED%A0%80",
}


@dataclass(frozen=True, slots=True)
class Escaped:
    """A text with a broken escape: what it is, how it is sent, what it may be read as."""

    what: str
    sent: str
    readings: tuple[str, ...]


def escaped(text: str) -> Iterator[Escaped]:
    """The text with each of the escapes behind it."""
    for what, octets in _ESCAPES.items():
        readings = dict.fromkeys((text + octets, text + unquote(octets, errors="replace")))
        yield Escaped(what, quote(text, safe="") + octets, tuple(readings))

"""Bodies of parts without names: multipart/mixed (RFC 2046, section 5.1).

In come items, out go the Content-Type with its boundary and the bytes; the same items are always
written alike. Text is a part as it is, anything else is a part of JSON.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import msgspec

MIXED = "multipart/mixed"
_encode = msgspec.json.Encoder().encode


def mixed(items: Sequence[object]) -> tuple[str, bytes]:
    """The Content-Type and the body of items."""
    parts = [_part(each) for each in items]
    boundary = hashlib.sha256(b"".join(parts)).hexdigest()[:32]
    opened = b"".join(b"--%b\r\n%b\r\n" % (boundary.encode(), part) for part in parts)
    return f"{MIXED}; boundary={boundary}", b"%b--%b--\r\n" % (opened, boundary.encode())


def _part(item: object) -> bytes:
    if isinstance(item, str):
        return b"Content-Type: text/plain; charset=utf-8\r\n\r\n" + item.encode()
    return b"Content-Type: application/json\r\n\r\n" + _encode(item)

"""Media types of one body: which is sent, and what an answer's is read as."""

from __future__ import annotations

from collections.abc import Sequence

from generator.api import Content
from generator.wire import is_json

FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data"
_ORDER = (FORM, MULTIPART)


def essence(media_type: str) -> str:
    """A media type in lower case without parameters."""
    return media_type.partition(";")[0].strip().lower()


def sent(contents: Sequence[Content]) -> Content | None:
    """The content that a request is sent as: JSON first, then forms, then what comes first."""
    return min(contents, key=_rank, default=None)


def _rank(content: Content) -> int:
    if is_json(content.media_type):
        return 0
    kind = essence(content.media_type)
    return 1 + _ORDER.index(kind) if kind in _ORDER else 1 + len(_ORDER)


def is_xml(media_type: str) -> bool:
    """Whether a body is XML that is handed over as bytes (RFC 7303, section 8)."""
    kind = essence(media_type)
    return kind == "application/xml" or kind.endswith("+xml")


def textual(media_type: str) -> bool:
    """Whether a body of this media type is read as text."""
    return essence(media_type).startswith("text/")

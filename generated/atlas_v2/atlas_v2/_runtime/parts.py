# Part of the Lockstep runtime, copied here by the generator. Do not edit.
# fmt: off
"""Bodies of parts that have no names: multipart/mixed (RFC 2046, section 5.1).

In come pieces of a body, cut anywhere, out go whole parts with their header fields, in bounded
memory. A part that is too long, a last part that does not end, and a body whose media type names no
boundary are a ValueError.
"""

import re
from collections.abc import Iterator

from msgspec import Struct

from .lines import LONGEST, LineTooLong
from .messages import Headers

MIXED = "multipart/mixed"
_BOUNDARY = re.compile(r';\s*boundary=(?:"((?:[^"\\]|\\.)*)"|([^\s;,"]+))', re.IGNORECASE)
_EMPTY_LINE = re.compile(rb"(?:\A|\r?\n)\r?\n")
_FOLDED = re.compile(r"\r?\n[ \t]+")
_PADDING = 64


class Received(Struct, frozen=True):
    """A part as it came."""

    headers: Headers
    content: bytes


class Parts:
    """Cuts pieces of a body into its parts; the header fields are those of the whole."""

    __slots__ = ("_delimiter", "_held", "_is_inside", "_is_over", "_longest", "_seen")

    def __init__(self, headers: Headers) -> None:
        boundary = _boundary(headers.get("content-type") or "")
        self._delimiter = re.compile(
            rb"\r?\n--%b(?:(--)|[ \t]{0,%d}\r?\n)" % (re.escape(boundary), _PADDING)
        )
        self._longest = len(boundary) + _PADDING + len("\r\n--\r\n")
        self._held = bytearray(b"\r\n")  # a line that begins with a boundary may be the first
        self._seen = 0
        self._is_inside = self._is_over = False

    def feed(self, chunk: bytes) -> Iterator[Received]:
        """The parts that a piece completes; what comes behind the last one is passed over."""
        if not self._is_over:
            self._held += chunk
            yield from self._cut()
        if len(self._held) > LONGEST:
            raise LineTooLong(f"a part is longer than {LONGEST} bytes")

    def end(self) -> None:
        """Say that the body is over."""
        if not self._is_over:
            raise ValueError("the last part does not end")

    def _cut(self) -> Iterator[Received]:
        while not self._is_over:
            found = self._delimiter.search(self._held, self._seen)
            if found is None:
                self._seen = max(0, len(self._held) - self._longest)
                return
            section, self._is_over = bytes(self._held[: found.start()]), found[1] is not None
            del self._held[: found.end()]
            self._seen = 0
            if self._is_inside:
                yield _part(section)
            self._is_inside = True
        self._held.clear()


def parts(body: bytes, headers: Headers) -> Iterator[Received]:
    """The parts of a whole body."""
    cutting = Parts(headers)
    yield from cutting.feed(body)
    cutting.end()


def _boundary(content_type: str) -> bytes:
    found = _BOUNDARY.search(content_type)
    if found is None:
        raise ValueError(f"{content_type or 'no media type'} names no boundary")
    said = found[2] or re.sub(r"\\(.)", r"\1", found[1])
    return said.encode("latin-1", "replace")


def _part(section: bytes) -> Received:
    """A part: header fields, an empty line, its content."""
    blank = _EMPTY_LINE.search(section)
    head = section[: blank.start()] if blank else section
    lines = _FOLDED.sub(" ", head.decode("latin-1")).splitlines()
    pairs = [line.partition(":") for line in lines]
    headers = Headers([(name.strip(), value.strip()) for name, _, value in pairs])
    return Received(headers, section[blank.end() :] if blank else b"")

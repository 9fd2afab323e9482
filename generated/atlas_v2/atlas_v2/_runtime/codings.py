# Part of the Lockstep runtime, copied here by the generator. Do not edit.
# fmt: off
"""Content codings of responses: header fields in, what undoes the coding of the body out.

Only gzip is asked for and understood; another coding is a TransportError, for its bytes would be
taken for the body.
"""

import zlib
from collections.abc import Iterable

from .errors import TransportError
from .messages import Headers

ACCEPTED = "gzip"
_GZIP_WINDOW = 31


class Unzip:
    """Undoes gzip piece by piece; several members may follow each other (RFC 1952)."""

    __slots__ = ("_member", "_started")

    def __init__(self) -> None:
        self._member = zlib.decompressobj(_GZIP_WINDOW)
        self._started = False

    def feed(self, chunk: bytes) -> bytes:
        """What a piece of the coded body holds."""
        found = b""
        try:
            while chunk:
                self._started = True
                found += self._member.decompress(chunk)
                chunk = self._member.unused_data
                if self._member.eof:
                    self._member = zlib.decompressobj(_GZIP_WINDOW)
                    self._started = bool(chunk)
        except zlib.error as error:
            raise TransportError(f"the body is not gzip: {error}") from error
        return found

    def end(self) -> None:
        """The coded body is over; TransportError when it was cut."""
        if self._started:
            raise TransportError("the gzip body was cut")


def unzip_for(headers: Headers) -> Unzip | None:
    """What undoes the coding that the header fields name, None when there is none."""
    coding = (headers.get("content-encoding") or "identity").strip().lower()
    if coding == "identity":
        return None
    if coding in ("gzip", "x-gzip"):
        return Unzip()
    raise TransportError(f"the content coding {coding[:40]!r} was not asked for")


def decoded(headers: Headers, chunks: Iterable[bytes]) -> bytes:
    """A whole body, its coding undone."""
    body = b"".join(chunks)
    unzip = unzip_for(headers)
    if unzip is None or not body:
        return body
    body = unzip.feed(body)
    unzip.end()
    return body

# Part of the Lockstep runtime, copied here by the generator. Do not edit.
# fmt: off
"""Bodies that come line by line: lines, JSON lines and server-sent events.

In come pieces of a body, cut anywhere, out go whole lines or events. A line longer than the limit
is a DecodeError raised by whoever reads, so memory stays bounded; nothing else is refused.
"""

from typing import Generic, TypeVar

from msgspec import Struct

T = TypeVar("T")

LONGEST = 16 * 1024 * 1024


class LineTooLong(ValueError):
    """A line does not end."""


class Lines:
    """Cuts pieces of a body into lines; with ``bare_returns`` a lone CR ends a line too."""

    __slots__ = ("_after_return", "_bare_returns", "_parts", "_size")

    def __init__(self, *, bare_returns: bool = False) -> None:
        self._bare_returns = bare_returns
        self._parts: list[bytes] = []
        self._size = 0
        self._after_return = False

    def feed(self, chunk: bytes) -> list[bytes]:
        """The lines that a piece completes, without their ends."""
        if self._bare_returns:
            chunk = self._unified(chunk)
        *whole, rest = chunk.split(b"\n")
        if whole:
            whole[0] = b"".join([*self._parts, whole[0]])
            self._parts, self._size = [], 0
        self._parts.append(rest)
        self._size += len(rest)
        if self._size > LONGEST:
            raise LineTooLong(f"a line is longer than {LONGEST} bytes")
        return [line.removesuffix(b"\r") for line in whole]

    def end(self) -> list[bytes]:
        """The last line, where the body does not end with a line end."""
        rest = b"".join(self._parts).removesuffix(b"\r")
        return [rest] if rest else []

    def _unified(self, chunk: bytes) -> bytes:
        if self._after_return and chunk:
            chunk = chunk.removeprefix(b"\n")
            self._after_return = False
        self._after_return = self._after_return or chunk.endswith(b"\r")
        return chunk.replace(b"\r\n", b"\n").replace(b"\r", b"\n")


class Event(Struct, Generic[T], frozen=True, kw_only=True):
    """One server-sent event."""

    data: T
    event: str = "message"
    id: str | None = None
    retry: int | None = None


class Events:
    """Builds events of lines, as https://html.spec.whatwg.org/#parsing-an-event-stream says."""

    __slots__ = ("_data", "_event", "_first", "_id", "_retry")

    def __init__(self) -> None:
        self._first = True
        self._id: str | None = None
        self._retry: int | None = None
        self._event = ""
        self._data: list[str] = []

    def feed(self, line: str) -> Event[str] | None:
        """The event that a line completes, None while there is none."""
        if self._first:
            line, self._first = line.removeprefix("\ufeff"), False
        if not line:
            return self._complete()
        name, _, value = line.partition(":")
        self._note(name, value.removeprefix(" "))
        return None

    def _note(self, name: str, value: str) -> None:
        if name == "data":
            self._data.append(value)
        elif name == "event":
            self._event = value
        elif name == "id" and "\0" not in value:
            self._id = value
        elif name == "retry" and value.isascii() and value.isdigit():
            self._retry = int(value[:12])

    def _complete(self) -> Event[str] | None:
        data, event = self._data, self._event or "message"
        self._data, self._event = [], ""
        if not data:
            return None
        return Event(data="\n".join(data), event=event, id=self._id, retry=self._retry)

# Part of the Lockstep runtime, copied here by the generator. Do not edit.
# fmt: off
"""Request bodies that are sent as they are read: files, iterators, and forms with these in them.

In come contents of any kind, out goes one body in pieces, in bounded memory, and its length where
that is known. Files that can be sought, those that a path names and collections are read again when
the body is sent again; what can be read only once says when it is spent. Refused is text, for its
encoding is not known, and what must be awaited where nobody awaits. Files are read where they are
used, an event loop included, in pieces small enough not to be felt.
"""

import os
import stat
from collections.abc import AsyncIterable, AsyncIterator, Iterable, Iterator
from typing import IO, Protocol, TypeAlias, TypeGuard

Content: TypeAlias = bytes | IO[bytes] | os.PathLike[str] | Iterable[bytes] | AsyncIterable[bytes]
"""What a body of bytes is given as; a path is that of a file, opened while it is sent."""

_PIECE = 64 * 1024


class _Part(Protocol):
    """One content of a body."""

    length: int | None
    is_spent: bool

    def pieces(self) -> Iterator[bytes]: ...

    def pieces_async(self) -> AsyncIterator[bytes]: ...


class Upload:
    """A body in pieces: contents, one after the other."""

    __slots__ = ("_parts",)

    def __init__(self, *contents: Content) -> None:
        self._parts = [_part(content) for content in contents]

    @property
    def length(self) -> int | None:
        """How many bytes it is, None where only reading it would tell."""
        found = 0
        for part in self._parts:
            if part.length is None:
                return None
            found += part.length
        return found

    @property
    def is_spent(self) -> bool:
        """Whether something in it was read that cannot be read again."""
        return any(part.is_spent for part in self._parts)

    def pieces(self) -> Iterator[bytes]:
        """The body from its start."""
        for part in self._parts:
            yield from part.pieces()

    async def pieces_async(self) -> AsyncIterator[bytes]:
        """The body from its start, awaited."""
        for part in self._parts:
            async for piece in part.pieces_async():
                yield piece

    def __repr__(self) -> str:
        return f"<Upload of {'unknown length' if self.length is None else f'{self.length} bytes'}>"


class _Pieces:
    """Pieces that are there, or come from an iterator."""

    def __init__(self, source: Iterable[bytes], length: int | None = None) -> None:
        self._source = source
        self._once = isinstance(source, Iterator)
        self.length = length
        self.is_spent = False

    def pieces(self) -> Iterator[bytes]:
        self.is_spent = self._once
        for piece in self._source:
            yield _checked(piece)

    async def pieces_async(self) -> AsyncIterator[bytes]:
        for piece in self.pieces():
            yield piece


class _File:
    """A file from where it stands."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._start = file.tell() if file.seekable() else None
        self.length = self._measured()
        self.is_spent = False

    def _measured(self) -> int | None:
        if self._start is None:
            return None
        end = self._file.seek(0, os.SEEK_END)
        self._file.seek(self._start)
        return end - self._start

    def pieces(self) -> Iterator[bytes]:
        self.is_spent = self._start is None
        if self._start is not None:
            self._file.seek(self._start)
        yield from _read(self._file, self.length)

    async def pieces_async(self) -> AsyncIterator[bytes]:
        for piece in self.pieces():
            yield piece


class _Path:
    """A file that is open only while it is read; what is no regular file is read once."""

    def __init__(self, path: os.PathLike[str]) -> None:
        self._path = path
        found = os.stat(path)
        self.length = found.st_size if stat.S_ISREG(found.st_mode) else None
        self.is_spent = False

    def pieces(self) -> Iterator[bytes]:
        self.is_spent = self.length is None
        with open(self._path, "rb") as file:
            yield from _read(file, self.length)

    async def pieces_async(self) -> AsyncIterator[bytes]:
        for piece in self.pieces():
            yield piece


class _Awaited:
    """Pieces that must be awaited."""

    def __init__(self, source: AsyncIterable[bytes]) -> None:
        self._source = source
        self._once = isinstance(source, AsyncIterator)
        self.length: int | None = None
        self.is_spent = False

    def pieces(self) -> Iterator[bytes]:
        raise TypeError("a body that must be awaited is for the asynchronous client")

    async def pieces_async(self) -> AsyncIterator[bytes]:
        self.is_spent = self._once
        async for piece in self._source:
            yield _checked(piece)


def is_content(value: object) -> bool:
    """Whether a value is bytes or can be read as bytes piece by piece."""
    if is_file(value) or isinstance(value, bytes | bytearray | os.PathLike):
        return True
    return isinstance(value, Iterator | AsyncIterable)


def is_file(value: object) -> TypeGuard[IO[bytes]]:
    """Whether a value is an open file."""
    return hasattr(value, "read")


def _part(content: Content) -> _Part:
    if isinstance(content, bytes | bytearray):
        return _Pieces([bytes(content)], len(content))
    if isinstance(content, AsyncIterable):
        return _Awaited(content)
    if is_file(content):
        return _File(content)
    if isinstance(content, os.PathLike):
        return _Path(content)
    return _Pieces(content)


def _read(file: IO[bytes], length: int | None) -> Iterator[bytes]:
    """What a file holds from where it stands, as much as was measured."""
    left = length
    while left is None or left > 0:
        piece = _checked(file.read(_PIECE if left is None else min(left, _PIECE)))
        if not piece:
            break
        left = None if left is None else left - len(piece)
        yield piece


def _checked(piece: object) -> bytes:
    if isinstance(piece, bytes | bytearray):
        return bytes(piece)
    raise TypeError(f"a body is read as bytes, not {type(piece).__name__}: open files with 'rb'")

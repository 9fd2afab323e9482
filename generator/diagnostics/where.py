"""Places in documents.

A `Where` names a place by document and JSON pointer and costs nothing to carry, so every element
has one. A `Span` is the line and column that a person needs; it is found from a `Where` when it is
first printed, by `generator.document.Spans`.
"""

from __future__ import annotations

from msgspec import Struct


class Span(Struct, frozen=True, order=True):
    """A position in a file; line and column count from 1."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


class Where(Struct, frozen=True, order=True):
    """A place by document name and JSON pointer (RFC 6901); the root's pointer is empty."""

    document: str
    pointer: str = ""

    def at(self, *tokens: str | int) -> Where:
        """The place reached from here by these keys or indexes."""
        pointer = self.pointer
        for token in tokens:
            pointer += f"/{escape(token)}"
        return Where(self.document, pointer)

    def tokens(self) -> tuple[str, ...]:
        """The pointer's keys, unescaped."""
        return split(self.pointer)

    def __str__(self) -> str:
        return f"{self.document}#{self.pointer}"


def escape(token: str | int) -> str:
    """A key as it stands in a JSON pointer (RFC 6901, section 3)."""
    text = str(token)
    return text.replace("~", "~0").replace("/", "~1") if "/" in text or "~" in text else text


def split(pointer: str) -> tuple[str, ...]:
    """The unescaped keys of a JSON pointer."""
    if not pointer:
        return ()
    tokens = pointer[1:].split("/")
    if "~" in pointer:
        tokens = [token.replace("~1", "/").replace("~0", "~") for token in tokens]
    return tuple(tokens)

"""What reading gives: a document's text beside the plain data that stands in it.

The data is JSON's kind only: mappings have string keys, dates are strings. Positions are not kept;
`Spans` finds them from the text when they are asked for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from msgspec import Struct

from generator.diagnostics import Where

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"


class Document(Struct, frozen=True):
    """One file as read; `name` is what diagnostics call it. The data must not be changed.

    Where overlays changed it, `origins` says for a pointer into `root` where that part was written:
    in an overlay, or elsewhere in this document's own text. What lies below moves along.
    """

    name: str
    text: bytes
    root: Json
    origins: Mapping[str, Where] = {}
    overlays: tuple[Document, ...] = ()

    def origin(self, pointer: str) -> Where:
        """Where the part of `root` at this pointer was written."""
        head, tail = pointer, ""
        while self.origins:
            if (origin := self.origins.get(head)) is not None:
                return Where(origin.document, origin.pointer + tail)
            if not head:
                break
            head = pointer[: head.rindex("/")]
            tail = pointer[len(head) :]
        return Where(self.name, pointer)


def follow(root: Json, tokens: Sequence[str]) -> Json:
    """The value that the keys and indexes lead to; KeyError where they lead nowhere."""
    value = root
    for token in tokens:
        if isinstance(value, dict):
            value = value[token]
        elif isinstance(value, list) and is_index(token) and int(token) < len(value):
            value = value[int(token)]
        else:
            raise KeyError(token)
    return value


def is_index(token: str) -> bool:
    """Whether the token is an array index (RFC 6901, section 4: no leading zeros)."""
    return token == "0" or (
        token.isascii() and token.isdigit() and token[0] != "0" and len(token) < 10
    )

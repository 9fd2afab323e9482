"""What views share: lines of text, a type and a value in documentation, imports.

Views hold text of three kinds: names and annotations that plan made, `Call`s and `Code`, and text
of the description (`doc`, values, Markdown), which only the quoting filters may print.
"""

from __future__ import annotations

from msgspec import Struct

Lines = tuple[str, ...]


class TypeView(Struct, frozen=True, kw_only=True):
    """A type in documentation, and the heading of the first model in it."""

    text: str
    model: str = ""


class About(Struct, frozen=True, kw_only=True):
    """What is said of a value: in words, what limits it, the server's default as JSON."""

    text: str = ""
    limits: str = ""
    default: str = ""


class ImportView(Struct, frozen=True, kw_only=True):
    """`from module import names`, names sorted."""

    module: str
    names: tuple[str, ...]

"""What views share: lines of text, a type and a value in documentation, imports.

Views hold text of three kinds: names and annotations that plan made, `Call`s and `Code`, and text
of the description (`doc`, values, Markdown), which only the quoting filters may print.
"""

from __future__ import annotations

from dataclasses import dataclass

Lines = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeView:
    """A type in documentation, and the heading of the first model in it."""

    text: str
    model: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What is said of a value: in words, what limits it, the server's default as JSON."""

    text: str = ""
    limits: str = ""
    default: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportView:
    """`from module import names`, names sorted."""

    module: str
    names: tuple[str, ...]

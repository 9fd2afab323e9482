"""The only door for text of a description into generated files: every kind of file has its quotes.

In: any text, hostile included. Out: a literal that evaluates to it, a docstring or comment that
cannot end early, Markdown that stays prose, a TOML string. Whatever is not printable is escaped, so
no character can hide or reorder what a reader sees (https://unicode.org/reports/tr36/).
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from functools import lru_cache

import msgspec

from generator.plan.views.text import TypeView

_TRIPLE = '"""'
_SCHEME = re.compile(r"\]\(\s*(?!https?://|mailto:|#)", re.IGNORECASE)
_STRUCTURE = re.compile(r"^(\s*)(#{1,6}\s|=+\s*$|-{3,}\s*$|~~~|```|\[[^\]]*\]:)")
_CODE = re.compile(r"((`+)(?!`).*?(?<!`)\2(?!`))|[^`]+|`+")
_LONGEST_NUMBER = 4000
_REPEATED = 10_000
"""Texts that are remembered: most operations of an API share parameters, answers and names."""


def literal(value: object) -> str:
    """A Python literal in Black's style."""
    if isinstance(value, str):
        return _quoted(value)
    if (
        isinstance(value, int)
        and not isinstance(value, bool)
        and value.bit_length() > _LONGEST_NUMBER
    ):
        return hex(value)
    return repr(value)


@lru_cache(_REPEATED)
def _quoted(text: str) -> str:
    quote = "'" if text.count('"') > text.count("'") else '"'
    inner = visible(text.replace("\\", "\\\\")).replace(quote, "\\" + quote)
    return f"{quote}{inner}{quote}"


def docstring(lines: Sequence[str], indent: int = 0) -> str:
    """A docstring in Black's style; the closing quotes have their own line below several lines."""
    text = "\n".join(lines).replace("\\", "\\\\").replace(_TRIPLE, '""\\"')
    first, *rest = [visible(line).rstrip() for line in text.expandtabs(4).split("\n")]
    body = [first.lstrip(), *_dedented(rest)]
    while len(body) > 1 and not body[-1]:
        del body[-1]
    body[0] = f" {body[0]}" if body[0].startswith('"') else body[0]
    if len(body) == 1:
        closing = " " if body[0].endswith('"') else ""
        return f"{_TRIPLE}{body[0] or '...'}{closing}{_TRIPLE}"
    pad = " " * indent
    tail = "".join(f"\n{pad}{line}" if line else "\n" for line in body[1:])
    return f"{_TRIPLE}{body[0]}{tail}\n{pad}{_TRIPLE}"


def _dedented(lines: list[str]) -> list[str]:
    """Lines without the blanks that all of them begin with."""
    if any(line and line[0] != " " for line in lines):
        return lines
    return textwrap.dedent("\n".join(lines)).split("\n") if lines else []


def comment(text: str) -> str:
    """Text for one comment."""
    return " ".join(visible(" ".join(text.split())).split())


def visible(text: str) -> str:
    """Text without anything that cannot be seen: spaces are spaces, all else is escaped."""
    if text.isprintable():
        return text
    return "".join(letter if letter.isprintable() else _escaped(letter) for letter in text)


def _escaped(letter: str) -> str:
    number = ord(letter)
    if letter in "\n\r\t":
        return {"\n": "\\n", "\r": "\\r", "\t": "\\t"}[letter]
    if number < 0x100:
        return f"\\x{number:02x}"
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"


def markdown(text: str) -> str:
    """Prose of a description: its emphasis, lists and links stay, its HTML and structure do not."""
    return "\n".join(_line(line) for line in text.splitlines())


@lru_cache(_REPEATED)
def _line(line: str) -> str:
    safe = _CODE.sub(_prose, _plain(line)).replace("<", "&lt;")
    return _STRUCTURE.sub(r"\1\\\2", _SCHEME.sub(r"]\\(", safe)).rstrip()


def _prose(found: re.Match[str]) -> str:
    """Code as it is, and of prose what would be read as a character of HTML as it is written."""
    return found[0] if found[1] else found[0].replace("&", "&amp;")


def cell(text: str) -> str:
    """Prose in one cell of a table."""
    return _line(" ".join(text.split())).replace("|", "\\|")


def span(text: object) -> str:
    """Code in a line of Markdown, in a table too; nothing where there is none."""
    flat = _plain(" ".join(str(text).split())).replace("|", "\\|")
    if "`" not in flat:
        return f"`{flat}`" if flat else ""
    fence = "`" * (max(len(run) for run in re.findall("`+", flat)) + 1)
    return f"{fence} {flat} {fence}"


def linked(view: TypeView, page: str = "") -> str:
    """A type as code in a line of Markdown, a link to its model's heading on a page."""
    return f"[{span(view.text)}]({page}#{view.model})" if view.model else span(view.text)


def _plain(text: str) -> str:
    if text.isprintable():
        return text
    return "".join(
        letter if letter.isprintable() else " " if letter.isspace() else _escaped(letter)
        for letter in text
    )


def toml(text: str) -> str:
    """A basic string of TOML (https://toml.io/en/v1.0.0#string)."""
    # JSON's escapes are all escapes of TOML; what else TOML forbids is not printable.
    return "".join(
        letter if letter.isprintable() else f"\\u{min(ord(letter), 0xFFFD):04x}"
        for letter in msgspec.json.encode(text.encode("utf-8", "replace").decode()).decode()
    )

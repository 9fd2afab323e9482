"""The grammar that header fields share: tokens, quoted strings, parameters and comma lists.

In comes the text of a field, out come its pieces. Nothing here raises: what does not follow the
grammar of RFC 9110, section 5.6, is not matched, and the caller skips it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

TOKEN = r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+"
QUOTED = r'"(?:[^"\\]|\\.)*"'

_TOKEN = re.compile(TOKEN)
# RFC 9110, section 5.5: of controls a value has tabs alone.
_NO_VALUE = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_MEMBER = re.compile(rf'(?:{QUOTED}|[^",])+', re.DOTALL)
_PARAMETER = re.compile(
    rf"[ \t]*;[ \t]*(?:({TOKEN})[ \t]*(?:=[ \t]*({QUOTED}|{TOKEN}))?)?", re.DOTALL
)


def is_token(text: str) -> bool:
    """Whether the text is a token of RFC 9110."""
    return _TOKEN.fullmatch(text) is not None


def sound(headers: Iterable[tuple[str, str]]) -> bool:
    """Whether every field of a message has a name and a value that HTTP allows."""
    return all(is_token(name) and not _NO_VALUE.search(value) for name, value in headers)


def unquote(text: str) -> str:
    """The value of a token or quoted string."""
    return _ESCAPED.sub(r"\1", text[1:-1]) if text.startswith('"') else text


def quote(text: str) -> str:
    """The text as a quoted string; line ends become blanks, since no field may hold them."""
    flat = text.replace("\r", " ").replace("\n", " ")
    return '"' + flat.replace("\\", "\\\\").replace('"', '\\"') + '"'


def token_or_quoted(text: str) -> str:
    """The text as it stands where it is a token, else quoted."""
    return text if is_token(text) else quote(text)


def members(text: str) -> Iterator[str]:
    """The members of a comma-separated list, commas inside quoted strings left alone."""
    for match in _MEMBER.finditer(text):
        if member := match.group().strip(" \t"):
            yield member


def parameters(text: str, start: int = 0) -> tuple[tuple[tuple[str, str], ...], int]:
    """The `;name=value` pairs from `start` on, names in lower case, and where they end."""
    found: list[tuple[str, str]] = []
    while (match := _PARAMETER.match(text, start)) is not None:
        start = match.end()
        if match[1]:
            found.append((match[1].lower(), unquote(match[2] or "")))
    return tuple(found), start


def first(pairs: Sequence[tuple[str, str]], name: str) -> str | None:
    """The value of the first parameter of that name."""
    return next((value for key, value in pairs if key == name), None)

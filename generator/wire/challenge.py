"""WWW-Authenticate and Authorization, read and written (RFC 9110, section 11).

In comes a field's text, out come its challenges in order, several from one field where it holds
several. Text that is no challenge is skipped; what a scheme's parameters mean is not judged here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import generator.wire.fields as fields

_SCHEME = re.compile(rf"({fields.TOKEN})(?=[ \t,]|$)")
_TOKEN68 = re.compile(r"[ \t]+([A-Za-z0-9\-._~+/]+=*)[ \t]*(?=,|$)")
_PARAMETER = re.compile(
    rf"[ \t,]*({fields.TOKEN})[ \t]*=[ \t]*({fields.QUOTED}|{fields.TOKEN})[ \t]*(?=,|$)", re.DOTALL
)
_NEXT = re.compile(rf"(?:{fields.QUOTED}|[^\",])*,?[ \t,]*", re.DOTALL)


def _no_parameters() -> Mapping[str, str]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Challenge:
    """A scheme in lower case with either a token68 or parameters (names in lower case)."""

    scheme: str
    token: str | None = None
    parameters: Mapping[str, str] = field(default_factory=_no_parameters)


def parse_challenges(text: str) -> tuple[Challenge, ...]:
    """Every challenge (or the one set of credentials) that the field's text holds."""
    found: list[Challenge] = []
    position = len(text) - len(text.lstrip(" \t,"))
    while position < len(text):
        scheme = _SCHEME.match(text, position)
        if scheme is None:
            position = _after(text, position)
            continue
        challenge, position = _challenge(text, scheme)
        found.append(challenge)
    return tuple(found)


def format_challenge(
    scheme: str, parameters: Mapping[str, str], unquoted: Iterable[str] = ()
) -> str:
    """One challenge as a field's text; the names in `unquoted` are written as bare tokens."""
    bare = frozenset(unquoted)
    pairs = (
        f"{name}={fields.token_or_quoted(value) if name in bare else fields.quote(value)}"
        for name, value in parameters.items()
    )
    return f"{scheme} {', '.join(pairs)}".rstrip()


def _challenge(text: str, scheme: re.Match[str]) -> tuple[Challenge, int]:
    name = scheme[1].lower()
    if (token := _TOKEN68.match(text, scheme.end())) is not None:
        return Challenge(name, token[1]), _after(text, token.end())
    pairs: dict[str, str] = {}
    position = scheme.end()
    while (match := _PARAMETER.match(text, position)) is not None:
        pairs.setdefault(match[1].lower(), fields.unquote(match[2]))
        position = match.end()
    return Challenge(name, None, MappingProxyType(pairs)), _after(text, position)


def _after(text: str, position: int) -> int:
    """Where the next member of the list begins; always past `position`, or at the end."""
    match = _NEXT.match(text, position)
    end = match.end() if match is not None else position
    return end if end > position else position + 1

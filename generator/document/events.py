"""The events of a YAML or JSON text, each with its position: libyaml, made to read as 1.2 does.

libyaml takes NEL, LS and PS for line breaks and refuses DEL, C1 controls and a BOM inside a text;
YAML 1.2 and JSON do not. Each such character is replaced, one for one so that columns stay, by a
private-use character that the text does not hold, and put back in the values.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Protocol

import yaml

_MISREAD = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_SURROGATE_ESCAPE = re.compile(r"\\u[dD](?=[89abAB][0-9a-fA-F]{2}|[c-fC-F][0-9a-fA-F]{2})")
_PRIVATE_USE = range(0xE000, 0xF900)


class Mark(Protocol):
    """A position of libyaml's; line and column count from 0."""

    @property
    def line(self) -> int: ...
    @property
    def column(self) -> int: ...


def position(mark: Mark | None) -> tuple[int, int]:
    """Line and column, counted from 1."""
    return (1, 1) if mark is None else (mark.line + 1, mark.column + 1)


def shielded(text: str) -> tuple[str, Mapping[int, str]]:
    """The text as libyaml may read it, and the table that puts values back for `str.translate`."""
    misread = sorted(set(_MISREAD.findall(text)))
    if not misread:
        return text, {}
    held = set(text)
    free = (chr(code) for code in _PRIVATE_USE if chr(code) not in held)
    pairs = list(zip(misread, free, strict=False))
    return (
        text.translate({ord(original): stand_in for original, stand_in in pairs}),
        {ord(stand_in): original for original, stand_in in pairs},
    )


def without_surrogates(text: str) -> str:
    """JSON with its `\\ud83d` escapes, which libyaml refuses, made others of the same length."""
    return _SURROGATE_ESCAPE.sub(r"\\ue", text) if "\\u" in text else text


def parse(text: str) -> Iterator[yaml.Event]:
    """The event stream; raises `yaml.YAMLError` where the text is not well-formed."""
    return yaml.parse(text, Loader=yaml.CLoader)

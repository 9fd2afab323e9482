"""The fast path: yaml-rs, only where it reads what YAML 1.2's core schema says.

In comes text, out goes plain data, or `NotRead` where the text holds anything that yaml-rs reads
differently (numbers with underscores, `0b11`, signed or capital radix prefixes, anchors, tags,
merge keys, further documents, odd keys, empty block scalars) or cannot survive (deep nesting
overruns its stack). A false alarm only costs time, so the scan may be rough in that direction and
in no other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import cast

import yaml_rs

from generator.document.document import Json
from generator.document.refusal import MAX_DEPTH, MAX_DIGITS

# Each begins with a literal, which lets the regex engine skip through the text.
_ANCHOR = re.compile(r"&(?=[^\s,\[\]{}])")
_TAG = re.compile("!")
_RADIX = re.compile(r"0(?=[xXoObB][0-9a-fA-F_])")
_UNDERSCORE = re.compile(r"_(?:(?<=[\s\[{,:+\-.0-9eE]_)|(?<=^_))(?=[0-9_.eE+\-\s,\]}:]|$)")
_ZERO_KEY = re.compile(r"0(?=[0-9]*[ \t]*:)")
_SIGNED_KEY = tuple(re.compile(rf"\{sign}(?=[0-9]+[ \t]*:)") for sign in "-+")
_EMPTY_BLOCK = tuple(
    re.compile(rf"\{sign}(?=[-+0-9]{{0,2}}[ \t]*(?:#[^\n]*)?\r?\n[ \t]*\r?(?:\n|$))")
    for sign in "|>"
)
_STRUCTURE = tuple(
    re.compile(pattern)
    for pattern in (
        r"<<[ \t]*:",
        r"\n(?:---|\.\.\.)(?=\s)",
        r"\n%",
        r"\?(?:(?<=[\s\[{,\-]\?)|(?<=^\?))\s",
        r"-[ \t]+-[ \t]+-[ \t]+-[ \t]+-[ \t]",
        r"\n {300}",
        "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]",
    )
)
_PREAMBLE = re.compile(r"(?:[ \t]*(?:#[^\r\n]*)?\r?\n)*(?:---(?=\s))?")
_NUMBER = re.compile(r"[-+.0-9_eE]+$")
_MAX_BITS = int(MAX_DIGITS * 3.32)


class NotRead(Exception):
    """The fast path leaves this text to the marked reader."""


def read_fast(text: str) -> Json:
    """The data in a YAML text; raises `NotRead` where that cannot be trusted."""
    preamble = _PREAMBLE.match(text)
    body = text[preamble.end() if preamble else 0 :]
    # yaml-rs ends a block scalar with a line break that the end of the text did not have.
    if not text.endswith("\n") or body.lstrip(" \r\n").startswith(("%", "\t", "...")):
        raise NotRead
    if _doubtful(body):
        raise NotRead
    try:
        root = cast(Json, yaml_rs.loads(text, parse_datetime=False))
    except (yaml_rs.YAMLDecodeError, RecursionError):
        raise NotRead from None
    _check(root)
    return root


def _doubtful(text: str) -> bool:
    if any(pattern.search(text) for pattern in _STRUCTURE):
        return True
    return any(_begins_node(text, start) for start in _candidates(text))


def _candidates(text: str) -> Iterator[int]:
    """Where something stands that matters if a node begins there."""
    for pattern in (_ANCHOR, _TAG, _RADIX, _ZERO_KEY, *_SIGNED_KEY, *_EMPTY_BLOCK):
        for match in pattern.finditer(text):
            yield _before_sign(text, match.start())
    for match in _UNDERSCORE.finditer(text):
        yield _number_start(text, match.end())


def _number_start(text: str, end: int) -> int:
    """Where the number-like characters before `end` begin; 0, a node's begin, where that is far."""
    window = max(0, end - 64)
    number = _NUMBER.search(text, window, end)
    if number is None:
        return end - 1
    return number.start() if number.start() > window else 0


def _before_sign(text: str, start: int) -> int:
    return start - 1 if start and text[start - 1] in "+-" and text[start] == "0" else start


def _begins_node(text: str, start: int) -> bool:
    """Whether a YAML node can begin here, by what stands before it on its line."""
    at = start - 1
    while at >= 0 and text[at] in " \t":
        at -= 1
    if at < 0 or text[at] in "\r\n[{,":
        return True
    if text[at] in ":-?":
        # Without a blank between, only the colon after a quoted key ends a key.
        return at < start - 1 or (text[at] == ":" and text[at - 1 : at] in ('"', "'", "]", "}"))
    return False


def _check(root: Json) -> None:
    """Make integer keys strings, in place; `NotRead` for other keys and beyond the limits."""
    level: list[Json] = [root]
    for _ in range(MAX_DEPTH + 1):
        level = [child for value in level for child in _children(value)]
        if not level:
            return
    raise NotRead


def _children(value: Json) -> Iterator[Json]:
    if isinstance(value, dict):
        if {*map(type, value)} - {str}:
            _name_keys(value)
        members = list(value.values())
    elif isinstance(value, list):
        members = value
    else:
        return
    for member in members:
        kind = type(member)
        if kind is dict or kind is list:
            yield member
        elif isinstance(member, int) and member.bit_length() > _MAX_BITS:
            raise NotRead


def _name_keys(mapping: dict[str, Json]) -> None:
    named: dict[str, Json] = {}
    for key, value in mapping.items():
        # yaml-rs gives 200 for an unquoted 200; a key whose spelling is lost is not guessed.
        kind: type = type(key)
        if kind not in (str, int) or str(key) in named:
            raise NotRead
        named[str(key)] = value
    mapping.clear()
    mapping.update(named)

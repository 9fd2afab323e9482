"""Where wanted nodes begin in a JSON text: what is not wanted is skipped by the JSON decoder.

A text that is not JSON (RFC 8259), or is nested too deep to be followed, is for another reader.
"""

from __future__ import annotations

import json
import re

from generator.document.wanted import Node, Wanted

_skip = json.JSONDecoder().raw_decode
_blank = re.compile(r"[ \t\n\r]*").match


def find_in_json(text: str, wanted: Wanted) -> bool:
    """Note the positions of what is wanted; whether the text could be read so far."""
    start = _after_blanks(text, 0)
    if text[start : start + 1] not in ("{", "["):
        return False
    search = _Search(text, wanted)
    search.note(wanted.root, start)
    try:
        search.collection(wanted.root, start)
    except (ValueError, IndexError, RecursionError):
        return not wanted.missing
    return True


def _after_blanks(text: str, at: int) -> int:
    found = _blank(text, at)
    return at if found is None else found.end()


class _Search:
    """Goes down where something is wanted; every method takes and gives offsets in the text."""

    def __init__(self, text: str, wanted: Wanted) -> None:
        self._text = text
        self._wanted = wanted
        self._line = 1
        self._counted = 0

    def collection(self, node: Node, at: int) -> int:
        """Note what is wanted in the object or array that begins here; where it ends."""
        member = self._member if self._text[at] == "{" else self._item
        at, number = _after_blanks(self._text, at + 1), 0
        while self._text[at] not in "}]" and self._wanted.missing:
            at = _after_blanks(self._text, member(node, at, number))
            number += 1
            if self._text[at] == ",":
                at = _after_blanks(self._text, at + 1)
        return at + 1

    def note(self, node: Node | None, at: int) -> None:
        """A node begins here; offsets come in ascending order."""
        if node is None:
            return
        self._line += self._text.count("\n", self._counted, at)
        self._counted = at
        self._wanted.note(node, (self._line, at - self._text.rfind("\n", 0, at)))

    def _member(self, node: Node, at: int, _number: int) -> int:
        key, after = _skip(self._text, at)
        colon = _after_blanks(self._text, after)
        if not isinstance(key, str) or self._text[colon] != ":":
            raise ValueError("no member of an object")
        child = node.children.get(key)
        self.note(child, at)
        return self._value(child, _after_blanks(self._text, colon + 1))

    def _item(self, node: Node, at: int, number: int) -> int:
        child = node.children.get(str(number))
        self.note(child, at)
        return self._value(child, at)

    def _value(self, child: Node | None, at: int) -> int:
        if child is not None and child.children and self._text[at] in "{[":
            return self.collection(child, at)
        return int(_skip(self._text, at)[1])

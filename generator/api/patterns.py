"""Text that matches a pattern: a reader of ECMA-262 expressions that writes instead of matches.

In comes a pattern, out comes a function from a random generator to matching text. Understood are
alternatives, groups, classes, `\\p{L}` and quantifiers; what is not (look-around, back references)
gives None, and the caller checks what it got, since anchors within a pattern are passed over.
"""

from __future__ import annotations

import string
from collections.abc import Callable
from random import Random

Writer = Callable[[Random, int], str]
"""Writes text; the number says how far an open quantifier may go beyond its minimum."""

_PRINTABLE = string.ascii_letters + string.digits + "-_.~!$&'()*+,;=:@/ "
_LETTERS = string.ascii_letters
_CLASSES = {"d": string.digits, "w": string.ascii_letters + string.digits + "_", "s": " "}
_CONTROLS = {"n": "\n", "r": "\r", "t": "\t", "f": "\f", "v": "\v", "0": "\0"}
_PROPERTIES = {
    "L": _LETTERS,
    "Letter": _LETTERS,
    "Alphabetic": _LETTERS,
    "Lu": string.ascii_uppercase,
    "Uppercase": string.ascii_uppercase,
    "Ll": string.ascii_lowercase,
    "Lowercase": string.ascii_lowercase,
    "N": string.digits,
    "Nd": string.digits,
    "P": "-_.,:;!?",
    "Z": " ",
    "Zs": " ",
}
_MOST = 1_000


class _NotUnderstood(ValueError):
    """The pattern uses what is not written here."""


def writer(pattern: str) -> Writer | None:
    """A function that writes text matching the pattern; None where it is not understood."""
    reader = _Reader(pattern)
    try:
        written = reader.alternatives()
    except (_NotUnderstood, IndexError, ValueError, RecursionError):
        return None
    return written if reader.ended else None


class _Reader:
    """Recursive descent over the pattern's text."""

    def __init__(self, pattern: str) -> None:
        self._text = pattern
        self._at = 0

    @property
    def ended(self) -> bool:
        return self._at == len(self._text)

    def alternatives(self) -> Writer:
        branches = [self._sequence()]
        while self._take("|"):
            branches.append(self._sequence())
        if len(branches) == 1:
            return branches[0]
        return lambda random, stretch: random.choice(branches)(random, stretch)

    def _sequence(self) -> Writer:
        members: list[Writer] = []
        while not self.ended and self._text[self._at] not in "|)":
            if self._take("^") or self._take("$"):
                continue
            members.append(self._quantified(self._atom()))
        return lambda random, stretch: "".join(each(random, stretch) for each in members)

    def _quantified(self, atom: Writer) -> Writer:
        bounds = self._bounds()
        if bounds is None:
            return atom
        self._take("?")
        low, high = bounds

        def repeated(random: Random, stretch: int) -> str:
            most = low + stretch if high is None else min(high, low + stretch)
            return "".join(atom(random, stretch) for _ in range(random.randint(low, most)))

        return repeated

    def _bounds(self) -> tuple[int, int | None] | None:
        for sign, bounds in (("*", (0, None)), ("+", (1, None)), ("?", (0, 1))):
            if self._take(sign):
                return bounds
        if not self._take("{"):
            return None
        low, comma, high = self._until("}").partition(",")
        least = int(low)
        if least > _MOST:
            raise _NotUnderstood(low)
        if not comma:
            return least, least
        return least, int(high) if high else None

    def _atom(self) -> Writer:
        if self._take("("):
            return self._group()
        if self._take("["):
            return _one_of(self._class())
        if self._take("."):
            return _one_of(_LETTERS + string.digits)
        return _one_of(self._character())

    def _group(self) -> Writer:
        if self._take("?"):
            if self._take("<"):
                if self._text[self._at] in "=!":
                    raise _NotUnderstood("look-behind")
                self._until(">")
            elif not self._take(":"):
                raise _NotUnderstood("look-ahead")
        inside = self.alternatives()
        if not self._take(")"):
            raise _NotUnderstood("open group")
        return inside

    def _class(self) -> str:
        negated = self._take("^")
        members = ""
        while not self._take("]"):
            first = self._character()
            if len(first) == 1 and self._text[self._at] == "-" and self._text[self._at + 1] != "]":
                self._at += 1
                members += _span(first, self._character())
            else:
                members += first
        if not negated:
            return members
        return "".join(each for each in _PRINTABLE if each not in members)

    def _character(self) -> str:
        """The characters that the next element stands for: one, or a class's."""
        if not self._take("\\"):
            self._at += 1
            return self._text[self._at - 1]
        kind = self._text[self._at]
        self._at += 1
        if kind in _CLASSES:
            return _CLASSES[kind]
        if kind in "DWS":
            return "".join(each for each in _PRINTABLE if each not in _CLASSES[kind.lower()])
        if kind == "p":
            return self._property()
        if kind in "xu":
            return self._code_point(2 if kind == "x" else 4)
        if kind in "bBkPc" or kind in "123456789":
            raise _NotUnderstood(kind)
        return _CONTROLS.get(kind, kind)

    def _property(self) -> str:
        if not self._take("{"):
            raise _NotUnderstood("property")
        name = self._until("}").rpartition("=")[2]
        if name not in _PROPERTIES:
            raise _NotUnderstood(name)
        return _PROPERTIES[name]

    def _code_point(self, digits: int) -> str:
        if self._take("{"):
            return chr(int(self._until("}"), 16))
        text = self._text[self._at : self._at + digits]
        self._at += digits
        return chr(int(text, 16))

    def _take(self, sign: str) -> bool:
        taken = self._text.startswith(sign, self._at)
        self._at += taken
        return taken

    def _until(self, sign: str) -> str:
        end = self._text.index(sign, self._at)
        text = self._text[self._at : end]
        self._at = end + 1
        return text


def _one_of(characters: str) -> Writer:
    if not characters:
        raise _NotUnderstood("empty class")
    return lambda random, stretch: random.choice(characters)


def _span(first: str, last: str) -> str:
    if len(last) != 1 or ord(last) < ord(first):
        raise _NotUnderstood("range")
    # A sample of a long range is as good as the whole.
    return "".join(map(chr, range(ord(first), min(ord(last), ord(first) + 127) + 1)))

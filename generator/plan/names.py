"""Names: what the description calls things, folded into what Python code calls them.

In: names as written, and the table of names that stand already. Out: identifiers, each unique in
its scope. A name from the table is kept; else the plain fold, else a fold with a suffix, which is a
`name-collision` note. Names that annotations use are never given to a field, argument or method.
"""

from __future__ import annotations

import keyword
import re
import unicodedata
from collections.abc import Iterable, Mapping
from posixpath import dirname, relpath

from generator.diagnostics import Diagnostics, Where

_WORD = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|[0-9]+|[^\W\d_a-zA-Z]+")
_LONGEST = 64

ANNOTATION_NAMES = frozenset(
    "Any AsyncClient Client Decimal Literal Mapping Model OpenEnum OpenIntEnum TYPE_CHECKING"
    " TypeAlias UNSET Union UnknownVariant UnsetType Untagged models".split()
)
_BUILTINS_IN_ANNOTATIONS = frozenset("bool bytes dict float int list property str tuple".split())


def words(text: str) -> list[str]:
    """The words of a name, whatever joins them: case, underscores, other marks."""
    if text.isascii():
        return _WORD.findall(text)
    folded = "".join(
        letter
        for letter in unicodedata.normalize("NFKD", text)
        if not unicodedata.combining(letter)
    )
    return _WORD.findall(unicodedata.normalize("NFKC", folded))


def snake(text: str) -> str:
    """A name for a field, argument, method or module."""
    joined = _joined([word.lower() for word in _joined_digits(words(text))], "_")
    return _identifier(joined, "value", "value_")


def pascal(text: str) -> str:
    """A name for a class; the case inside a word is kept."""
    return _identifier(capitals(text), "Value", "Value")


def capitals(text: str) -> str:
    """The words of a name, each with a capital; the case inside a word is kept."""
    return _joined([word[:1].upper() + word[1:] for word in words(text)], "")


def upper(text: str) -> str:
    """A name for a member of an enumeration."""
    joined = _joined([word.upper() for word in _joined_digits(words(text))], "_")
    return _identifier(joined, "EMPTY" if not text else "VALUE", "VALUE_")


def singular(text: str) -> str:
    """The name of one item of a list with this name."""
    for ending, one in (("ies", "y"), ("sses", "ss"), ("xes", "x")):
        if text.endswith(ending) and len(text) > len(ending) + 1:
            return text.removesuffix(ending) + one
    if text.endswith("s") and not text.endswith(("ss", "us", "is")) and len(text) > 2:
        return text[:-1]
    return text + "Item"


def _joined_digits(parts: list[str]) -> list[str]:
    """Digits stay with the word before them: `sha256`, `v2`."""
    joined: list[str] = []
    for part in parts:
        if part.isdigit() and joined:
            joined[-1] += part
        else:
            joined.append(part)
    return joined


def _joined(parts: list[str], joint: str) -> str:
    """Words as one name; of one that is too long both ends are kept, which say the most."""
    whole = joint.join(parts)
    if len(whole) <= _LONGEST:
        return whole
    last = _fitting(reversed(parts), joint, _LONGEST // 2)[::-1]
    first = _fitting(parts, joint, _LONGEST - len(joint.join(["", *last])))
    return joint.join([*first, *last]) if first else whole


def _fitting(parts: Iterable[str], joint: str, room: int) -> list[str]:
    """The first words of a name as far as there is room."""
    kept: list[str] = []
    for part in parts:
        room -= len(part) + (len(joint) if kept else 0)
        if room < 0:
            break
        kept.append(part)
    return kept


def _identifier(text: str, empty: str, digit: str) -> str:
    kept = unicodedata.normalize("NFKC", text)[:_LONGEST].rstrip("_")
    if not kept:
        return empty
    if not kept.isidentifier():
        kept = digit + kept
    return kept if kept.isidentifier() else empty


def file_name(document: str) -> str:
    """What the file of a document is called, as text: read as UTF-8, whatever the locale says."""
    name = document.replace("\\", "/").rpartition("/")[2]
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


class Names:
    """Gives out names: what stands in the table first, then folds in the order asked for."""

    def __init__(self, table: Mapping[str, str], diagnostics: Diagnostics, root: Where) -> None:
        self._root = root
        self.table = table
        self._diagnostics = diagnostics
        self.given: dict[str, str] = {}

    def key(self, place: Where) -> str:
        """The key of a place: its pointer, behind the file it is in where that is not the first."""
        if place.document == self._root.document:
            return place.pointer
        name = place.document
        if "://" not in name:
            name = relpath(name, dirname(self._root.document) or ".")
        return f"{name}#{place.pointer}"

    def scope(self, reserved: frozenset[str] = frozenset()) -> Scope:
        """A fresh scope in which some names are taken."""
        return Scope(self, reserved)

    def known(self, key: str) -> str | None:
        """The name that the table has for a key, where it can be a name at all."""
        name = self.table.get(key)
        usable = name is not None and name.isidentifier() and not keyword.iskeyword(name)
        return name if usable else None

    def note(self, key: str, name: str) -> None:
        """Remember the name given for a key."""
        self.given[key] = name

    def report(self, wanted: str, name: str, where: Where) -> None:
        """Say that a name had to change."""
        message = f"{wanted!r} is taken; named {name!r} here"
        self._diagnostics.report("name-collision", message, where)


class Scope:
    """One scope of names, such as a module, a class or a signature."""

    def __init__(self, names: Names, reserved: frozenset[str]) -> None:
        self._names = names
        self._reserved = reserved | _BUILTINS_IN_ANNOTATIONS
        self._taken: set[str] = set()
        self._given: set[str] = set()

    def hold(self, keys: Mapping[str, str]) -> None:
        """Keep what the table says for these keys (each with its fold) before any is given."""
        for key in keys:
            known = self._names.known(key)
            if known is not None and known not in self._reserved:
                self._taken.add(known)

    def name(self, key: str, fold: str, where: Where, *, suffix: str = "") -> str:
        """The name for a key; `suffix` is tried before numbers where the fold is taken."""
        known = self._names.known(key)
        if known is not None and known not in self._reserved | self._given:
            chosen = known
        else:
            chosen = self._free(fold, suffix, where)
        self._taken.add(chosen)
        self._given.add(chosen)
        self._names.note(key, chosen)
        return chosen

    def _free(self, fold: str, suffix: str, where: Where) -> str:
        plain = f"{fold}_" if self._is_reserved(fold) else fold
        if plain not in self._taken:
            return plain
        candidates = [f"{fold}_{suffix}"] if suffix else []
        joint = "" if fold[:1].isupper() and not fold.isupper() else "_"
        candidates += [f"{fold}{joint}{count}" for count in range(2, len(self._taken) + 3)]
        chosen = next(name for name in candidates if name not in self._taken)
        self._names.report(plain, chosen, where)
        return chosen

    def _is_reserved(self, name: str) -> bool:
        return name in self._reserved or keyword.iskeyword(name)

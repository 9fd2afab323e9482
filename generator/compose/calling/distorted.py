"""Answers with one thing changed: what a client must refuse, and what it must outlive.

In: a value that a schema allows. Out: others, each with one change: a value of another type, null,
a field left out, one that nobody lists, a text or number that is not listed or beyond a limit. What
jsonschema-rs still accepts must come back; of what it does not, `structure` says whether a client
must notice.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from generator.api import Conform
from generator.compose.calling.structure import Structure, Token
from generator.diagnostics import Where
from generator.mock.values import is_array, is_object

_OF_OTHER_TYPES: tuple[object, ...] = (None, "lockstep", 1815, 18.15, True, ["lockstep"], {"a": 1})
_NAMES: dict[type, str] = {
    str: "a text",
    int: "a number",
    float: "a fraction",
    bool: "true",
    list: "an array",
    dict: "an object",
    type(None): "null",
}
_DEEPEST = 6
UNKNOWN = "lockstepUnknown"


@dataclass(frozen=True, slots=True)
class Distorted:
    """A value with one change: what it is in words, the path of it, and what must be noticed.

    `least` is how much of the path an error must name; None where the change must be outlived.
    `inside` says that what stands there now has places of its own, which an error may name, too.
    """

    what: str
    value: object
    path: tuple[Token, ...]
    least: int | None
    inside: bool = False


@dataclass(frozen=True, slots=True)
class _Change:
    """One change: what stands at the path then, or that it is left out."""

    what: str
    path: tuple[Token, ...]
    value: object = None
    removes: bool = False
    outlived: bool = False


def distorted(
    conform: Conform, structure: Structure, place: Where, value: object
) -> Iterator[Distorted]:
    """The changes of a value, as far as it is clear what a client must do with them."""
    for change in _changes(value, ()):
        made = _changed(value, change.path, change)
        at = change.path[:-1] if change.removes else change.path
        fault, valid = structure.fault(place, made), conform.valid(place, made, "response")
        if fault is None and (valid or change.outlived):
            yield Distorted(change.what, made, at, None)
        elif fault is not None and not valid and fault == at[: len(fault)]:
            inside = not change.removes and isinstance(change.value, list | dict)
            yield Distorted(change.what, made, at, len(fault), inside)


def _changes(value: object, path: tuple[Token, ...]) -> Iterator[_Change]:
    name = f"{_shown(path)}: "
    for other in _OF_OTHER_TYPES:
        if type(other) is not type(value):
            yield _Change(f"{name}{_NAMES[type(other)]} in its place", path, other)
    if isinstance(value, str):
        yield _Change(f"{name}another text", path, "lockstep-unlisted", outlived=True)
        yield _Change(f"{name}a long text", path, "x" * 5000, outlived=True)
    elif isinstance(value, int) and not isinstance(value, bool):
        yield _Change(f"{name}another number", path, -18151815, outlived=True)
    elif is_object(value):
        # In a map it is one more of its values, which have their own type.
        for like in islice(value.values(), 1):
            yield _Change(f"{name}a field that is unknown", (*path, UNKNOWN), like, outlived=True)
        for key in value:
            yield _Change(f"{_shown((*path, key))}: left out", (*path, key), removes=True)
    yield from _changes_inside(value, path)


def _changes_inside(value: object, path: tuple[Token, ...]) -> Iterator[_Change]:
    if len(path) >= _DEEPEST:
        return
    if is_object(value):
        for key, member in value.items():
            yield from _changes(member, (*path, key))
    elif is_array(value) and value:
        # All items have one schema; the last one shows that the others were read.
        yield from _changes(value[-1], (*path, len(value) - 1))


def _changed(value: object, path: tuple[Token, ...], change: _Change) -> object:
    if not path:
        return change.value
    first, rest = path[0], path[1:]
    if is_array(value) and isinstance(first, int):
        return [*value[:first], _changed(value[first], rest, change), *value[first + 1 :]]
    members = {**value} if is_object(value) else {}
    if change.removes and not rest:
        return {key: member for key, member in members.items() if key != first}
    return {**members, str(first): _changed(members.get(str(first)), rest, change)}


def _shown(path: tuple[Token, ...]) -> str:
    return "$" + "".join(f"[{each}]" if isinstance(each, int) else f".{each}" for each in path)

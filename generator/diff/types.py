"""How the type of a schema changed, its format included: wider, narrower or other.

A format counts as a narrower type: `string` with a format holds fewer values than `string`.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.api import Schema, walk
from generator.diff.change import Fact
from generator.diff.views import View

_TEXT = frozenset(("string",))
_INTEGER = frozenset(("integer",))
_WIDER = {("int32", "int64"), ("float", "double"), ("date", "date-time")}


def compared_types(old: View, new: View) -> Iterator[Fact]:
    """One fact where type or format differ, null aside."""
    yield from _compared(_types(old, new), _types(new, old), old.schema, new.schema)


def _compared(
    before: frozenset[str], after: frozenset[str], old: Schema, new: Schema
) -> Iterator[Fact]:
    one, other = _format(old), _format(new)
    if (before, one) == (after, other) or old.never != new.never:
        return
    if not before and not after and not (one or other):
        return
    wider = _within(before, one, after, other)
    narrower = _within(after, other, before, one)
    action = "generalized" if wider else "specialized" if narrower else "changed"
    traits = {"format-only"} if before == after else set[str]()
    if after == _TEXT:
        traits.add("to-text")
    if before == _TEXT:
        traits.add("from-text")
    yield Fact(
        subject="type",
        action=action,
        before=_told(before, one),
        after=_told(after, other),
        traits=frozenset(traits),
    )


def _types(view: View, other: View) -> frozenset[str]:
    """The types that a schema says, or that its allOf says where only the other side says some."""
    own = view.schema.types
    if not own and other.schema.types:
        own = walk.types(view.api, view.core)
    return own - {"null"}


def _format(schema: Schema) -> str:
    return str(schema.keywords.get("format") or "")


def _within(types: frozenset[str], form: str, others: frozenset[str], other: str) -> bool:
    """Whether every value of the one type and format is one of the other."""
    if others and not types:
        return False
    wide = others | {"integer"} if "number" in others else others
    fits = types <= wide if others else True
    return fits and (
        form == other or not other or (form, other) in _WIDER or _only_integers(types, form, other)
    )


def _only_integers(types: frozenset[str], form: str, other: str) -> bool:
    return types == _INTEGER and not form and other in ("float", "double")


def _told(types: frozenset[str], form: str) -> str:
    told = ", ".join(sorted(types)) or "any"
    return f"{told} ({form})" if form else told

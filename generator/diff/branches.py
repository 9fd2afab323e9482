"""Which branch of an allOf, anyOf or oneOf became which: there is no name to go by.

In come the branches of both sides, out go pairs and what is left over. Branches of the same
component go together first, then equal ones, then those of the same title, and at last the only
one that is left on either side, unless both are components of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

from generator.api import Api, Schema
from generator.diagnostics import Where
from generator.diff.change import Pair
from generator.diff.equality import Equality

Key = Callable[[Schema], Hashable]


@dataclass(frozen=True, slots=True)
class Matched:
    """Branches that correspond, and those that only one side has."""

    pairs: tuple[Pair, ...]
    removed: tuple[Where, ...]
    added: tuple[Where, ...]


def match(
    base: Api,
    revision: Api,
    old: Sequence[Where],
    new: Sequence[Where],
    equality: Equality,
) -> Matched:
    """The branches of both sides, put together."""
    removed, added, pairs = list(old), list(new), list[Pair]()
    _take_by_key(base, revision, removed, added, pairs, lambda schema: schema.name)
    _take_equal(equality, removed, added, pairs)
    _take_by_key(base, revision, removed, added, pairs, _inline_title)
    _take_the_last(base, revision, removed, added, pairs)
    return Matched(tuple(pairs), tuple(removed), tuple(added))


def _take_by_key(
    base: Api, revision: Api, removed: list[Where], added: list[Where], pairs: list[Pair], key: Key
) -> None:
    for old in tuple(removed):
        wanted = key(base.schemas[old])
        new = next((each for each in added if key(revision.schemas[each]) == wanted), None)
        if wanted and new is not None:
            removed.remove(old)
            added.remove(new)
            pairs.append((old, new))


def _take_equal(
    equality: Equality, removed: list[Where], added: list[Where], pairs: list[Pair]
) -> None:
    for old in tuple(removed):
        new = next((each for each in added if equality.same(old, each)), None)
        if new is not None:
            removed.remove(old)
            added.remove(new)
            pairs.append((old, new))


def _inline_title(schema: Schema) -> str:
    return "" if schema.name else str(schema.keywords.get("title") or "")


def _take_the_last(
    base: Api, revision: Api, removed: list[Where], added: list[Where], pairs: list[Pair]
) -> None:
    """The only inline branch of either side, or the only branch where one of both is inline."""
    ours = [each for each in removed if not base.schemas[each].name]
    theirs = [each for each in added if not revision.schemas[each].name]
    if len(removed) == len(added) == 1 and (ours or theirs):
        ours, theirs = list(removed), list(added)
    if len(ours) == len(theirs) == 1:
        removed.remove(ours[0])
        added.remove(theirs[0])
        pairs.append((ours[0], theirs[0]))

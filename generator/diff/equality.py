"""Whether two schemas of two descriptions say the same, cycles included.

Annotations for readers (title, description, examples) do not count. Two schemas on a cycle are the
same unless something that they reach differs, so a pair met again while it is being compared is
taken as equal.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from generator.api import Api, Schema
from generator.api.schema import Child
from generator.diagnostics import Where
from generator.diff.change import Pair

PROSE = frozenset(("title", "description", "examples", "externalDocs"))
"""Keywords that are for people alone."""


class Equality:
    """Compares schemas of two descriptions and remembers what was equal."""

    def __init__(self, base: Api, revision: Api) -> None:
        self._base = base
        self._revision = revision
        self._known: dict[Pair, bool] = {}

    def same(self, old: Where, new: Where) -> bool:
        """Whether both admit the same values by the same words."""
        if (old, new) not in self._known:
            met: set[Pair] = set()
            equal = self._reach(old, new, met)
            self._known.update(dict.fromkeys(met, True) if equal else {(old, new): False})
        return self._known[old, new]

    def _reach(self, old: Where, new: Where, met: set[Pair]) -> bool:
        waiting = [(old, new)]
        while waiting:
            pair = waiting.pop()
            if pair in met or self._known.get(pair):
                continue
            if self._known.get(pair) is False:
                return False
            met.add(pair)
            one, other = self._base.schemas[pair[0]], self._revision.schemas[pair[1]]
            if not alike(one, other):
                return False
            waiting.extend(zip(one.places(), other.places(), strict=True))
        return True


def alike(one: Schema, other: Schema) -> bool:
    """Whether two schemas say the same of themselves, and have the same children by name."""
    return (
        one.types == other.types
        and one.never == other.never
        and _plain(one.keywords) == _plain(other.keywords)
        and _shape(one) == _shape(other)
        and _tag(one) == _tag(other)
    )


def _plain(keywords: Mapping[str, object]) -> dict[str, object]:
    return {key: _sorted(key, value) for key, value in keywords.items() if key not in PROSE}


def _sorted(key: str, value: object) -> object:
    """The value; the order of required names says nothing. True is not 1."""
    if key == "required" and isinstance(value, list):
        return frozenset(str(each) for each in cast("list[object]", value))
    return (type(value), value) if isinstance(value, bool) else value


def _shape(schema: Schema) -> list[tuple[str, object]]:
    return [(keyword, _names(child)) for keyword, child in schema.children.items()]


def _names(child: Child) -> object:
    if isinstance(child, Where):
        return 1
    return len(child) if isinstance(child, tuple) else tuple(child)


def _tag(schema: Schema) -> object:
    found = schema.discriminator
    if found is None:
        return None
    return found.property, {value: where.pointer for value, where in found.mapping.items()}

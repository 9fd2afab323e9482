"""Schemas that hold each other too deeply to be followed: a `too-deep` diagnostic each time.

In: the table of schemas. What is counted are the ways from a schema to others that are part of the
same value or of its items; a property starts a count of its own. Chains of thousands of schemas and
alternatives that double with each level are a few lines of text and no end of work
(CWE-674, CWE-776), so they are refused before anybody follows them.
"""

from __future__ import annotations

from collections.abc import Mapping

from generator.api.schema import Schema
from generator.diagnostics import Diagnostics, Where

MOST_LEVELS = 100
MOST_WAYS = 100_000
_FOLLOWED = (
    "allOf anyOf oneOf not if then else items prefixItems contains additionalProperties"
    " unevaluatedItems unevaluatedProperties".split()
)


def report_depth(schemas: Mapping[Where, Schema], diagnostics: Diagnostics) -> None:
    """Say which schemas are too deep; of those that hold them nothing is said."""
    sizes: dict[Where, tuple[int, int]] = {}
    below = {place: _below(schema) for place, schema in schemas.items()}
    for place in schemas:
        _measure(place, below, sizes, diagnostics)


def _measure(
    start: Where,
    below: Mapping[Where, list[Where]],
    sizes: dict[Where, tuple[int, int]],
    diagnostics: Diagnostics,
) -> None:
    """Levels and ways of a schema and of all below it; what is being measured counts nothing."""
    waiting = [start]
    begun: set[Where] = set()
    while waiting:
        place = waiting[-1]
        if place not in sizes and place not in begun:
            begun.add(place)
            waiting += [each for each in below[place] if each not in sizes and each not in begun]
            continue
        waiting.pop()
        if place not in sizes:
            reached = [sizes.get(each, (0, 0)) for each in below[place]]
            sizes[place] = _judged(place, reached, diagnostics)


def _judged(
    place: Where, below: list[tuple[int, int]], diagnostics: Diagnostics
) -> tuple[int, int]:
    levels = 1 + max((each[0] for each in below), default=0)
    ways = 1 + sum(each[1] for each in below)
    if levels <= MOST_LEVELS and ways <= MOST_WAYS:
        return levels, ways
    what = f"{MOST_LEVELS} levels" if levels > MOST_LEVELS else f"{MOST_WAYS:,} ways"
    diagnostics.report("too-deep", f"the schemas in it go on for more than {what}", place)
    return 0, 0


def _below(schema: Schema) -> list[Where]:
    found: list[Where] = []
    for keyword in _FOLLOWED:
        child = schema.children.get(keyword)
        if isinstance(child, Where):
            found.append(child)
        elif isinstance(child, tuple):
            found += child
    return found

"""Schemas that hold themselves as part of the same value: a `schema-endless` diagnostic each.

In: the table of schemas. To know whether a value fits such a schema one would have to know it
already, so what fits is undefined. A way through a property or an item is no such thing: it leads
to a smaller value.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from generator.api.schema import Schema
from generator.diagnostics import Diagnostics, Where

# https://json-schema.org/draft/2020-12/json-schema-core#section-9.4.1
_SAME_VALUE = "allOf anyOf oneOf not if then else".split()


def report_endless(schemas: Mapping[Where, Schema], diagnostics: Diagnostics) -> None:
    """Say of each circle, at one of its schemas, that it leads back."""
    below = {place: _below(schema) for place, schema in schemas.items()}
    for circle in _circles({place: edges for place, edges in below.items() if edges}):
        message = "the schema holds itself as part of the same value"
        diagnostics.report("schema-endless", message, min(circle))


def _below(schema: Schema) -> tuple[Where, ...]:
    found: list[Where] = []
    for keyword in _SAME_VALUE:
        child = schema.children.get(keyword)
        if isinstance(child, Where):
            found.append(child)
        elif isinstance(child, tuple):
            found += child
    return tuple(found)


def _circles(below: Mapping[Where, Iterable[Where]]) -> Iterator[list[Where]]:
    """The ways that lead back to where they began; each place in one of them at most."""
    done: set[Where] = set()
    for start in below:
        way: dict[Where, Iterator[Where]] = {}
        here: Where | None = start
        while here is not None:
            if here in way:
                passed = list(way)
                yield passed[passed.index(here) :]
                done.add(here)
            if here not in done and here not in way:
                way[here] = iter(below.get(here, ()))
            here = _onward(way, done)


def _onward(way: dict[Where, Iterator[Where]], done: set[Where]) -> Where | None:
    """The next place of the way, whose ends without one are done; None where there is none."""
    while way:
        last = next(reversed(way))
        following = next((each for each in way[last] if each not in done), None)
        if following is not None:
            return following
        done.add(last)
        del way[last]
    return None

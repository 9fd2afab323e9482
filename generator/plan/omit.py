"""Pointers of read-only fields in a request body: they are not sent, whatever a caller hands over.

In: the schema of a body. Out: JSON pointers that the runtime takes out before it encodes.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.diagnostics import Where
from generator.diagnostics.where import escape
from generator.plan.classes import Classes
from generator.plan.shape import Array, Record


def read_only_pointers(classes: Classes, place: Where | None) -> tuple[str, ...]:
    """The pointers, `*` standing for any item; a record that holds itself is followed once."""
    return () if place is None else tuple(_below(classes, place, "", frozenset()))


def _below(classes: Classes, place: Where, pointer: str, seen: frozenset[Where]) -> Iterator[str]:
    shape = classes.shapes[place]
    if isinstance(shape, Array) and shape.item is not None:
        yield from _below(classes, shape.item, f"{pointer}/*", seen)
    if not isinstance(shape, Record) or shape.where in seen:
        return
    sendable = classes.reach.fields(shape, "write")
    for name, child in shape.properties.items():
        if name not in sendable:
            yield f"{pointer}/{escape(name)}"
        else:
            yield from _below(classes, child, f"{pointer}/{escape(name)}", seen | {shape.where})

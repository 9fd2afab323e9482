"""How an operation on one item answers: the item in its frame, or a receipt of what was done.

Compiled for an operation from the schema of its success and from what its resource use declares.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

from generator.api.behaviours import Receipt, ResourceUse
from generator.api.model import Operation
from generator.mock.answering.frames import answer_schema, echo, frame, item_schema
from generator.mock.blueprint import Blueprint, Kind
from generator.mock.calls import Call
from generator.mock.items.finding import Found
from generator.mock.items.views import view
from generator.mock.pointers import split
from generator.mock.values import ABSENT

Done = Literal["", "created", "updated", "deleted"]
Show = Callable[[Call, Found], Any]


def shower(
    blueprint: Blueprint, operation: Operation, kind: Kind, use: ResourceUse, done: Done
) -> Show:
    """The function that gives the answer's value after this was done to an item."""
    schema = answer_schema(operation)
    if schema is None:
        return lambda call, found: ABSENT
    if use.receipt is not None and done:
        return _receipt(use.receipt, done)
    tokens = split(use.item)
    one = view(blueprint, kind, item_schema(blueprint, schema, tokens))
    put_in = frame(blueprint, schema, tokens)
    give = echo(blueprint, schema, use.echo) if use.echo else None

    def show(call: Call, found: Found) -> Any:
        path, key, item = found
        body = put_in(one(call, item.fields, (*path[1:], key), False))
        if give is not None:
            give(call, body)
        return body

    return show


def _receipt(receipt: Receipt, done: Literal["created", "updated", "deleted"]) -> Show:
    members: dict[str, Any] = getattr(receipt, done)

    def show(call: Call, found: Found) -> Any:
        fields = found[2].fields
        kept = {name: fields[field] for name, field in receipt.fields.items() if field in fields}
        return {**members, **kept}

    return show

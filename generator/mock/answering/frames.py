"""What stands around the item or the items in an answer: siblings that the schema requires, echoes.

Compiled for an operation from the schema of its success.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from generator.api import walk
from generator.api.model import Operation
from generator.diagnostics import Where
from generator.mock.blueprint import Blueprint, success
from generator.mock.calls import Call
from generator.mock.pointers import Tokens, place
from generator.mock.samples import generator
from generator.mock.values import ABSENT, is_object

Frame = Callable[[Any], Any]
"""From the item, or the items, to the body."""

Echo = Callable[[Call, dict[str, Any]], None]
"""Writes into a body what comes back of the request."""


def answer_schema(operation: Operation) -> Where | None:
    """The plain schema of the operation's success."""
    found = success(operation)
    return found[1].content[0].schema if found and found[1].content else None


def item_schema(blueprint: Blueprint, schema: Where | None, tokens: Tokens) -> Where | None:
    """The schema of the item inside an answer; of each item where it is a list."""
    found = walk.at(blueprint.api, schema, tokens) if schema is not None else None
    if found is None:
        return None
    return walk.child(blueprint.api, found, "items") or found


def frame(blueprint: Blueprint, schema: Where | None, tokens: Tokens) -> Frame:
    """The function that puts an item where it belongs."""
    if not tokens:
        return lambda item: item
    base = _siblings(blueprint, schema, tokens[0]) if schema is not None else {}

    def put(item: Any) -> Any:
        body = dict(base)
        place(body, tokens, item)
        return body

    return put


def echo(blueprint: Blueprint, schema: Where | None, names: Sequence[str]) -> Echo:
    """The function that gives members of the request back, as the answer's schema takes them."""
    properties = walk.properties(blueprint.api, schema) if schema is not None else {}
    places = {name: properties.get(name) for name in names}

    def give(call: Call, body: dict[str, Any]) -> None:
        sent: dict[str, Any] = call.body if is_object(call.body) else {}
        for name, where in places.items():
            value = _fitting(blueprint, call, where, sent.get(name, ABSENT))
            if value is not ABSENT:
                body[name] = value

    return give


def _siblings(blueprint: Blueprint, schema: Where, name: str) -> dict[str, Any]:
    properties = walk.properties(blueprint.api, schema)
    made = {
        each: blueprint.samples.shown(properties[each], generator(0, "frame", schema, each))
        for each in sorted(walk.required(blueprint.api, schema))
        if each in properties and each != name
    }
    return {each: value for each, value in made.items() if value is not ABSENT}


def _fitting(blueprint: Blueprint, call: Call, where: Where | None, value: Any) -> Any:
    """The value if it fits, or an object with those of its members that do and others made."""
    if value is ABSENT or where is None or blueprint.samples.fits(where, value):
        return value
    if not is_object(value):
        return ABSENT
    made = _mixed(blueprint, call, where, value)
    return made if blueprint.samples.fits(where, made) else ABSENT


def _mixed(
    blueprint: Blueprint, call: Call, where: Where, sent: Mapping[str, Any]
) -> dict[str, Any]:
    random = generator(call.state.seed, call.state.tick, where)
    required = walk.required(blueprint.api, where)
    made: dict[str, Any] = {}
    for name, child in walk.properties(blueprint.api, where).items():
        schema = blueprint.api.schemas[child]
        if name in sent and blueprint.samples.fits(child, sent[name]):
            made[name] = sent[name]
        elif schema.read_only or name in required:
            value = blueprint.samples.opaque(child, random)
            made.update({} if value is ABSENT else {name: value})
    return made

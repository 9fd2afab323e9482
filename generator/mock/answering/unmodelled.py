"""Answers that the description shows, where no resource is declared or its state cannot say them.

A success is the first valid example of its media type, else the least that its schema accepts.
Where neither exists the answer has no body. So are answered operations without a resource, answers
that are not JSON, and what was inferred wrongly.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from generator.api.model import Operation
from generator.mock.answering.frames import answer_schema
from generator.mock.answering.shown import shown
from generator.mock.blueprint import Blueprint, success
from generator.mock.calls import Answer, Call, Handler
from generator.mock.values import ABSENT
from generator.wire import is_json


def answer_shown(blueprint: Blueprint, operation: Operation) -> Handler:
    """The handler that always answers the same; of an empty declaration, without a body."""
    found = success(operation)
    contents = found[1].content if found is not None else ()
    values: dict[str, Any] = {each.media_type: shown(blueprint, each) for each in contents}
    default = next(iter(values.values()), ABSENT)
    return lambda call: Answer(values.get(call.accepted, default))


def rendered(blueprint: Blueprint, operation: Operation, handler: Handler) -> Handler:
    """The handler, with the description's example in place of an answer that is not JSON."""
    found = success(operation)
    contents = found[1].content if found is not None else ()
    others: dict[str, Any] = {
        each.media_type: shown(blueprint, each) for each in contents if not is_json(each.media_type)
    }
    if not others:
        return handler
    first = next(each.media_type for each in contents)

    def handle(call: Call) -> Answer:
        answer = handler(call)
        chosen = call.accepted or first
        if answer.value is ABSENT or chosen not in others:
            return answer
        return replace(answer, value=others[chosen])

    return handle


def sound(blueprint: Blueprint, operation: Operation, handler: Handler) -> Handler:
    """The handler of an inferred operation; where its answer is not valid, what is shown."""
    schema = answer_schema(operation)
    if schema is None:
        return handler
    instead = answer_shown(blueprint, operation)

    def handle(call: Call) -> Answer:
        answer = handler(call)
        if answer.value is ABSENT or blueprint.samples.fits(schema, answer.value):
            return answer
        return replace(answer, value=instead(call).value)

    return handle

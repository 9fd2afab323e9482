"""From what a role answers to the response on the wire: envelope, representation, media type.

Compiled for an operation from its success and the parameters that change how a body is written.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from generator.api.behaviours import Envelope
from generator.api.exchange import Headers, Response
from generator.api.model import Operation
from generator.mock.blueprint import Blueprint, success
from generator.mock.calls import Answer, Call
from generator.mock.samples import generator
from generator.mock.shown import written
from generator.mock.values import ABSENT, is_object

Reply = Callable[[Call, Answer], Response]


def replier(blueprint: Blueprint, operation: Operation) -> Reply:
    """The function that writes the operation's successes."""
    found = success(operation)
    declared = found[0] if found else 200
    media_types = [each.media_type for each in found[1].content] if found else []
    default = media_types[0] if media_types else ""
    wrapping = _named(operation, "envelope")
    pretty = {name for name, _ in _named(operation, "representation")}
    paged = operation.behaviours.pagination is not None
    fixed = _required_headers(blueprint, operation)

    def reply(call: Call, answer: Answer) -> Response:
        status = answer.status or declared
        value = answer.value
        if value is ABSENT or not default:
            return Response(status, (*fixed, *answer.headers))
        for name, envelope in wrapping:
            if call.query.get(name) is True:
                value = enveloped(envelope, status, value, paged)
        media_type = call.accepted if call.accepted in media_types else default
        body = written(value, media_type)
        if any(call.query.get(name) is True for name in pretty):
            body = msgspec.json.format(body, indent=2)
        return Response(status, (("content-type", media_type), *fixed, *answer.headers), body)

    return reply


def enveloped(envelope: Envelope, status: int, value: Any, paged: bool) -> Any:
    """The value in its envelope, or beside the status where lists are answered so."""
    if paged and envelope.lists == "beside" and is_object(value):
        return {**value, envelope.status: status}
    return {envelope.status: status, envelope.content: value}


def _named(operation: Operation, behaviour: str) -> list[tuple[str, Any]]:
    pairs = ((each.name, getattr(each.behaviours, behaviour)) for each in operation.parameters)
    return [(name, declared) for name, declared in pairs if declared is not None]


def _required_headers(blueprint: Blueprint, operation: Operation) -> Headers:
    """Values for the header fields that the success promises."""
    found = success(operation)
    made: list[tuple[str, str]] = []
    for header in found[1].headers if found else ():
        if header.required and header.schema is not None:
            value = blueprint.samples.shown(header.schema, generator(0, "header", header.where))
            if value is not ABSENT:
                made.append((header.name.lower(), str(value)))
    return tuple(made)

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
from generator.api.model import Response as Declared
from generator.mock.answering.shown import written
from generator.mock.blueprint import Blueprint, success
from generator.mock.calls import Answer, Call
from generator.mock.samples import generator
from generator.mock.values import ABSENT, is_object

BODILESS = frozenset({204, 205, 304})
"""Statuses whose answers have no body, whatever is declared (RFC 9110, section 6.4.1)."""

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
    fixed = promised_headers(blueprint, found[1]) if found else ()

    def reply(call: Call, answer: Answer) -> Response:
        status = answer.status or declared
        value = answer.value
        if value is ABSENT or not default or status in BODILESS:
            return Response(status, (*fixed, *answer.headers))
        asked = call.query
        for name, envelope in wrapping if asked else ():
            if asked.get(name) is True:
                value = enveloped(envelope, status, value, paged)
        chosen = call.accepted if call.accepted in media_types else default
        media_type, body = written(value, chosen)
        if asked and any(asked.get(name) is True for name in pretty):
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


def promised_headers(blueprint: Blueprint, declared: Declared) -> Headers:
    """Values for the header fields that an answer promises."""
    made: list[tuple[str, str]] = []
    for header in declared.headers:
        if header.required and header.schema is not None:
            value = blueprint.samples.shown(header.schema, generator(0, "header", header.where))
            if value is not ABSENT:
                made.append((header.name.lower(), str(value)))
    return tuple(made)

"""Error bodies: by the declared pointers, or what stands for an error where nothing is declared.

In come an error format, or an operation, and what is to be told; out come whole answers. Which
class of fault is told how is decided elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from functools import cache
from http import HTTPStatus
from typing import Any

import msgspec

from generator.api.behaviours import ErrorFormat
from generator.api.exchange import Headers, Response
from generator.api.model import Operation
from generator.diagnostics import Where
from generator.mock.answering.shown import shown, written
from generator.mock.blueprint import Blueprint
from generator.mock.pointers import place, split
from generator.mock.samples import generator
from generator.mock.values import ABSENT, is_array, is_object
from generator.wire import negotiate


@dataclass(frozen=True, slots=True)
class Told:
    """What an error says: `about` is what it mentions, `name` the member or parameter at fault."""

    status: int
    code: str
    detail: str
    about: str = ""
    name: str = ""


Writer = Callable[[Told, str | None], Response]
"""Writes an error for a caller with this Accept."""


def phrase(status: int) -> str:
    """The status's name in HTTP."""
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Unknown"


def declared_writer(blueprint: Blueprint, form: ErrorFormat) -> Writer:
    """Writes errors of a declared format; none has a body that its caller does not accept."""
    headers: Headers = (("content-type", form.media_type),) if form.media_type else ()
    body_of = _body_maker(blueprint, form)

    def write(told: Told, accept: str | None) -> Response:
        if form.negotiated and negotiate(accept, [form.media_type]) is None:
            return Response(told.status)
        if form.empty:
            return Response(told.status, headers)
        return Response(told.status, headers, written(body_of(told), form.media_type)[1])

    return write


def _body_maker(blueprint: Blueprint, form: ErrorFormat) -> Callable[[Told], Any]:
    """Writes bodies by the declared pointers, into what else the error schema requires."""
    schema = Where(blueprint.api.where.document, form.schema.removeprefix("#"))
    known = schema in blueprint.api.schemas
    made = blueprint.samples.opaque(schema, generator(0, "error")) if known else ABSENT
    base = made if is_object(made) or is_array(made) else {}

    def body_of(told: Told) -> Any:
        members = (
            (form.status, told.status),
            (form.code, told.code or f"HTTP_{told.status}"),
            (form.detail, told.detail),
            (form.reason, phrase(told.status)),
            (form.parameters, [told.about] if told.about else []),
            (form.name, told.name or "*"),
        )
        body = copy(base)
        for pointer, value in members:
            if pointer == "":
                return value
            if pointer:
                place(body, split(pointer), value)
        return body

    return body_of


def plain_writer(blueprint: Blueprint, operation: Operation | None) -> Writer:
    """Writes what the operation declares for the status, else problem details (RFC 9457)."""

    @cache
    def declared(status: int) -> Response | None:
        response = operation.response(status) if operation is not None else None
        content = response.content[0] if response and response.content else None
        body = shown(blueprint, content) if content is not None else ABSENT
        if content is None or body is ABSENT:
            return None
        media_type, data = written(body, content.media_type)
        return Response(status, (("content-type", media_type),), data)

    def write(told: Told, accept: str | None) -> Response:
        found = declared(told.status)
        if found is not None:
            return found
        problem = {"title": phrase(told.status), "status": told.status, "detail": told.detail}
        headers = (("content-type", "application/problem+json"),)
        return Response(told.status, headers, msgspec.json.encode(problem))

    return write

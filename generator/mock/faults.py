"""Errors in the API's own format.

In come the declared error format and classes of fault, out come functions that write an error
answer. Where the description says nothing the standards' status stands, and the body is what the
operation declares for it, or problem details (RFC 9457).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from http import HTTPStatus
from typing import Any

import msgspec

from generator.api.behaviours import Errors, Fault, FaultKind
from generator.api.exchange import Determined, Headers, Response
from generator.api.model import Operation
from generator.diagnostics import Where
from generator.mock.blueprint import Blueprint
from generator.mock.calls import Guarded, Refused
from generator.mock.pointers import place, split
from generator.mock.samples import generator
from generator.mock.shown import shown, written
from generator.mock.values import ABSENT, is_object

DEFAULTS: Mapping[FaultKind, Fault] = {
    "malformed-body": Fault(400, detail="The body cannot be read: {reason}."),
    "missing-body": Fault(400, detail="The request needs a body."),
    "invalid-body": Fault(400, detail="The body is not valid at {name}: {reason}."),
    "invalid-path": Fault(400, detail="The path parameter {name} is not valid: {reason}."),
    "invalid-query": Fault(400, detail="The parameter {name} is not valid: {reason}."),
    "missing-query": Fault(400, detail="The parameter {name} is missing."),
    "no-such-path": Fault(404, detail="Nothing is found at this path."),
    "not-found": Fault(404, detail="There is no {name} {value}."),
    "duplicate": Fault(409, detail="Another one has the same {name}."),
    "unauthenticated": Fault(401, detail="Credentials are needed: {reason}."),
    "lesser-role": Fault(403, detail="The caller has none of the roles that this needs."),
    "method-not-allowed": Fault(405, detail="The method {value} is not allowed here."),
    "not-acceptable": Fault(406, detail="No representation is acceptable as {value}."),
    "unsupported-media-type": Fault(415, detail="A body of type {value} is not taken."),
    "too-large": Fault(413, detail="The body is too large."),
    "unconfirmed": Fault(400, detail="The call must be confirmed by {name}."),
}
"""What a class of fault gets where nothing is declared."""

FALLBACKS: Mapping[FaultKind, FaultKind] = {
    "missing-field": "invalid-body",
    "unknown-field": "invalid-body",
    "read-only-field": "invalid-body",
    "missing-body": "malformed-body",
    "parent-not-found": "not-found",
    "wrong-tenant": "lesser-role",
    "unknown-query": "invalid-query",
    "repeated-query": "invalid-query",
    "missing-query": "invalid-query",
    "no-such-path": "not-found",
}
"""Which class of fault speaks for one that is not declared itself."""

_ABOUT_VALUES: frozenset[FaultKind] = frozenset(
    {"not-found", "parent-not-found", "no-such-path", "invalid-path", "method-not-allowed"}
)

Writer = Callable[[int, str, str, str], Response]
"""Writes an error body: status, code, detail, and what it is about."""

_DETERMINED = Determined()


class Faults:
    """The error answers of one operation, or of the whole API where no operation was found."""

    def __init__(self, blueprint: Blueprint, operation: Operation | None) -> None:
        errors = blueprint.api.behaviours.errors
        own = operation.behaviours.faults if operation is not None else {}
        self._declared: dict[FaultKind, Fault] = {**(errors.faults if errors else {}), **own}
        if errors is not None:
            self._write = _declared_writer(blueprint, errors)
            self.determined = Determined(fields=_fields(errors))
        else:
            self._write = _plain_writer(blueprint, operation)
            self.determined = _DETERMINED

    def fault(self, kind: FaultKind) -> Fault:
        """What a class of fault gets: as declared, or as the class that speaks for it."""
        declared = self._declared.get(kind)
        if declared is not None:
            return declared
        default = DEFAULTS.get(kind)
        if kind not in FALLBACKS:
            return default or Fault(400)
        general = self.fault(FALLBACKS[kind])
        return Fault(default.status, general.code, default.detail) if default else general

    def refuse(self, refused: Refused, headers: Headers = ()) -> Response:
        """The answer to a refusal."""
        fault = self.fault(refused.kind)
        detail = _filled(fault.detail, refused)
        about = str(refused.value) if refused.kind in _ABOUT_VALUES else refused.name
        return _with(self._write(fault.status, fault.code, detail, about), headers)

    def guard(self, guarded: Guarded) -> Response:
        """The answer of a guard."""
        guard = guarded.guard
        return self._write(guard.status, guard.code, guard.detail, "")


def phrase(status: int) -> str:
    """The status's name in HTTP."""
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Unknown"


def _filled(template: str, refused: Refused) -> str:
    # Not str.format: a template and what goes into it are text of strangers.
    values = {"name": refused.name, "value": str(refused.value), "reason": refused.reason}
    pieces = template.split("{")
    written = pieces[0]
    for piece in pieces[1:]:
        name, closed, rest = piece.partition("}")
        written += values[name] + rest if closed and name in values else "{" + piece
    return written


def _with(response: Response, headers: Headers) -> Response:
    if not headers:
        return response
    return Response(response.status, (*response.headers, *headers), response.body)


def _fields(errors: Errors) -> frozenset[str]:
    return frozenset(each for each in (errors.code, errors.status) if each is not None)


def _declared_writer(blueprint: Blueprint, errors: Errors) -> Writer:
    """Writes bodies by the declared pointers, into what else the error schema requires."""
    schema = Where(blueprint.api.where.document, errors.schema.removeprefix("#"))
    known = schema in blueprint.api.schemas
    made = blueprint.samples.opaque(schema, generator(0, "error")) if known else ABSENT
    base = made if is_object(made) else {}
    headers = (("content-type", errors.media_type),)

    def write(status: int, code: str, detail: str, about: str) -> Response:
        body = dict(base)
        _set(body, errors.status, status)
        _set(body, errors.code, code or f"HTTP_{status}")
        _set(body, errors.detail, detail)
        _set(body, errors.reason, phrase(status))
        _set(body, errors.parameters, [about] if about else [])
        return Response(status, headers, msgspec.json.encode(body))

    return write


def _set(body: dict[str, Any], pointer: str | None, value: object) -> None:
    if pointer:
        place(body, split(pointer), value)


def _plain_writer(blueprint: Blueprint, operation: Operation | None) -> Writer:
    """Writes what the operation declares for the status, else problem details (RFC 9457)."""

    @cache
    def declared(status: int) -> Response | None:
        response = operation.response(status) if operation is not None else None
        content = response.content[0] if response and response.content else None
        body = shown(blueprint, content) if content is not None else ABSENT
        if content is None or body is ABSENT:
            return None
        headers = (("content-type", content.media_type),)
        return Response(status, headers, written(body, content.media_type))

    def write(status: int, code: str, detail: str, about: str) -> Response:
        found = declared(status)
        if found is not None:
            return found
        problem = {"title": phrase(status), "status": status, "detail": detail}
        headers = (("content-type", "application/problem+json"),)
        return Response(status, headers, msgspec.json.encode(problem))

    return write

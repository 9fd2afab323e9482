"""Errors in the API's own format.

In come the declared error format and classes of fault, out come functions that write an error
answer. Where the description says nothing the standards' status stands, and the body is what the
operation declares for it, or problem details (RFC 9457).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import msgspec

from generator.api.behaviours import ErrorFormat, Fault, FaultKind
from generator.api.exchange import Determined, Headers, Response
from generator.api.model import Operation
from generator.mock.answering.error_bodies import (
    Told,
    Writer,
    declared_writer,
    phrase,
    plain_writer,
)
from generator.mock.blueprint import Blueprint
from generator.mock.calls import Guarded, Refused

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
    "lesser-scope": Fault(403, detail="The token is not good for {name}."),
    "method-not-allowed": Fault(405, detail="The method {value} is not allowed here."),
    "not-acceptable": Fault(406, detail="No representation is acceptable as {value}."),
    "unsupported-media-type": Fault(415, detail="A body of type {value} is not taken."),
    "unknown-owner": Fault(400, detail="There is no user {value}."),
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
    "lesser-scope": "lesser-role",
    "unknown-query": "invalid-query",
    "repeated-query": "invalid-query",
    "missing-query": "invalid-query",
    "no-such-path": "not-found",
}
"""Which class of fault speaks for one that is not declared itself."""

_ABOUT_VALUES: frozenset[FaultKind] = frozenset(
    {"not-found", "parent-not-found", "no-such-path", "invalid-path", "method-not-allowed"}
)


class Faults:
    """The error answers of one operation, or of the whole API where no operation was found."""

    def __init__(self, blueprint: Blueprint, operation: Operation | None) -> None:
        errors = blueprint.api.behaviours.errors
        own = operation.behaviours.faults if operation is not None else {}
        self._declared: dict[FaultKind, Fault] = {**(errors.faults if errors else {}), **own}
        self._formats: dict[str, Writer] = {}
        self._wrong = _wrong(operation)
        if errors is not None:
            self._write = declared_writer(blueprint, errors)
            for name, form in errors.formats.items():
                self._formats[name] = declared_writer(blueprint, form)
            self._determined = Determined(fields=_fields(errors))
        else:
            self._write = plain_writer(blueprint, operation)
            self._determined = Determined()

    def fault(self, kind: FaultKind) -> Fault:
        """What a class of fault gets: as declared, or as the class that speaks for it."""
        declared = self._declared.get(kind)
        if declared is not None:
            return declared
        default = self._default(kind)
        if kind not in FALLBACKS:
            return default or Fault(self._wrong)
        general = self.fault(FALLBACKS[kind])
        if default is None:
            return general
        return Fault(default.status, general.code, default.detail, general.format)

    def _default(self, kind: FaultKind) -> Fault | None:
        found = DEFAULTS.get(kind)
        if found is None or found.status != 400:
            return found
        return msgspec.structs.replace(found, status=self._wrong)

    def determined(self, kind: FaultKind | None = None) -> Determined:
        """What is decided of the answer to a class of fault, or to a guard."""
        crash = self.fault(kind).crash if kind is not None else None
        return replace(self._determined, crash=crash) if crash else self._determined

    def refuse(
        self, refused: Refused, accept: str | None = None, headers: Headers = ()
    ) -> Response:
        """The answer to a refusal, for a caller with this Accept."""
        fault = self.fault(refused.kind)
        if fault.status < 300:
            return Response(fault.status, headers)
        detail = _filled(fault.detail, refused)
        about = str(refused.value) if refused.kind in _ABOUT_VALUES else refused.name
        told = Told(fault.status, fault.code, detail, about, refused.name)
        return _with(self._formats.get(fault.format, self._write)(told, accept), headers)

    def tell(self, status: int, accept: str | None) -> Response:
        """An error of a status that no class of fault has."""
        return self._write(Told(status, "", phrase(status)), accept)

    def guard(self, guarded: Guarded, accept: str | None = None) -> Response:
        """The answer of a guard."""
        guard = guarded.guard
        return self._write(Told(guard.status, guard.code, guard.detail), accept)


def _wrong(operation: Operation | None) -> int:
    """The status of what is wrong: 422 where that is documented and 400 is not."""
    if operation is None or operation.response(400) is not None:
        return 400
    return 422 if operation.response(422) is not None else 400


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


def _fields(errors: ErrorFormat) -> frozenset[str]:
    return frozenset(each for each in (errors.code, errors.status) if each is not None)

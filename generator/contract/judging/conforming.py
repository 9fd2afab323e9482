"""Whether an answer is one that the description has: its status, its media type, its body.

In comes a recorded call of any part, out come findings. What is asked in a way that the operation
does not have (another method, a path that is not its own) is not judged, nor is a body from which
a secret was taken. An undocumented refusal is a warning unless the run is strict: lists of
refusals are rarely complete.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from generator.api.conform import Conform
from generator.api.exchange import CallRecord, Request
from generator.api.model import Api, Operation, Response
from generator.contract.calling.admission import Admission
from generator.contract.judging.answer import parsed, shown
from generator.contract.pointer import MISSING
from generator.diagnostics import Where
from generator.report import REDACTED, Finding, Severity
from generator.wire import MediaType, is_json
from generator.wire.fields import sound

# RFC 6585, section 4, and RFC 9110, section 15.6.4: any server may be too busy.
_ANYWHERE = frozenset({429, 503})
_NO_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")


class Conforming:
    """Judges the calls of one run."""

    def __init__(
        self, api: Api, conform: Conform, prefix: str, admission: Admission, *, strict: bool
    ) -> None:
        self._conform = conform
        self._admission = admission
        self._strict = strict
        self._api = api
        self._told: set[tuple[str, str, str]] = set()
        self._open: set[tuple[str, str, bytes]] = set()
        self._operations = {
            each.name: (each, _template(prefix + each.path)) for each in api.operations
        }

    def leave_open(self, request: Request) -> None:
        """Take in that nothing says how a request is answered: it may be refused in any way."""
        self._open.add(_known_by(request))

    def findings(self, call: CallRecord) -> Iterator[Finding]:
        """What of the answer the description does not have, once a run, whatever part it is of."""
        for found in self._findings(call):
            told = (found.rule, found.operation, found.title)
            if told not in self._told:
                self._told.add(told)
                yield found

    def _findings(self, call: CallRecord) -> Iterator[Finding]:
        """Nothing else once the status is not documented."""
        operation, template = self._operations.get(call.operation, (None, None))
        if operation is None or template is None or operation.method != call.request.method:
            return
        if call.response.status == 400 and not sound(call.request.headers):
            # The server refused what is no HTTP before the API saw it.
            return
        if template.fullmatch(urlsplit(call.request.target).path) is None:
            return
        declared = operation.response(call.response.status)
        if declared is None and not (call.response.status == 400 and _unreadable(call)):
            yield from self._undocumented(operation, call)
        elif declared is not None:
            yield from self._body(operation, declared, call)

    def _undocumented(self, operation: Operation, call: CallRecord) -> Iterator[Finding]:
        status = call.response.status
        if status in _ANYWHERE or status in _elsewhere(self._api, operation):
            return
        if self._admission.excuses(operation, status):
            return
        if 400 <= status < 500 and _known_by(call.request) in self._open:
            return
        refusal = 400 <= status < 500 and not self._strict
        # How a success looks stands nowhere: that is the description's fault.
        known = {each.status[0] for each in operation.responses}
        open_ = 200 <= status < 300 and known.isdisjoint("23")
        yield _finding(
            operation,
            call,
            "undocumented-status",
            f"it answers {status}, which is not documented",
            severity=Severity.WARNING if refusal or open_ else Severity.ERROR,
            expected=", ".join(each.status for each in operation.responses),
            actual=str(status),
        )

    def _body(
        self, operation: Operation, declared: Response, call: CallRecord
    ) -> Iterator[Finding]:
        if not call.response.body:
            return
        told = call.response.header("Content-Type") or ""
        given = MediaType.parse(told)
        offered = [each.media_type for each in declared.content]
        # A name that is none is compared as it stands.
        if offered and told not in offered and not _fits(given, offered):
            yield _finding(
                operation,
                call,
                "undocumented-media-type",
                f"{declared.status} comes as a media type that is not documented",
                where=declared.where,
                expected=", ".join(offered),
                actual=told or "none",
            )
        elif is_json(told) and REDACTED.encode() not in call.response.body:
            yield from self._json(operation, declared, call)

    def _json(
        self, operation: Operation, declared: Response, call: CallRecord
    ) -> Iterator[Finding]:
        schemas = [
            schema
            for content in declared.content
            for schema in (content.schema, content.enveloped)
            if schema is not None
        ]
        body = parsed(call.response)
        if not schemas or any(self._conform.valid(each, body, "response") for each in schemas):
            return
        if body is MISSING:
            title, where, expected = "is no JSON", declared.where, "JSON"
        else:
            broken = self._conform.errors(schemas[0], body, "response")[0]
            title, where = f"breaks {broken.kind} of its schema", broken.where
            expected = f"{broken.instance or 'the body'}: {broken.message}"
        yield _finding(
            operation,
            call,
            "answer-schema",
            f"the body of {declared.status} {title}",
            where=where,
            expected=expected,
            actual=shown(call.response.body.decode("utf-8", "replace")),
        )


def _elsewhere(api: Api, operation: Operation) -> set[int]:
    """The statuses that the description has for an operation without listing them there."""
    errors, own = api.behaviours.errors, operation.behaviours
    faults = [*own.faults.values(), *(errors.faults.values() if errors else ())]
    guarded = {each.status for each in own.guards}
    everywhere = set(errors.everywhere) if errors else set[int]()
    return everywhere.union(guarded, *(each.statuses for each in faults))


def _known_by(request: Request) -> tuple[str, str, bytes]:
    """What tells a request from others; its headers have credentials that change."""
    return request.method, request.target, request.body


def _unreadable(call: CallRecord) -> bool:
    """Whether the address is none (RFC 3986, section 2.1), or no text: that is refused below."""
    target = call.request.target
    try:
        return bool(_NO_ESCAPE.search(target)) or not unquote(target, errors="strict")
    except UnicodeDecodeError:
        return True


def _fits(given: MediaType | None, offered: list[str]) -> bool:
    if given is None:
        return False
    declared = filter(None, map(MediaType.parse, offered))
    return any(each.essence == given.essence or "*" in each.essence for each in declared)


def _template(path: str) -> re.Pattern[str]:
    pieces = re.split(r"\{[^}]*\}", path)
    return re.compile("([^/]+)".join(re.escape(piece) for piece in pieces))


def _finding(
    operation: Operation,
    call: CallRecord,
    rule: str,
    title: str,
    *,
    severity: Severity = Severity.ERROR,
    where: Where | None = None,
    expected: str,
    actual: str,
) -> Finding:
    return Finding(
        part=call.part,
        rule=rule,
        operation=operation.name,
        title=title,
        message="An answer has the status, the media type and the body that are described for it.",
        severity=severity,
        where=where or operation.where,
        calls=(call,),
        expected=expected,
        actual=actual,
    )

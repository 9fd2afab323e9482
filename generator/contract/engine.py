"""The only module that touches schemathesis's engine: its phases and checks, its failures as ours.

In come the description as OpenAPI, a target and limits; out come findings, notes and, through
`listen`, every call. Deletes are kept out of the first phases, and in the stateful one to things
that the run itself made. The surface used here is not promised by schemathesis: it is pinned to a
minor version and held by a test.
"""

from __future__ import annotations

import copy
import functools
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import schemathesis
from requests import PreparedRequest, RequestException
from requests.auth import AuthBase, HTTPBasicAuth, HTTPDigestAuth
from schemathesis.config import SchemathesisConfig
from schemathesis.core.failures import Failure, ServerError
from schemathesis.core.transport import Response as SentResponse
from schemathesis.engine import events, from_schema
from schemathesis.engine.core import EventStream
from schemathesis.openapi.checks import (
    JsonSchemaError,
    RejectedPositiveData,
    UndefinedStatusCode,
)

from generator.api.behaviours import Fault, FaultKind, Guard
from generator.api.conform import Conform
from generator.api.exchange import CallRecord, Headers, Principal, Request, Response
from generator.api.model import Api, Operation
from generator.contract.answer import parsed
from generator.contract.client import Client
from generator.contract.events import NotJudged
from generator.contract.kinds import fault
from generator.contract.ledger import Ledger
from generator.contract.pointer import MISSING, look
from generator.contract.target import Target
from generator.contract.timer import Timer, ringing
from generator.report import Finding, Severity

PART = "schemathesis"
_FIRST = ("examples", "coverage", "fuzzing")
_STATEFUL = ("stateful",)
_STATE_FAULTS: tuple[FaultKind, ...] = (
    "not-found",
    "parent-not-found",
    "duplicate",
    "unknown-owner",
    "wrong-tenant",
    "lesser-role",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much is drawn: examples an operation and phase, steps a sequence, seconds in all.

    Without steps no sequences are drawn.
    """

    seed: int
    max_examples: int
    max_steps: int
    seconds: float | None
    rate: float | None = None


class Engine:
    """One run of schemathesis on a target."""

    def __init__(
        self,
        api: Api,
        openapi: Mapping[str, Any],
        target: Target,
        client: Client,
        ledger: Ledger,
        listen: Callable[[CallRecord], None],
        strict: bool = False,
        mine: Callable[[Operation], bool] = lambda _: True,
    ) -> None:
        self._mine = mine
        self._strict = strict
        self._api = api
        self._conform = Conform(api)
        self._openapi = openapi
        self._target = target
        self._client = client
        self._ledger = ledger
        self._listen = listen
        self._labels = {each.label: each for each in api.operations}

    def examine(self, limits: Limits) -> Iterator[Finding | NotJudged]:
        """Run both halves: all but deletes, then sequences with deletes of our own things."""
        os.environ.setdefault("HYPOTHESIS_STORAGE_DIRECTORY", _scratch())
        judged = [each for each in self._api.operations if self._mine(each)]
        first = [each.label for each in judged if not _destroys(each)]
        with ringing(limits.seconds) as timer:
            if first:
                yield from self._run(self._schema(limits, _FIRST).include(name=first), timer)
            if limits.max_steps and judged and not timer.over:
                every = [each.label for each in judged]
                yield from self._run(self._schema(limits, _STATEFUL).include(name=every), timer)

    def _schema(self, limits: Limits, phases: tuple[str, ...]) -> Any:
        # `max-time` is left alone: it makes the engine go on drawing until the time is used up.
        configured: Any = SchemathesisConfig
        config = configured.from_dict(
            {
                "seed": limits.seed,
                "base-url": self._target.base_url,
                "workers": 1,
                **_reaching(self._target),
                **({"rate-limit": f"{limits.rate:g}/s"} if limits.rate else {}),
                "cache": {"enabled": False},
                "generation": {"database": "none", "max-examples": limits.max_examples},
                "phases": {
                    "enabled": False,
                    **{name: {"enabled": True} for name in phases},
                    **({"stateful": _stateful(limits)} if "stateful" in phases else {}),
                },
            }
        )
        schema: Any = schemathesis.openapi.from_dict(
            copy.deepcopy(dict(self._openapi)), config=config
        )
        if (auth := self._auth()) is not None:
            schema.auth.set_from_requests(auth)
        schema.hook("filter_case")(_function(self._allowed))
        schema.hook("filter_failure")(_function(self._counts))
        schema.hook("after_call")(_function(self._called))
        return schema

    def _run(self, schema: Any, timer: Timer) -> Iterator[Finding | NotJudged]:
        stream = from_schema(schema).execute()
        timer.stops(stream.stop)
        try:
            yield from self._told(stream, timer)
        finally:
            # The engine's own threads finish their call, so that what it makes is known.
            stream.stop()
            for _ in stream:
                pass

    def _told(self, stream: EventStream, timer: Timer) -> Iterator[Finding | NotJudged]:
        for event in stream:
            if isinstance(event, events.ScenarioFinished):
                yield from self._failures(event)
            elif isinstance(event, events.Interrupted) and not timer.over:
                # The engine swallows Ctrl-C and ends as if it were done.
                raise KeyboardInterrupt
            elif isinstance(event, events.NonFatalError):
                yield self._trouble(event)
            elif isinstance(event, events.FatalError):
                yield NotJudged(PART, "engine", "", _first_line(event.exception))

    def _trouble(self, event: events.NonFatalError) -> Finding | NotJudged:
        """What kept the engine from judging: a silent target is a finding."""
        operation = self._labels.get(event.label)
        name = operation.name if operation else event.label
        if not isinstance(event.value, RequestException):
            return NotJudged(PART, "engine", name, _first_line(event.value))
        return Finding(
            part=PART,
            rule="no-answer",
            operation=name,
            title="the target gave no answer",
            message=_first_line(event.value),
            where=operation.where if operation else None,
        )

    def _failures(self, event: events.ScenarioFinished) -> Iterator[Finding]:
        recorder = event.recorder
        for case, checks in recorder.checks.items():
            for check in checks:
                if check.failure_info is not None:
                    failure = check.failure_info.failure
                    told = recorder.interactions[failure.case_id or case]
                    yield self._finding(check.name, failure, told)

    def _finding(self, check: str, failure: Failure, told: Any) -> Finding:
        operation = self._labels.get(failure.operation or "")
        response = _response(told.response)
        name = operation.name if operation else (failure.operation or "")
        who = self._target.principals[0].name if self._target.principals else ""
        sent = told.request
        request = _request(sent.method, sent.uri, sent.headers, sent.body)
        record = CallRecord(name, who, request, response, 0.0, PART)
        declared = operation.response(response.status) if operation else None
        place = declared.where if declared else operation.where if operation else None
        return Finding(
            part=PART,
            rule=check,
            operation=name,
            title=f"{failure.title} ({response.status})",
            message=failure.message,
            severity=_severity(failure, response.status, self._strict),
            where=place,
            calls=(self._client.redacted(record),),
            actual=str(response.status),
        )

    def _auth(self) -> AuthBase | None:
        if not self._target.principals:
            return None
        principal = self._target.principals[0]
        scheme = self._api.security_schemes.get(principal.scheme)
        if scheme is not None and scheme.kind == "http" and scheme.scheme.lower() == "digest":
            return HTTPDigestAuth(principal.user, principal.secret)
        if scheme is not None and scheme.kind == "http" and scheme.scheme.lower() == "basic":
            return HTTPBasicAuth(principal.user, principal.secret)
        return _Signing(self._client, principal)

    def _allowed(self, context: Any, case: Any) -> bool:
        """Whether a drawn case may be sent: a delete only of what the run made."""
        operation = self._labels.get(case.operation.label)
        if case.method.upper() != "DELETE" and not (operation and _destroys(operation)):
            return True
        if self._target.disposable or (operation and operation.name in self._target.destructive):
            return True
        target = f"{self._target.prefix}{case.formatted_path}"
        return operation is not None and self._ledger.owns(operation, Request("DELETE", target))

    def _counts(self, context: Any, failure: Failure, case: Any, response: SentResponse) -> bool:
        """Whether a failure stands, for all that the description says beyond schemas."""
        errors = self._api.behaviours.errors
        if isinstance(failure, UndefinedStatusCode):
            return errors is None or response.status_code not in errors.everywhere
        operation = self._labels.get(case.operation.label)
        if isinstance(failure, RejectedPositiveData) and _presupposes(operation, case, response):
            return False
        if isinstance(failure, RejectedPositiveData | ServerError) and operation is not None:
            return not self._refuses_state(operation, case, _response(response))
        if isinstance(failure, JsonSchemaError) and operation is not None:
            return not self._conforms(operation, _response(response))
        return True

    def _conforms(self, operation: Operation, response: Response) -> bool:
        r"""Whether the body fits after all: schemathesis reads `\p{L}` as Latin letters."""
        declared = operation.response(response.status)
        schemas = {
            schema
            for content in (declared.content if declared else ())
            for schema in (content.schema, content.enveloped)
            if schema is not None
        }
        body = parsed(response)
        return any(self._conform.valid(schema, body, "response") for schema in schemas)

    def _refuses_state(self, operation: Operation, case: Any, response: Response) -> bool:
        """Whether valid data was refused for what stands on the server, as a declared fault."""
        errors = self._api.behaviours.errors
        if errors is None:
            return False
        faults = [fault(self._api, operation, kind) for kind in _STATE_FAULTS]
        declared: list[Fault | Guard] = [*faults, *operation.behaviours.guards]
        if response.status in {each.crash for each in faults}:
            return self._names_thing(operation, case.body)
        if not errors.code:
            # Without codes the status alone tells, and only of calls that name what is there.
            statuses = {each.status for each in declared}
            return response.status in statuses and self._names_thing(operation, case.body)
        code = parsed(response, errors.code)
        return any(each.code == code and each.status == response.status for each in declared)

    def _names_thing(self, operation: Operation, body: object) -> bool:
        """Whether the body of a write names what it is to change, or who shall own it."""
        use = operation.behaviours.resource
        resource = self._api.behaviours.resources.get(use.resource) if use is not None else None
        if use is None or resource is None:
            return False
        owners = [use.request + each for each in resource.owner]
        named = [look(body, each) for each in (use.key, *owners) if each]
        return any(each is not MISSING and each is not None for each in named)

    def _called(self, context: Any, case: Any, response: SentResponse) -> None:
        operation = self._labels.get(case.operation.label)
        same = operation is not None and operation.method == case.method.upper()
        sent = response.request
        headers = {name: [str(value)] for name, value in sent.headers.items()}
        request = _request(str(sent.method), str(sent.url), headers, sent.body)
        record = CallRecord(
            operation.name if operation and same else "",
            self._target.principals[0].name if self._target.principals else "",
            request,
            _response(response),
            response.elapsed,
            PART,
        )
        self._listen(self._client.redacted(record))


class _Signing(AuthBase):
    """Signs as the client does."""

    def __init__(self, client: Client, principal: Principal) -> None:
        self._client = client
        self._principal = principal

    def __call__(self, r: PreparedRequest) -> PreparedRequest:
        """Put on the headers, and what stands in the query."""
        signed = self._client.signed("", Request(str(r.method), str(r.url)), self._principal)
        r.url = signed.target
        for name, value in signed.headers:
            r.headers[name] = value
        return r


def _function(method: Callable[..., Any]) -> Callable[..., Any]:
    """A hook as a plain function: schemathesis writes attributes on it."""

    @functools.wraps(method)
    def called(*arguments: Any) -> Any:
        return method(*arguments)

    return called


def _destroys(operation: Operation) -> bool:
    use = operation.behaviours.resource
    return operation.method == "DELETE" or (use is not None and use.role == "delete")


def _presupposes(operation: Operation | None, case: Any, response: SentResponse) -> bool:
    """Whether what was drawn means something only to the server: its cursor, its entity tag."""
    if response.status_code == 412:
        # RFC 9110, section 13: a precondition that does not hold is no wrong data.
        return any(name.lower().startswith("if-") for name in case.headers or ())
    paging = operation.behaviours.pagination if operation else None
    return bool(paging and paging.cursor and paging.cursor in (case.query or {}))


def _severity(failure: Failure, status: int, strict: bool) -> Severity:
    # Lists of statuses are rarely complete; an undocumented refusal is worth a look, not a failure.
    undocumented = isinstance(failure, UndefinedStatusCode) and 400 <= status < 500
    return Severity.WARNING if undocumented and not strict else Severity.ERROR


def _reaching(target: Target) -> dict[str, object]:
    """How the target is reached, as schemathesis is told so."""
    trust = target.trust
    told = {
        "tls-verify": trust.bundle,
        "request-cert": trust.certificate,
        "request-cert-key": trust.key,
        "proxy": target.route.proxy,
    }
    return {name: value for name, value in told.items() if value}


def _stateful(limits: Limits) -> dict[str, object]:
    return {"enabled": True, "max-steps": limits.max_steps}


def _request(method: str, url: str, headers: Mapping[str, list[str]], body: object) -> Request:
    parts = urlsplit(url)
    target = parts.path + (f"?{parts.query}" if parts.query else "")
    octets = body if isinstance(body, bytes) else str(body or "").encode()
    return Request(method, target, _headers(headers), octets)


def _response(response: SentResponse | None) -> Response:
    if response is None:
        return Response(0)
    return Response(response.status_code, _headers(response.headers), response.content or b"")


def _headers(headers: Mapping[str, list[str]]) -> Headers:
    return tuple((name, value) for name, values in headers.items() for value in values)


def _first_line(error: BaseException) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0][:300]


def _scratch() -> str:
    return os.path.join(tempfile.gettempdir(), "lockstep-hypothesis")

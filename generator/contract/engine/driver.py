"""One run of schemathesis: its phases, its events, what it may send and what it found.

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

import schemathesis
from requests import RequestException
from schemathesis.config import SchemathesisConfig
from schemathesis.core.failures import Failure
from schemathesis.core.transport import Response as SentResponse
from schemathesis.engine import events, from_schema
from schemathesis.engine.core import EventStream

from generator.api.exchange import CallRecord, Request
from generator.api.model import Api, Operation
from generator.contract.calling.client import Client
from generator.contract.calling.target import Target
from generator.contract.calling.timer import Timer, ringing
from generator.contract.engine.messages import request_of, response_of
from generator.contract.engine.signing import Callers
from generator.contract.engine.verdicts import Verdicts
from generator.contract.events import NotJudged
from generator.contract.judging.ledger import Ledger
from generator.report import Finding, cut

PART = "schemathesis"
_LONGEST = 300
_FIRST = ("examples", "coverage", "fuzzing")
_STATEFUL = ("stateful",)
# Every answer is held against the description by the run itself.
_JUDGED = ("status_code_conformance", "content_type_conformance", "response_schema_conformance")


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
        mine: Callable[[Operation], bool],
        callers: Callers,
    ) -> None:
        self._mine = mine
        self._callers = callers
        self._api = api
        self._verdicts = Verdicts(api)
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
                "checks": {name: {"enabled": False} for name in _JUDGED},
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
        for auth, labels in self._callers.signing():
            schema.auth.set_from_requests(auth).apply_to(name=labels)
        schema.hook("filter_case")(_function(self._allowed))
        schema.hook("filter_failure")(_function(self._verdicts.stands))
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
        response = response_of(told.response)
        name = operation.name if operation else (failure.operation or "")
        sent = told.request
        request = request_of(sent.method, sent.uri, sent.headers, sent.body)
        who = self._callers.named(operation, request)
        record = CallRecord(name, who, request, response, 0.0, PART)
        declared = operation.response(response.status) if operation else None
        place = declared.where if declared else operation.where if operation else None
        return Finding(
            part=PART,
            rule=check,
            operation=name,
            title=f"{failure.title} ({response.status})",
            message=failure.message,
            where=place,
            calls=(self._client.redacted(record),),
            actual=str(response.status),
        )

    def _allowed(self, context: Any, case: Any) -> bool:
        """Whether a drawn case may be sent: a delete only of what the run made."""
        operation = self._labels.get(case.operation.label)
        if case.method.upper() != "DELETE" and not (operation and _destroys(operation)):
            return True
        if self._target.disposable or (operation and operation.name in self._target.destructive):
            return True
        target = f"{self._target.prefix}{case.formatted_path}"
        return operation is not None and self._ledger.owns(operation, Request("DELETE", target))

    def _called(self, context: Any, case: Any, response: SentResponse) -> None:
        operation = self._labels.get(case.operation.label)
        same = operation is not None and operation.method == case.method.upper()
        sent = response.request
        headers = {name: [str(value)] for name, value in sent.headers.items()}
        request = request_of(str(sent.method), str(sent.url), headers, sent.body)
        record = CallRecord(
            operation.name if operation and same else "",
            self._callers.named(operation, request),
            request,
            response_of(response),
            response.elapsed,
            PART,
        )
        self._listen(self._client.redacted(record))


def _function(method: Callable[..., Any]) -> Callable[..., Any]:
    """A hook as a plain function: schemathesis writes attributes on it."""

    @functools.wraps(method)
    def called(*arguments: Any) -> Any:
        return method(*arguments)

    return called


def _destroys(operation: Operation) -> bool:
    use = operation.behaviours.resource
    return operation.method == "DELETE" or (use is not None and use.role == "delete")


def _reaching(target: Target) -> dict[str, object]:
    """How the target is reached, as schemathesis is told so."""
    trust = target.trust
    told = {
        "tls-verify": trust.bundle,
        "request-cert": trust.certificate,
        "request-cert-key": trust.key,
        "proxy": target.route.proxy,
        "request-timeout": target.route.seconds,
        "headers": {each.name: each.value for each in target.route.headers},
    }
    return {name: value for name, value in told.items() if value}


def _stateful(limits: Limits) -> dict[str, object]:
    return {"enabled": True, "max-steps": limits.max_steps}


def _first_line(error: BaseException) -> str:
    return cut((str(error).strip() or type(error).__name__).splitlines()[0], _LONGEST)


def _scratch() -> str:
    return os.path.join(tempfile.gettempdir(), "lockstep-hypothesis")

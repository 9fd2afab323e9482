"""Which of schemathesis's failures stand, for all that the description says beyond schemas.

In come its failures with what was sent and answered, out comes whether each is a finding. A
refusal for what stands on the server is none, nor is what a server says below the API: to a
request that is no HTTP.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from schemathesis.core.failures import Failure, ServerError
from schemathesis.core.transport import Response as SentResponse
from schemathesis.openapi.checks import RejectedPositiveData

from generator.api.behaviours import Fault, FaultKind, Guard
from generator.api.exchange import Response
from generator.api.model import Api, Operation
from generator.contract.engine.messages import response_of
from generator.contract.judging.answer import parsed
from generator.contract.kinds import fault
from generator.contract.pointer import MISSING, look
from generator.wire.fields import sound

_STATE_FAULTS: tuple[FaultKind, ...] = (
    "not-found",
    "parent-not-found",
    "duplicate",
    "unknown-owner",
    "wrong-tenant",
    "lesser-role",
)


class Verdicts:
    """Judges the failures of one run."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self._labels = {each.label: each for each in api.operations}

    def stands(self, context: Any, failure: Failure, case: Any, response: SentResponse) -> bool:
        """Whether a failure is one of the API's; as schemathesis calls a hook."""
        if _below(response):
            return False
        operation = self._labels.get(case.operation.label)
        if isinstance(failure, RejectedPositiveData) and _presupposes(operation, case, response):
            return False
        if isinstance(failure, RejectedPositiveData | ServerError) and operation is not None:
            return not self._refuses_state(operation, case, response_of(response))
        return True

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


def _below(response: SentResponse) -> bool:
    """Whether a server refused what it could not read as HTTP, before the API saw it."""
    sent: Mapping[str, str | bytes] = response.request.headers
    return response.status_code == 400 and not sound((n, _text(v)) for n, v in sent.items())


def _text(value: str | bytes) -> str:
    return value if isinstance(value, str) else value.decode("latin-1")


def _presupposes(operation: Operation | None, case: Any, response: SentResponse) -> bool:
    """Whether what was drawn means something only to the server: its cursor, its entity tag."""
    if response.status_code == 412:
        # RFC 9110, section 13: a precondition that does not hold is no wrong data.
        return any(name.lower().startswith("if-") for name in case.headers or ())
    paging = operation.behaviours.pagination if operation else None
    return bool(paging and paging.cursor and paging.cursor in (case.query or {}))

"""Whether the target lets the run in: said once, and not as a fault of every call.

In come answers, out comes why an operation cannot be judged: it asks for credentials that the run
was not given, or the target takes none of a scheme. A target that lets everybody in is judged like
any other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from generator.api.exchange import Principal
from generator.api.model import Api, Operation
from generator.contract.calling.callers import asks_in_vain
from generator.contract.kinds import fault

_MOST_REFUSED = 5
"""How many calls may be refused until the credentials of a scheme are not tried any more."""


class Admission:
    """What is known of it in one run."""

    def __init__(self, api: Api, principals: Sequence[Principal]) -> None:
        self._api = api
        self._principals = tuple(principals)
        operations = api.operations
        self._lacking = {e.name for e in operations if asks_in_vain(api, e, principals)}
        self._closed = set[str]()
        self._admitted = set[str]()
        self._refused = Counter[str]()

    def lacks(self, operation: Operation) -> bool:
        """Whether an operation asks for credentials, and the run has none that fit."""
        return operation.name in self._lacking

    def excuses(self, operation: Operation, status: int) -> bool:
        """Whether a status says no more than that the run is not let in."""
        if self.lacks(operation):
            return status == 403 or self._is_refusal(operation, status)
        refused = any(scheme in self._refused for scheme in _schemes([operation]))
        return refused and self._is_refusal(operation, status)

    def known(self, operation: Operation, principal: Principal | None) -> str:
        """Why a call need not be made; empty where it is worth trying."""
        if operation.name in self._closed:
            return _lacking([operation])
        scheme = self._scheme(operation, principal)
        return self._told(scheme) if self._refused[scheme] >= _MOST_REFUSED else ""

    def judged(self, operation: Operation, principal: Principal | None, status: int) -> str:
        """Take in an answer: why it says nothing of the operation; empty where it does."""
        if self.lacks(operation) and self.excuses(operation, status):
            self._closed.add(operation.name)
            return self.known(operation, principal)
        scheme = self._scheme(operation, principal)
        if not scheme or scheme in self._admitted:
            return ""
        if self._is_refusal(operation, status):
            self._refused[scheme] += 1
            return self._told(scheme)
        # What is no success may have been told before anybody asked who calls.
        if 200 <= status < 300:
            self._admitted.add(scheme)
            del self._refused[scheme]
        return ""

    def shut_out(self, unreached: Sequence[Operation]) -> Iterator[tuple[str, list[Operation]]]:
        """Of operations without a success those that the run was not let into, by the reason."""
        lacking = [each for each in unreached if self.lacks(each)]
        if lacking and self._closed:
            yield _lacking(lacking), lacking
        for scheme in self._refused:
            refused = [each for each in unreached if scheme in _schemes([each])]
            if refused:
                yield self._told(scheme), refused

    def _scheme(self, operation: Operation, principal: Principal | None) -> str:
        """The scheme that a call is signed by where that is asked for; empty where it is not."""
        own = principal is not None and principal in self._principals and bool(operation.security)
        return principal.scheme if principal is not None and own else ""

    def _is_refusal(self, operation: Operation, status: int) -> bool:
        return status in {401, *fault(self._api, operation, "unauthenticated").statuses}

    def _told(self, scheme: str) -> str:
        return f"the target refuses the credentials for {scheme}"


def _lacking(operations: Sequence[Operation]) -> str:
    return f"the run was not given credentials for {' or '.join(_schemes(operations))}"


def _schemes(operations: Sequence[Operation]) -> list[str]:
    needs = (need for each in operations for need in each.security)
    return sorted({name for need in needs for name in need.schemes})

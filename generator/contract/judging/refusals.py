"""The statuses that a refusal may have: by the description, or by what HTTP says of such a fault.

In come classes of fault, out come statuses; what the description leaves open has none.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from generator.api.behaviours import Fault, FaultKind
from generator.api.model import Api, Operation

_SPEAKS_FOR: Mapping[FaultKind, FaultKind] = MappingProxyType(
    {
        "missing-field": "invalid-body",
        "unknown-field": "invalid-body",
        "missing-body": "malformed-body",
        "malformed-body": "invalid-body",
        "missing-query": "invalid-query",
        "parent-not-found": "not-found",
        "no-such-path": "not-found",
    }
)
_ONLY_DECLARED: frozenset[FaultKind] = frozenset(
    {"read-only-field", "unknown-query", "repeated-query", "no-such-path"}
)
_STANDARD: Mapping[FaultKind, frozenset[int]] = MappingProxyType(
    {
        "not-found": frozenset({404, 410}),
        "parent-not-found": frozenset({404, 410}),
        "invalid-path": frozenset({400, 404, 410, 422}),
        # RFC 9110, sections 9.1 and 15.5.6: a method that is not known may get 501. Who may do
        # nothing there but what is described may hear so.
        "method-not-allowed": frozenset({403, 404, 405, 501}),
    }
)
_REFUSALS = frozenset(range(400, 500)) - {401, 403, 404, 429}
READ_OR_REFUSED = frozenset(range(200, 300)) | _REFUSALS
"""What may be answered where a server is free to make sense of a call or not."""


def declared(api: Api, operation: Operation, kind: FaultKind) -> Fault | None:
    """What the description says of a class of fault, or of the one that speaks for it."""
    errors = api.behaviours.errors
    for each in (kind, _SPEAKS_FOR.get(kind)):
        if each is None:
            continue
        found = operation.behaviours.faults.get(each) or (errors and errors.faults.get(each))
        if found:
            return found
    return None


def statuses(api: Api, operation: Operation, kind: FaultKind) -> frozenset[int]:
    """The statuses that a class of fault may be answered with; none where that is open."""
    fault = declared(api, operation, kind)
    if fault is not None:
        return fault.statuses
    if kind in _ONLY_DECLARED:
        return frozenset()
    if kind == "not-acceptable":
        # RFC 9110, section 12.5.1: Accept may be disregarded.
        named = any(each.status == "406" for each in operation.responses)
        return frozenset({406}) if named else frozenset()
    if kind == "invalid-query" and operation.response(404):
        # What cannot be read as a parameter's type is "not found" to some frameworks.
        return _REFUSALS | {404}
    if kind == "not-found" and operation.method == "GET" and operation.response(204):
        return _STANDARD[kind] | {204}
    return _STANDARD.get(kind, _REFUSALS)


def says_nothing(api: Api) -> bool:
    """Whether no class of fault is declared at all, so that any refusal stands for any."""
    errors = api.behaviours.errors
    return not (errors and errors.faults) and not any(e.behaviours.faults for e in api.operations)


def listed(wanted: frozenset[int]) -> str:
    """Statuses as a finding says them."""
    if wanted >= READ_OR_REFUSED:
        return "2xx or 4xx"
    return "4xx" if len(wanted) > 5 else " or ".join(map(str, sorted(wanted)))

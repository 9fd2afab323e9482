"""Rules about operations: whether they are there, what they are called, how they are grouped."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.diff.change import Change
from generator.diff.rules.family import Named, Namer, fixed
from generator.diff.rules.lifecycle import removed_operation
from generator.diff.rules.policy import Policy
from generator.diff.rules.rule import B, I, Row, W

_GONE = "Calls to the operation are answered with an error."
_NAMES = "Names in generated clients, and links that use the operationId, depend on it."
_TAGS = "Tags group operations in clients and in documentation; calls do not change."

ROWS: tuple[Row, ...] = (
    ("endpoint-added", I, "was added", "There is one operation more; no call there was changes."),
    ("api-removed-without-deprecation", B, "was removed without deprecation", _GONE),
    ("api-removed-with-deprecation", I, "was removed after deprecation", _GONE),
    ("api-removed-before-sunset", B, "was removed before its sunset {name}", _GONE),
    ("api-path-removed-without-deprecation", B, "was removed with its path, undeprecated", _GONE),
    ("api-path-removed-with-deprecation", I, "was removed with its path, deprecated", _GONE),
    ("api-path-removed-before-sunset", B, "was removed with its path, before {name}", _GONE),
    ("api-path-sunset-parse", B, "was removed; its sunset {name} is no date", _GONE),
    ("api-operation-id-added", I, "has the operationId {after}", _NAMES),
    ("api-operation-id-removed", I, "operationId {before} is gone", _NAMES),
    ("api-tag-added", I, "tag {name} was added", _TAGS),
    ("api-tag-removed", I, "tag {name} was removed", _TAGS),
    (
        "api-path-trailing-slash-changed",
        W,
        "path {before} is now {after}",
        "A server that tells the two paths apart answers 404 at one of them.",
    ),
)


def _operation(change: Change, policy: Policy) -> Iterator[Named]:
    if change.fact.action == "removed":
        yield from removed_operation(change, policy)
    else:
        yield "endpoint-added", change.fact


def _operation_id(change: Change, _: Policy) -> Iterator[Named]:
    yield f"api-operation-id-{'added' if change.fact.action == 'added' else 'removed'}", change.fact


NAMERS: Mapping[str, Namer] = {
    "operation": _operation,
    "operation-id": _operation_id,
    "path-slash": fixed("api-path-trailing-slash-changed"),
}
"""Which rule a fact about an operation falls under."""

"""Rules about parameters: whether they are there, required, and how they are written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.diff.change import Change
from generator.diff.rules.family import Named, Namer, fixed, need
from generator.diff.rules.lifecycle import removed_parameter
from generator.diff.rules.policy import Policy
from generator.diff.rules.rule import B, I, Row, W

_LACKING = "Calls as they were lack it, and are refused."
_MORE = "It may be sent; calls without it mean what they meant."
_STRICT = "Callers that go on sending it are ignored, or refused by a strict server."

ROWS: tuple[Row, ...] = (
    (
        "new-request-path-parameter",
        B,
        "{name} was added to the path",
        "The path has one variable more, so the old path leads to nowhere.",
    ),
    ("new-required-request-parameter", B, "{name} was added, required", _LACKING),
    ("new-optional-request-parameter", I, "{name} was added, optional", _MORE),
    (
        "new-required-request-default-parameter-to-existing-path",
        B,
        "{name} was added to all operations of the path, required",
        _LACKING,
    ),
    (
        "new-optional-request-default-parameter-to-existing-path",
        I,
        "{name} was added to all operations of the path, optional",
        _MORE,
    ),
    ("request-parameter-removed", W, "{name} was removed", _STRICT),
    ("request-parameter-removed-with-deprecation", I, "{name} was removed, deprecated", _STRICT),
    ("request-parameter-removed-before-sunset", B, "{name} was removed before sunset", _STRICT),
    (
        "request-path-parameter-renamed",
        I,
        "path parameter {before} is now called {after}",
        "Names in paths are no part of a call; generated clients may show them.",
    ),
    (
        "request-parameter-style-changed",
        B,
        "is written in style {after}, no longer {before}",
        "The same value is written otherwise, so what old callers send is read as another value.",
    ),
)


def _parameter(change: Change, policy: Policy) -> Iterator[Named]:
    fact = change.fact
    if fact.action == "removed":
        yield from removed_parameter(change, policy)
    elif "path" in fact.traits:
        yield "new-request-path-parameter", fact
    else:
        shared = "shared" in fact.traits
        what = "default-parameter-to-existing-path" if shared else "parameter"
        yield f"new-{need(change)}-request-{what}", fact


NAMERS: Mapping[str, Namer] = {
    "parameter": _parameter,
    "name": fixed("request-path-parameter-renamed"),
    "style": fixed("request-parameter-style-changed"),
}
"""Which rule a fact about a parameter falls under."""

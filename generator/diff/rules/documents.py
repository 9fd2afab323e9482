"""Rules about a description as a whole: its version, servers, webhooks and components."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.diff.change import Change
from generator.diff.rules.family import Named, Namer
from generator.diff.rules.policy import Policy
from generator.diff.rules.rule import B, I, Row

_COMPONENT = "Other descriptions may refer to the schema, and clients have a class of its name."

ROWS: tuple[Row, ...] = (
    (
        "api-server-path-changed",
        B,
        "path of the servers changed from {before} to {after}",
        "Whoever calls below the old base URL may find nothing there.",
    ),
    (
        "api-server-path-added",
        I,
        "servers answer at {after}, not only at {before}",
        "There is one base URL more; whoever calls below the old one goes on.",
    ),
    (
        "api-version-not-bumped",
        I,
        "version is still {before}",
        "Something that weighs on callers changed, and the version does not say so.",
    ),
    (
        "api-version-decreased",
        I,
        "version went from {before} to {after}",
        "Versions grow; base and revision may have been given in the wrong order.",
    ),
    (
        "api-major-version-not-bumped",
        I,
        "version went from {before} to {after} with breaking changes",
        "A breaking change asks for a new major version (semver.org).",
    ),
    ("api-schema-removed", I, "schema {name} was removed", _COMPONENT),
    ("api-schema-added", I, "schema {name} was added", _COMPONENT),
    (
        "webhook-added",
        I,
        "webhook {name} was added",
        "Receivers may be called for one reason more.",
    ),
    (
        "webhook-removed",
        B,
        "webhook {name} was removed",
        "Receivers wait for calls that never come.",
    ),
)


def _version(change: Change, _: Policy) -> Iterator[Named]:
    before, after = version_key(change.fact.before), version_key(change.fact.after)
    if before and after and after < before:
        yield "api-version-decreased", change.fact


def _schema(change: Change, _: Policy) -> Iterator[Named]:
    yield f"api-schema-{change.fact.action}", change.fact


def version_key(text: object) -> tuple[int, ...]:
    """The numbers of a version by which it is ordered; none where it does not start with one."""
    parts = str(text).lstrip("v").replace("-", ".").split(".")
    numbers: list[int] = []
    for part in parts:
        if not (part.isascii() and part.isdigit()):
            break
        numbers.append(int(part))
    return tuple(numbers)


NAMERS: Mapping[str, Namer] = {
    "document-version": _version,
    "component-schema": _schema,
}
"""Which rule a fact about a description falls under."""

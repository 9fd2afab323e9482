"""Rules about bodies, statuses, headers and media types: what stands around the schemas."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.diff.change import Change
from generator.diff.rules.family import Named, Namer, need
from generator.diff.rules.policy import Policy
from generator.diff.rules.rule import B, I, Row, W

_MORE = "It may be sent; calls without it mean what they meant."
_RENAMED = "The media type goes by another name; both bodies are compared."

REQUESTS: tuple[Row, ...] = (
    ("request-body-added-required", B, "was added, required", "Calls without it are refused."),
    ("request-body-added-optional", I, "was added, optional", _MORE),
    ("request-body-removed", B, "was removed", "What callers send in it means nothing now."),
    (
        "request-body-media-type-added",
        I,
        "media type {name} was added",
        "Callers may choose among more media types.",
    ),
    (
        "request-body-media-type-removed",
        B,
        "media type {name} was removed",
        "Calls that send it are answered 415.",
    ),
    (
        "request-body-media-type-schema-added",
        B,
        "has a schema now",
        "Bodies that do not fit it may be refused.",
    ),
    (
        "request-body-media-type-schema-removed",
        I,
        "has no schema now",
        "The description no longer says what a body holds.",
    ),
    ("request-body-media-type-name-changed", I, "{before} is now written {after}", _RENAMED),
    ("request-body-media-type-name-generalized", I, "{before} became the wider {after}", _RENAMED),
    ("request-body-media-type-name-specialized", I, "{before} became the closer {after}", _RENAMED),
)

RESPONSES: tuple[Row, ...] = (
    (
        "response-success-status-added",
        I,
        "status {name} was added",
        "There is a kind of success that callers may not know.",
    ),
    (
        "response-success-status-removed",
        B,
        "status {name} was removed",
        "Callers that wait for this success never see it.",
    ),
    (
        "response-non-success-status-added",
        I,
        "status {name} was added",
        "There is an error more that callers may meet.",
    ),
    (
        "response-non-success-status-removed",
        I,
        "status {name} was removed",
        "There is an error less that callers have to handle.",
    ),
    (
        "response-media-type-added",
        I,
        "media type {name} was added",
        "Callers may ask for one media type more.",
    ),
    (
        "response-media-type-removed",
        B,
        "media type {name} was removed",
        "Callers that accept nothing else are answered 406, or with what they cannot read.",
    ),
    (
        "response-body-media-type-schema-added",
        I,
        "has a schema now",
        "The description says what the answer holds.",
    ),
    (
        "response-body-media-type-schema-removed",
        W,
        "has no schema now",
        "The description no longer says what the answer holds, so anything may come.",
    ),
    ("response-media-type-name-changed", I, "{before} is now written {after}", _RENAMED),
    (
        "response-media-type-name-generalized",
        B,
        "{before} became the wider {after}",
        "Answers under the wider name may be of kinds that callers cannot read.",
    ),
    ("response-media-type-name-specialized", I, "{before} became the closer {after}", _RENAMED),
    ("response-header-added", I, "was added", "Callers that do not know the header ignore it."),
    (
        "required-response-header-removed",
        B,
        "was removed, it was always there",
        "Callers that rely on the header miss it.",
    ),
    (
        "optional-response-header-removed",
        W,
        "was removed",
        "Callers that use the header where it stands never see it.",
    ),
)

ROWS = (*REQUESTS, *RESPONSES)


def _body(change: Change, _: Policy) -> Iterator[Named]:
    added = change.fact.action == "added"
    yield f"request-body-added-{need(change)}" if added else "request-body-removed", change.fact


def _status(change: Change, _: Policy) -> Iterator[Named]:
    fact = change.fact
    kind = "success" if fact.name.startswith("2") else "non-success"
    yield f"response-{kind}-status-{fact.action}", fact


def _header(change: Change, _: Policy) -> Iterator[Named]:
    added = change.fact.action == "added"
    made = "response-header-added" if added else f"{need(change)}-response-header-removed"
    yield made, change.fact


def _media_type(change: Change, _: Policy) -> Iterator[Named]:
    start = "request-body" if change.site.direction == "request" else "response"
    yield f"{start}-{change.fact.subject}-{change.fact.action}", change.fact


def _media_type_schema(change: Change, _: Policy) -> Iterator[Named]:
    yield f"{change.site.direction}-body-media-type-schema-{change.fact.action}", change.fact


NAMERS: Mapping[str, Namer] = {
    "body": _body,
    "status": _status,
    "header": _header,
    "media-type": _media_type,
    "media-type-name": _media_type,
    "media-type-schema": _media_type_schema,
}
"""Which rule a fact about a body, a status, a header or a media type falls under."""

"""Rules about everything that is no schema, as data: operations, parameters, answers, security.

Each line is an id, a level, the message and a sentence of documentation. Which fact leads to which
id is said by `naming`.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.diff.change import Direction
from generator.diff.rules.rule import Level, Rule

_B, _W, _I = Level.BREAKING, Level.WARNING, Level.INFO
_Row = tuple[str, Level, str, str]

_GONE = "Calls to it are answered with an error."
_MORE = "Nothing changes for those who do not use it."
_PROPERTY = "Answers hold a property less, or one more."

_OPERATIONS: tuple[_Row, ...] = (
    ("endpoint-added", _I, "was added", _MORE),
    ("api-removed-without-deprecation", _B, "was removed without deprecation", _GONE),
    ("api-removed-with-deprecation", _I, "was removed after deprecation", _GONE),
    ("api-removed-before-sunset", _B, "was removed before its sunset {name}", _GONE),
    ("api-path-removed-without-deprecation", _B, "was removed with its path, undeprecated", _GONE),
    ("api-path-removed-with-deprecation", _I, "was removed with its path, deprecated", _GONE),
    ("api-path-removed-before-sunset", _B, "was removed with its path, before {name}", _GONE),
    ("api-path-sunset-parse", _B, "was removed; its sunset {name} is no date", _GONE),
    ("api-operation-id-added", _I, "has the operationId {after}", "Generated names may change."),
    ("api-operation-id-removed", _I, "operationId {before} is gone", "Generated names change."),
    ("api-tag-added", _I, "tag {name} was added", "Tags group operations in clients."),
    ("api-tag-removed", _I, "tag {name} was removed", "Tags group operations in clients."),
    (
        "api-path-trailing-slash-changed",
        _W,
        "path {before} is now {after}",
        "Servers that are strict answer 404 at one of both.",
    ),
)

_DOCUMENT: tuple[_Row, ...] = (
    (
        "api-server-path-changed",
        _B,
        "path of the servers changed from {before} to {after}",
        "Whoever has the old base URL calls what may be gone.",
    ),
    ("api-version-not-bumped", _I, "version is still {before}", "Changes came without a version."),
    ("api-version-decreased", _I, "version went from {before} to {after}", "Versions grow."),
    (
        "api-major-version-not-bumped",
        _I,
        "version went from {before} to {after} with breaking changes",
        "A breaking change asks for a new major version.",
    ),
    ("api-schema-removed", _I, "schema {name} was removed", "Other descriptions may refer to it."),
    ("api-schema-added", _I, "schema {name} was added", "Other descriptions may refer to it."),
    ("webhook-added", _I, "webhook {name} was added", "Receivers may be called anew."),
    ("webhook-removed", _B, "webhook {name} was removed", "Receivers are no longer called."),
)

_SECURITY: tuple[_Row, ...] = tuple(
    (f"api-{scope}{what}-{action}", _I, f"{words} {{name}} was {action}", "Who may call changes.")
    for scope, what, words in (
        ("", "security", "security alternative"),
        ("", "security-scope", "scope"),
        ("global-", "security", "security alternative of the whole API"),
        ("global-", "security-scope", "scope of the whole API"),
        ("", "security-component", "security scheme"),
        ("", "security-component-oauth-scope", "OAuth scope"),
    )
    for action in ("added", "removed")
) + tuple(
    (f"api-security-component-{what}-changed", _I, says, "How credentials are had changes.")
    for what, says in (
        ("type", "security scheme {name} changed from {before} to {after}"),
        ("oauth-scope", "OAuth scope {name} is described anew"),
        ("oauth-url", "authorization URL of {name} changed from {before} to {after}"),
        ("oauth-token-url", "token URL of {name} changed from {before} to {after}"),
    )
)

_REQUESTS: tuple[_Row, ...] = (
    ("new-request-path-parameter", _B, "{name} was added to the path", "The path changed."),
    ("new-required-request-parameter", _B, "{name} was added, required", "Calls lack it."),
    ("new-optional-request-parameter", _I, "{name} was added, optional", _MORE),
    ("request-parameter-removed", _W, "{name} was removed", "Strict servers refuse it."),
    ("request-parameter-removed-with-deprecation", _I, "{name} was removed, deprecated", _GONE),
    ("request-parameter-removed-before-sunset", _B, "{name} was removed before sunset", _GONE),
    (
        "request-path-parameter-renamed",
        _I,
        "path parameter {before} is now called {after}",
        "Names in paths are no part of a call; generated clients may show them.",
    ),
    (
        "request-parameter-style-changed",
        _B,
        "is written in style {after}, no longer {before}",
        "The same value is written otherwise.",
    ),
    ("request-body-added-required", _B, "was added, required", "Calls without it are refused."),
    ("request-body-added-optional", _I, "was added, optional", _MORE),
    ("request-body-removed", _B, "was removed", "What was sent means nothing now."),
    ("request-body-media-type-added", _I, "media type {name} was added", _MORE),
    ("request-body-media-type-removed", _B, "media type {name} was removed", "Status 415."),
    ("request-body-media-type-schema-added", _B, "has a schema now", "Bodies may be refused."),
    ("request-body-media-type-schema-removed", _I, "has no schema now", "Any body is accepted."),
    ("new-required-request-property", _B, "required property {name} was added", "Calls lack it."),
    (
        "new-required-request-property-with-default",
        _B,
        "required property {name} with a default was added",
        "Servers that check before they fill in refuse calls without it.",
    ),
    ("new-optional-request-property", _I, "optional property {name} was added", _MORE),
    ("request-property-removed", _W, "property {name} was removed", "Strict servers refuse it."),
    (
        "new-required-request-header-property",
        _B,
        "required property {name} was added",
        "Calls lack it.",
    ),
    ("request-header-property-became-enum", _B, "values are listed now: {after}", "Others fail."),
    ("new-required-request-parameter-property", _B, "required property {name} added", "Lacking."),
    ("new-optional-request-parameter-property", _I, "optional property {name} added", _MORE),
    ("request-parameter-property-removed", _W, "property {name} was removed", "May be refused."),
)

_RESPONSES: tuple[_Row, ...] = (
    ("response-success-status-added", _I, "status {name} was added", "Callers may not know it."),
    ("response-success-status-removed", _B, "status {name} was removed", "Callers wait for it."),
    ("response-non-success-status-added", _I, "status {name} was added", "A new error."),
    ("response-non-success-status-removed", _I, "status {name} was removed", "An error less."),
    ("response-media-type-added", _I, "media type {name} was added", _MORE),
    ("response-media-type-removed", _B, "media type {name} was removed", "Status 406."),
    ("response-body-media-type-schema-added", _I, "has a schema now", "Answers are told."),
    ("response-body-media-type-schema-removed", _W, "has no schema now", "Anything may come."),
    ("response-header-added", _I, "was added", _MORE),
    ("required-response-header-removed", _B, "was removed, it was always there", "It is missed."),
    ("optional-response-header-removed", _W, "was removed", "It may be missed."),
    ("response-header-property-added", _I, "property {name} was added", _PROPERTY),
    ("response-header-property-removed", _W, "property {name} was removed", _PROPERTY),
    ("response-required-property-added", _I, "property {name} is always there now", _PROPERTY),
    ("response-required-property-removed", _B, "property {name} was removed", _PROPERTY),
    ("response-optional-property-added", _I, "property {name} was added", _PROPERTY),
    ("response-optional-property-removed", _W, "property {name} was removed", _PROPERTY),
    *(
        (
            f"response-{need}-write-only-property-{action}",
            _I,
            f"write-only property {{name}} was {action}",
            "It never stands in an answer.",
        )
        for need in ("required", "optional")
        for action in ("added", "removed")
    ),
)


def _required_rules() -> Iterator[_Row]:
    """Whether something must be there: what a request must hold more, an answer must hold less."""
    for place in ("body", "parameter", "property", "parameter-property"):
        yield (f"request-{place}-became-required", _B, "{name} became required", "Calls lack it.")
        yield (f"request-{place}-became-optional", _I, "{name} became optional", "It may lack.")
    yield (
        "request-property-became-required-with-default",
        _B,
        "{name} became required, with a default",
        "Servers that check before they fill in refuse calls without it.",
    )
    yield (
        "request-header-property-became-required",
        _B,
        "{name} became required",
        "Calls lack it.",
    )
    for place in ("header", "property", "header-property"):
        yield (f"response-{place}-became-required", _I, "{name} is always there now", "More.")
        yield (
            f"response-{place}-became-optional",
            _B,
            "{name} may be missing now",
            "It is missed.",
        )
    for place in ("request-read-only-property", "response-write-only-property"):
        for word in ("required", "optional"):
            yield (f"{place}-became-{word}", _I, f"{{name}} became {word}", "It does not travel.")


def _flag_rules() -> Iterator[_Row]:
    for direction in ("request", "response"):
        for need in ("required", "optional"):
            for word in ("read-only", "write-only"):
                for action, says in (("became", "is"), ("became-not", "is no longer")):
                    made = f"{direction}-{need}-property-{action}-{word}"
                    lost = made == "response-required-property-became-not-write-only"
                    yield (
                        made,
                        _W if lost else _I,
                        f"{{name}} {says} {word}",
                        "In which direction the property travels changed.",
                    )


def _life_rules() -> Iterator[_Row]:
    """Deprecation, sunset and stability of operations, parameters and properties."""
    late = "The date leaves callers less time than was promised."
    for prefix, sunset in (
        ("api", "api-sunset"),
        ("request-parameter", "request-parameter-sunset"),
        ("request-property", "request-property-sunset"),
        ("response-property", "response-property-sunset"),
    ):
        start = "endpoint" if prefix == "api" else prefix
        yield (f"{start}-deprecated", _I, "was deprecated", "It will go.")
        if prefix != "request-parameter":
            yield (f"{start}-deprecated-with-sunset", _I, "goes on {after}", "It will go.")
        yield (f"{start}-reactivated", _I, "is no longer deprecated", "It stays.")
        yield (f"{prefix}-deprecated-sunset-missing", _B, "was deprecated without a date", late)
        yield (f"{sunset}-date-too-small", _B, "goes too soon, on {after}", late)
        yield (f"{sunset}-date-changed-too-small", _B, "goes sooner, on {after}", late)
        yield (f"{prefix}-stability-decreased", _B, "is {after}, was {before}", "Less is promised.")
        yield (f"{prefix}-stability-increased", _I, "is {after}, was {before}", "More is promised.")
    unread = "The date cannot be read."
    for made in (
        "api-deprecated-sunset-parse",
        "request-parameter-sunset-parse",
        "request-property-deprecated-sunset-invalid",
        "response-property-deprecated-sunset-invalid",
    ):
        yield (made, _B, "sunset {after} is no date", unread)
    for made in (
        "sunset-deleted",
        "request-parameter-sunset-deleted",
        "request-property-sunset-deleted",
        "response-property-sunset-deleted",
    ):
        yield (made, _B, "no longer says when it goes, it was {before}", late)
    yield (
        "api-invalid-stability-level",
        _B,
        "stability {name} is none of draft, alpha, beta, stable",
        "The level cannot be read.",
    )


_BEHAVIOURS: tuple[tuple[str, Level, Level, Level, str], ...] = (
    ("filter", _I, _W, _W, "Which items a parameter keeps differs, though its schema does not."),
    ("envelope", _I, _W, _W, "How the parameter wraps an answer differs."),
    ("representation", _I, _I, _I, "How an answer is written differs, not what it says."),
    ("confirm", _B, _I, _B, "The value without which a call is refused differs."),
    ("resource", _I, _W, _W, "What the operation does to which resource differs."),
    ("pagination", _W, _B, _W, "How a list is cut into pages differs."),
    ("guards", _W, _I, _W, "The operation is refused in other states than before."),
    ("faults", _I, _W, _W, "A fault of the caller is answered otherwise."),
    ("access", _W, _I, _W, "The roles that a caller needs differ."),
    ("visibility", _W, _W, _W, "Which items a list shows to whom differs."),
    ("error", _W, _W, _W, "How errors are written, or what a fault is answered with, differs."),
    ("version", _W, _W, _W, "How a caller chooses the version differs."),
    ("examples", _I, _I, _I, "What a mock holds and who calls it before the first call differs."),
    ("wording", _I, _I, _I, "The text of an error differs."),
    ("auth", _I, _W, _W, "Who may sign in, or what they then may see, differs."),
)


def _behaviour_rules() -> Iterator[_Row]:
    for word, added, removed, changed, doc in _BEHAVIOURS:
        yield (f"behaviour-{word}-added", added, f"{word} {{name}} is declared: {{after}}", doc)
        yield (f"behaviour-{word}-removed", removed, f"{word} {{name}} is not declared now", doc)
        says = f"{word} {{name}} changed from {{before}} to {{after}}"
        yield (f"behaviour-{word}-changed", changed, says, doc)


_CLIENT: tuple[_Row, ...] = (
    ("client-name-removed", _B, "{before} is gone", "Code that uses the name fails."),
    ("client-name-added", _I, "{after} is new", _MORE),
    ("client-name-changed", _B, "{before} is now {after}", "Code that uses the name fails."),
    (
        "client-signature-changed",
        _W,
        "{name} takes or gives something else",
        "Calls may no longer type-check.",
    ),
    (
        "client-signature-narrowed",
        _B,
        "{name} lost an argument or needs one more",
        "Calls fail with a TypeError.",
    ),
    ("client-signature-extended", _I, "{name} takes more than before", _MORE),
)


def _rule(row: _Row) -> Rule:
    made, level, says, doc = row
    return Rule(id=made, level=level, says=says, doc=doc, direction=_direction(made))


def _direction(made: str) -> Direction:
    words = made.split("-")
    if "request" in words:
        return "request"
    return "response" if "response" in words else ""


OTHERS = tuple(
    _rule(row)
    for rows in (
        _OPERATIONS,
        _DOCUMENT,
        _SECURITY,
        _REQUESTS,
        _RESPONSES,
        _required_rules(),
        _flag_rules(),
        _life_rules(),
        _behaviour_rules(),
        _CLIENT,
    )
    for row in rows
)
"""Every rule that is not about a facet of a schema."""

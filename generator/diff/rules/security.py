"""Rules about who may call: security requirements, their scopes, and the schemes behind them."""

from __future__ import annotations

from generator.diff.rules.rule import B, I, Row

_WHO = "Who may call, and with which credentials, is not what it was."
_HOW = "How credentials are had or sent is not what it was."

_PRESENT = (
    ("api-security", "security alternative {name}", _WHO),
    ("api-security-scope", "scope {name}", _WHO),
    ("api-global-security", "security alternative {name} of the whole API", _WHO),
    ("api-global-security-scope", "scope {name} of the whole API", _WHO),
    ("api-security-component", "security scheme {name}", _HOW),
    ("api-security-component-oauth-scope", "OAuth scope {name}", _HOW),
)
_CHANGED = (
    ("type", "security scheme {name} changed from {before} to {after}"),
    ("oauth-scope", "OAuth scope {name} is described anew"),
    ("oauth-url", "authorization URL of {name} changed from {before} to {after}"),
    ("oauth-token-url", "token URL of {name} changed from {before} to {after}"),
)

ROWS: tuple[Row, ...] = (
    *(
        (f"{what}-{action}", I, f"{words} was {action}", doc)
        for what, words, doc in _PRESENT
        for action in ("added", "removed")
    ),
    (
        "api-credentials-refused",
        B,
        "{name} is no longer enough",
        "Callers that have these credentials, and no others, are answered 401 or 403.",
    ),
    *((f"api-security-component-{what}-changed", I, says, _HOW) for what, says in _CHANGED),
)

"""Where schemas stand, as ids of rules call it, and the id of a rule about a facet there."""

from __future__ import annotations

from collections.abc import Mapping

from generator.diff.change import Change

PLACES: Mapping[str, str] = {
    "request-body": "request",
    "request-property": "request",
    "request-parameter": "request",
    "request-parameter-property": "request",
    "request-read-only-property": "request",
    "response-body": "response",
    "response-property": "response",
    "response-header": "response",
    "response-header-property": "response",
    "response-write-only-property": "response",
}
"""Where schemas stand, with the direction that they travel in."""

UNSENT = frozenset(("request-read-only-property", "response-write-only-property"))
"""Places whose values do not travel: nothing there breaks anybody."""

_RENAMED = {
    "response-body-enum-value-removed": "response-mediatype-enum-value-removed",
}
"""Rules whose id does not follow the pattern, by the id that the pattern makes."""


def place(change: Change) -> str:
    """The place of a schema."""
    site = change.site
    if site.element == "body":
        return f"{site.direction}-property" if site.trail else f"{site.direction}-body"
    kind = "request-parameter" if site.element == "parameter" else "response-header"
    return f"{kind}-property" if site.trail else kind


def hidden_place(where: str, traits: frozenset[str]) -> str:
    """The place's name where what stands there does not travel in this direction, else empty."""
    if where == "request-property" and "read-only" in traits:
        return "request-read-only-property"
    if where == "response-property" and "write-only" in traits:
        return "response-write-only-property"
    return ""


def facet_id(where: str, subject: str, action: str) -> str:
    """The id of the rule about a facet at a place."""
    if subject == "enum":
        made = f"{where}-became-enum" if action == "became" else f"{where}-enum-dropped"
    elif subject == "null":
        made = f"{where}-{action}"
    else:
        made = "-".join(part for part in (where, subject, action) if part)
    return _RENAMED.get(made, made)

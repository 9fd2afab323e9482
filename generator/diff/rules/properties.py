"""Rules about properties: whether they are there, required, and in which direction they travel.

What a request must hold more breaks its callers, what an answer must hold less does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.diff.change import Change
from generator.diff.rules.family import Named, Namer, need
from generator.diff.rules.places import hidden_place
from generator.diff.rules.policy import Policy
from generator.diff.rules.rule import B, I, Row, W

_LACKING = "Calls as they were lack it, and are refused."
_FILLED = "A server that checks before it fills in defaults refuses calls without it."
_OPTIONAL = "It may be left out; calls that send it mean what they meant."
_STRICT = "Callers that go on sending it are ignored, or refused by a strict server."
_KNOWN = "Callers that do not know it ignore it."
_MISSED = "Callers that read it without looking miss it."
_SURE = "Callers that look whether it is there always find it."
_UNSENT = "It does not travel in this direction, so no message changes."


def _come_and_gone() -> Iterator[Row]:
    new = "property {name} was added"
    yield "new-required-request-property", B, f"required {new}", _LACKING
    yield (
        "new-required-request-property-with-default",
        B,
        "required property {name} with a default was added",
        _FILLED,
    )
    yield "new-optional-request-property", I, f"optional {new}", _OPTIONAL
    yield "request-property-removed", W, "property {name} was removed", _STRICT
    yield "new-required-request-header-property", B, f"required {new}", _LACKING
    yield "new-required-request-parameter-property", B, f"required {new}", _LACKING
    yield "new-optional-request-parameter-property", I, f"optional {new}", _OPTIONAL
    yield "request-parameter-property-removed", W, "property {name} was removed", _STRICT
    yield "response-header-property-added", I, new, _KNOWN
    yield "response-header-property-removed", W, "property {name} was removed", _MISSED
    yield (
        "response-required-property-added",
        I,
        "property {name} was added and is always there",
        _KNOWN,
    )
    yield "response-required-property-removed", B, "property {name} was removed", _MISSED
    yield "response-optional-property-added", I, new, _KNOWN
    yield "response-optional-property-removed", W, "property {name} was removed", _MISSED
    for word in ("required", "optional"):
        for action in ("added", "removed"):
            made = f"response-{word}-write-only-property-{action}"
            yield made, I, f"write-only property {{name}} was {action}", _UNSENT


def _required_rules() -> Iterator[Row]:
    for place in ("body", "parameter", "property", "parameter-property"):
        yield f"request-{place}-became-required", B, "{name} became required", _LACKING
        yield f"request-{place}-became-optional", I, "{name} became optional", _OPTIONAL
    yield (
        "request-property-became-required-with-default",
        B,
        "{name} became required, with a default",
        _FILLED,
    )
    yield "request-header-property-became-required", B, "{name} became required", _LACKING
    for place in ("header", "property", "header-property"):
        yield f"response-{place}-became-required", I, "{name} is always there now", _SURE
        yield f"response-{place}-became-optional", B, "{name} may be missing now", _MISSED
    for place in ("request-read-only-property", "response-write-only-property"):
        for word in ("required", "optional"):
            yield f"{place}-became-{word}", I, f"{{name}} became {word}", _UNSENT


def _flag_rules() -> Iterator[Row]:
    for direction in ("request", "response"):
        for word in ("required", "optional"):
            for flag in ("read-only", "write-only"):
                for action, says in (("became", "is"), ("became-not", "is no longer")):
                    made = f"{direction}-{word}-property-{action}-{flag}"
                    lost = made == "response-required-property-became-not-write-only"
                    doc = "In which direction the property travels changed."
                    yield made, W if lost else I, f"{{name}} {says} {flag}", doc


ROWS: tuple[Row, ...] = (*_come_and_gone(), *_required_rules(), *_flag_rules())


def _property(change: Change, _: Policy) -> Iterator[Named]:
    fact, site = change.fact, change.site
    required = "required" in fact.traits and "read-only" not in fact.traits
    if site.element == "parameter":
        yield _parameter_property(change, required), fact
    elif site.element == "header":
        yield f"response-header-property-{fact.action}", fact
    elif site.direction == "response":
        middle = "-write-only" if "write-only" in fact.traits else ""
        yield f"response-{need(change)}{middle}-property-{fact.action}", fact
    elif fact.action == "removed":
        yield "request-property-removed", fact
    elif not required:
        yield "new-optional-request-property", fact
    else:
        ending = "-with-default" if "default" in fact.traits else ""
        yield f"new-required-request-property{ending}", fact


def _parameter_property(change: Change, required: bool) -> str:
    if change.fact.action == "removed":
        return "request-parameter-property-removed"
    if not required:
        return "new-optional-request-parameter-property"
    in_header = change.site.location == "header"
    return f"new-required-request-{'header' if in_header else 'parameter'}-property"


def _required(change: Change, _: Policy) -> Iterator[Named]:
    fact, site = change.fact, change.site
    if not fact.name:
        yield f"{_element(change)}-{fact.action}", fact
    elif site.element == "parameter":
        in_header = site.location == "header" and fact.action == "became-required"
        middle = "header" if in_header else "parameter"
        yield f"request-{middle}-property-{fact.action}", fact
    elif site.element == "header":
        yield f"response-header-property-{fact.action}", fact
    else:
        yield _required_property(change), fact


def _required_property(change: Change) -> str:
    fact, direction = change.fact, change.site.direction
    usual = f"{direction}-property"
    hidden = hidden_place(usual, fact.traits)
    if hidden:
        return f"{hidden}-{fact.action}"
    known = direction == "request" and fact.action == "became-required" and "default" in fact.traits
    return f"{usual}-{fact.action}{'-with-default' if known else ''}"


def _element(change: Change) -> str:
    site = change.site
    return "response-header" if site.element == "header" else f"request-{site.element}"


def _flag(change: Change, _: Policy) -> Iterator[Named]:
    fact = change.fact
    if change.site.element == "body":
        yield f"{change.site.direction}-{need(change)}-property-{fact.action}-{fact.subject}", fact


NAMERS: Mapping[str, Namer] = {
    "property": _property,
    "required": _required,
    "read-only": _flag,
    "write-only": _flag,
}
"""Which rule a fact about a property falls under."""

"""Which rule a change falls under: one short function for each kind of subject.

In comes a change, out go ids of the catalogue, each with the fact as the message shall tell it. A
change that no rule is about gives none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from generator.diff.change import Change, Effect
from generator.diff.rules.catalogue import RULES, facet_id
from generator.diff.rules.lifecycle import (
    Named,
    life_rules,
    removed_operation,
    removed_parameter,
)
from generator.diff.rules.policy import Policy

Namer = Callable[[Change, Policy], Iterator[Named]]


def named(change: Change, policy: Policy) -> Iterator[Named]:
    """The rules that a change falls under."""
    namer = _NAMERS.get(change.fact.subject)
    yield from namer(change, policy) if namer else _other(change)


def _other(change: Change) -> Iterator[Named]:
    fact = change.fact
    if fact.pair is not None:
        yield from _facet(change, fact.subject, fact.action)
    else:
        made = f"api-{fact.subject}-{fact.action}"
        yield (made if made in RULES else f"{fact.subject}-{fact.action}"), fact


def place(change: Change) -> str:
    """The place of a schema as ids call it."""
    site = change.site
    if site.element == "body":
        return f"{site.direction}-property" if site.trail else f"{site.direction}-body"
    kind = "request-parameter" if site.element == "parameter" else "response-header"
    return f"{kind}-property" if site.trail else kind


def _facet(change: Change, subject: str, action: str) -> Iterator[Named]:
    where = place(change)
    made = facet_id(where, subject, action)
    hidden = _unsent(where, change.fact.traits)
    if hidden and _matters(made, change):
        made = facet_id(hidden, subject, action)
    yield made, change.fact


def _unsent(where: str, traits: frozenset[str]) -> str:
    """The place's name where what stands there does not travel in this direction."""
    if where == "request-property" and "read-only" in traits:
        return "request-read-only-property"
    if where == "response-property" and "write-only" in traits:
        return "response-write-only-property"
    return ""


def _matters(made: str, change: Change) -> bool:
    """Whether the rule would weigh on callers if the value travelled."""
    breaks = Effect.NARROWS if change.site.direction == "request" else Effect.WIDENS
    rule = RULES.get(made)
    return rule is not None and rule.effect in (breaks, Effect.CHANGES)


def _type(change: Change, _: Policy) -> Iterator[Named]:
    yield from _facet(change, "type", _type_action(change))


def _type_action(change: Change) -> str:
    fact, site = change.fact, change.site
    where = place(change)
    if _text_media(site.media_type) and site.element == "body":
        told = fact.before if site.direction == "response" else fact.after
        if told == "string":
            return "compatible"
    if site.element == "parameter":
        return _parameter_type(change, where)
    if where == "response-header" and fact.before == "string" and fact.action == "changed":
        # A header is text; what is written as a number was a text before, and still is.
        return "compatible"
    if site.direction == "request":
        return "generalized" if fact.action == "generalized" else "changed"
    by_format = fact.action == "generalized" and "format-only" in fact.traits
    return "changed" if by_format else fact.action


def _parameter_type(change: Change, where: str) -> str:
    fact = change.fact
    if where == "request-parameter-property":
        text = "from-text" in fact.traits and "format-only" not in fact.traits
        return "specialized" if text else fact.action
    if "to-text" in fact.traits and fact.after == "string" and not change.site.media_type:
        return "generalized"
    return "changed" if fact.action == "specialized" else fact.action


def _text_media(media_type: str) -> bool:
    return bool(media_type) and "json" not in media_type.lower()


def _enum(change: Change, _: Policy) -> Iterator[Named]:
    in_header = change.site.location == "header" and change.fact.action == "became"
    if in_header and change.site.trail:
        yield "request-header-property-became-enum", change.fact
    else:
        yield from _facet(change, "enum", change.fact.action)


def _null(change: Change, _: Policy) -> Iterator[Named]:
    yield from _facet(change, "null", change.fact.action)


def _property(change: Change, _: Policy) -> Iterator[Named]:
    fact, site = change.fact, change.site
    required = "required" in fact.traits and "read-only" not in fact.traits
    if site.element == "parameter":
        yield _parameter_property(change, required), fact
    elif site.element == "header":
        yield f"response-header-property-{fact.action}", fact
    elif site.direction == "response":
        need = "required" if "required" in fact.traits else "optional"
        middle = "-write-only" if "write-only" in fact.traits else ""
        yield f"response-{need}{middle}-property-{fact.action}", fact
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
    hidden = _unsent(usual, fact.traits)
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
        need = "required" if "required" in fact.traits else "optional"
        yield f"{change.site.direction}-{need}-property-{fact.action}-{fact.subject}", fact


def _operation(change: Change, policy: Policy) -> Iterator[Named]:
    if change.fact.action == "removed":
        yield from removed_operation(change, policy)
    else:
        yield "endpoint-added", change.fact


def _operation_id(change: Change, _: Policy) -> Iterator[Named]:
    yield f"api-operation-id-{'added' if change.fact.action == 'added' else 'removed'}", change.fact


def _parameter(change: Change, policy: Policy) -> Iterator[Named]:
    fact = change.fact
    if fact.action == "removed":
        yield from removed_parameter(change, policy)
    elif "path" in fact.traits:
        yield "new-request-path-parameter", fact
    else:
        need = "required" if "required" in fact.traits else "optional"
        yield f"new-{need}-request-parameter", fact


def _body(change: Change, _: Policy) -> Iterator[Named]:
    need = "required" if "required" in change.fact.traits else "optional"
    added = change.fact.action == "added"
    yield f"request-body-added-{need}" if added else "request-body-removed", change.fact


def _status(change: Change, _: Policy) -> Iterator[Named]:
    fact = change.fact
    kind = "success" if fact.name.startswith("2") else "non-success"
    yield f"response-{kind}-status-{fact.action}", fact


def _header(change: Change, _: Policy) -> Iterator[Named]:
    fact = change.fact
    need = "required" if "required" in fact.traits else "optional"
    added = fact.action == "added"
    yield "response-header-added" if added else f"{need}-response-header-removed", fact


def _media_type(change: Change, _: Policy) -> Iterator[Named]:
    start = "request-body" if change.site.direction == "request" else "response"
    yield f"{start}-media-type-{change.fact.action}", change.fact


def _media_type_schema(change: Change, _: Policy) -> Iterator[Named]:
    yield f"{change.site.direction}-body-media-type-schema-{change.fact.action}", change.fact


def _fixed(made: str) -> Namer:
    def namer(change: Change, _: Policy) -> Iterator[Named]:
        yield made, change.fact

    return namer


def _version(change: Change, _: Policy) -> Iterator[Named]:
    before, after = version_key(change.fact.before), version_key(change.fact.after)
    if before and after and after < before:
        yield "api-version-decreased", change.fact


def version_key(text: object) -> tuple[int, ...]:
    """The numbers of a version by which it is ordered; none where it does not start with one."""
    parts = str(text).lstrip("v").replace("-", ".").split(".")
    numbers: list[int] = []
    for part in parts:
        if not (part.isascii() and part.isdigit()):
            break
        numbers.append(int(part))
    return tuple(numbers)


_NAMERS: Mapping[str, Namer] = {
    "type": _type,
    "enum": _enum,
    "null": _null,
    "property": _property,
    "required": _required,
    "read-only": _flag,
    "write-only": _flag,
    "deprecation": life_rules,
    "sunset": life_rules,
    "stability": life_rules,
    "operation": _operation,
    "operation-id": _operation_id,
    "parameter": _parameter,
    "name": _fixed("request-path-parameter-renamed"),
    "style": _fixed("request-parameter-style-changed"),
    "path-slash": _fixed("api-path-trailing-slash-changed"),
    "server-path": _fixed("api-server-path-changed"),
    "body": _body,
    "status": _status,
    "header": _header,
    "media-type": _media_type,
    "media-type-schema": _media_type_schema,
    "component-schema": lambda change, _: iter([(f"api-schema-{change.fact.action}", change.fact)]),
    "document-version": _version,
}

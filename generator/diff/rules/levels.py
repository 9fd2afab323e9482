"""Levels that do not follow from direction and effect, with the reason for each group."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from types import MappingProxyType

from generator.diff.rules.rule import Level

_BOUNDS = ("max", "min", "exclusive-max", "exclusive-min", "max-length", "min-length", "min-items")
_BOUNDS_OF_NONE = ("max-items", "max-properties", "min-properties")


def _levels() -> dict[str, Level]:
    found: dict[str, Level] = {}
    requests = ("request-body", "request-property", "request-parameter")
    # A bound where none was mostly writes down what the server held to before.
    for place, bound in product((*requests, "request-parameter-property"), _BOUNDS):
        found[f"{place}-{bound}-set"] = Level.WARNING
    for place, bound in product(requests, _BOUNDS_OF_NONE):
        found[f"{place}-{bound}-set"] = Level.WARNING
    # Two patterns may well admit the same texts; nobody can tell from how they are written.
    for place in (*requests, "request-parameter-property"):
        found[f"{place}-pattern-changed"] = Level.WARNING
    # Callers read what they are given; the pattern of an answer is rarely what they lean on.
    for place, action in product(_answers(), ("changed", "removed", "generalized")):
        found[f"{place}-pattern-{action}"] = Level.INFO
    # A default of a parameter is what callers get who do not send it.
    for action in ("added", "changed", "removed"):
        found[f"request-parameter-default-value-{action}"] = Level.BREAKING
    # A part less asks for less, but whoever removed it may have moved what it asked for.
    for place in ("request-body", "request-property"):
        found[f"{place}-all-of-removed"] = Level.WARNING
    # Alternatives of an anyOf may overlap, so one more need not mean a new kind of answer.
    for place, change in product(_answers(), ("all-of-removed", "any-of-added")):
        found[f"{place}-{change}"] = Level.INFO
    # Readers are told to expect values that they do not know.
    for place, change in product(
        _answers(), ("enum-value-added", "enum-dropped", "x-extensible-enum-value-added")
    ):
        found[f"{place}-{change}"] = Level.WARNING
    # Text of a parameter may be read as several types.
    found["request-parameter-property-type-changed"] = Level.WARNING
    return found


def _answers() -> tuple[str, ...]:
    return ("response-body", "response-property", "response-header", "response-header-property")


LEVELS: Mapping[str, Level] = MappingProxyType(_levels())
"""Levels by the id of the rule."""

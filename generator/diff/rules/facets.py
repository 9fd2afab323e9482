"""Rules about schemas, as data: what each action on a keyword does to the values it admits.

A facet stands once; the catalogue spreads it over all places where schemas stand (bodies,
properties, parameters, headers) and both directions, so a rule for requests cannot lack its
counterpart for answers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from generator.diff.change import Effect

_N, _W, _C, _0 = Effect.NARROWS, Effect.WIDENS, Effect.CHANGES, Effect.NONE

_UPPER = {"set": _N, "unset": _W, "increased": _W, "decreased": _N}
_LOWER = {"set": _N, "unset": _W, "increased": _N, "decreased": _W}
_PRESENT = {"added": _N, "removed": _W}
_VALUED = {**_PRESENT, "changed": _C}
_BRANCH = {"added": _W, "removed": _N}


@dataclass(frozen=True, slots=True)
class Facet:
    """A subject of facts about schemas, the words for it, and what each action does."""

    subject: str
    words: str
    actions: Mapping[str, Effect]

    def told(self, action: str) -> str:
        """What an action on this facet is called in a message."""
        valued = _WITH_VALUE if "changed" in self.actions else dict[str, str]()
        return valued.get(action, ACTIONS[action])


FACETS = (
    Facet("max", "maximum", _UPPER),
    Facet("min", "minimum", _LOWER),
    Facet("exclusive-max", "exclusive maximum", _UPPER),
    Facet("exclusive-min", "exclusive minimum", _LOWER),
    Facet("max-length", "maximum length", _UPPER),
    Facet("min-length", "minimum length", _LOWER),
    Facet("max-items", "maximum number of items", _UPPER),
    Facet("min-items", "minimum number of items", _LOWER),
    Facet("max-properties", "maximum number of properties", _UPPER),
    Facet("min-properties", "minimum number of properties", _LOWER),
    Facet("max-contains", "maximum number of items of the kind it must contain", _UPPER),
    Facet("min-contains", "minimum number of items of the kind it must contain", _LOWER),
    Facet("multiple-of", "step", _VALUED),
    Facet("unique-items", "uniqueness of items", _PRESENT),
    Facet("pattern", "pattern", {**_VALUED, "generalized": _W}),
    Facet("const", "constant", _VALUED),
    Facet("enum", "list of values", {"became": _N, "dropped": _W}),
    Facet("enum-value", "listed value {name}", _BRANCH),
    Facet("x-extensible-enum-value", "known value {name}", _BRANCH),
    Facet("type", "type", {"changed": _C, "generalized": _W, "specialized": _N, "compatible": _0}),
    Facet("list-of-types", "list of types", {"widened": _W, "narrowed": _N}),
    Facet("null", "null", {"became-nullable": _W, "became-not-nullable": _N}),
    Facet("null-branch", "null beside a changed schema", _BRANCH),
    Facet("never", "schema that admits nothing", _PRESENT),
    Facet("default-value", "default", {"added": _0, "removed": _0, "changed": _0}),
    Facet("content-media-type", "media type of the content", _VALUED),
    Facet("content-encoding", "encoding of the content", _VALUED),
    Facet("content-schema", "schema of the content", _PRESENT),
    Facet("dependent-required", "fields that {name} requires", _VALUED),
    Facet("dependent-schema", "schema that {name} brings with it", _PRESENT),
    Facet("pattern-property", "schema for names like {name}", _PRESENT),
    Facet("property-names", "schema of names", _PRESENT),
    Facet("prefix-items", "schema of item {name}", _BRANCH),
    Facet("items", "schema of items", _PRESENT),
    Facet("additional-properties", "schema of further properties", _PRESENT),
    Facet("unevaluated-items", "schema of items not named", _PRESENT),
    Facet("unevaluated-properties", "schema of properties not named", _PRESENT),
    Facet("contains", "kind of item it must contain", _PRESENT),
    Facet("not", "schema that values may not fit", _PRESENT),
    Facet("if", "condition", _PRESENT),
    Facet("then", "schema where the condition holds", _PRESENT),
    Facet("else", "schema where the condition does not hold", _PRESENT),
    Facet(
        "all-of",
        "part {name} of allOf",
        {**_PRESENT, "added-annotation-only": _0, "removed-annotation-only": _0},
    ),
    Facet("any-of", "alternative {name} of anyOf", _BRANCH),
    Facet("one-of", "alternative {name} of oneOf", _BRANCH),
    Facet("wrapped-in-one-of", "schema was wrapped in a oneOf", {"": _C}),
    Facet("unwrapped-from-one-of", "schema was taken out of a oneOf", {"": _C}),
    Facet(
        "discriminator",
        "discriminator",
        {
            "added": _0,
            "removed": _0,
            "property-name-changed": _0,
            "mapping-added": _0,
            "mapping-deleted": _0,
            "mapping-changed": _0,
        },
    ),
)
"""Every facet of a schema."""

EFFECTS: Mapping[tuple[str, str], Effect] = {
    (facet.subject, action): effect for facet in FACETS for action, effect in facet.actions.items()
}
"""What an action does to the values that are admitted, by subject and action."""

ACTIONS = {
    "": "",
    "set": "was set to {after}",
    "unset": "was taken away, it was {before}",
    "increased": "was increased from {before} to {after}",
    "decreased": "was decreased from {before} to {after}",
    "added": "was added",
    "removed": "was removed",
    "changed": "was changed from {before} to {after}",
    "generalized": "was widened from {before} to {after}",
    "specialized": "was narrowed from {before} to {after}",
    "compatible": "was changed from {before} to {after}, which is written alike",
    "widened": "was widened from {before} to {after}",
    "narrowed": "was narrowed from {before} to {after}",
    "became": "was introduced: {after}",
    "dropped": "was dropped, it was {before}",
    "became-nullable": "became possible",
    "became-not-nullable": "is no longer possible",
    "added-annotation-only": "was added, it says nothing of values",
    "removed-annotation-only": "was removed, it said nothing of values",
    "property-name-changed": "names {after}, not {before}",
    "mapping-added": "maps {name} too",
    "mapping-deleted": "no longer maps {name}",
    "mapping-changed": "maps {name} to another schema",
}
"""What an action is called in a message."""

_WITH_VALUE = {"added": "was added: {after}", "removed": "was removed, it was {before}"}

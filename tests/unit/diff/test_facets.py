"""Every facet of a schema, by every action, at every place, in both directions."""

from __future__ import annotations

from typing import Any

import pytest

from generator.api import Api
from generator.diff import RULES, Level
from generator.diff.rules.facets import FACETS
from generator.diff.rules.places import PLACES, UNSENT, facet_id
from tests.unit.diff.pairs import everywhere, ids, verdicts

Pair = tuple[Any, Any]
COMPONENTS = {
    "Cat": {"type": "object", "properties": {"name": {"type": "string"}}},
    "Dog": {"type": "object", "properties": {"bark": {"type": "integer"}}},
    "Owl": {"type": "object", "properties": {"wing": {"type": "number"}}},
}
CAT, DOG, OWL = ({"$ref": f"#/components/schemas/{name}"} for name in COMPONENTS)
TEXT = {"type": "string"}
NUMBER = {"type": "number"}
LIST = {"type": "array"}
OBJECT = {"type": "object"}


def bound(keyword: str, kind: dict[str, Any]) -> dict[str, Pair]:
    low, high = {**kind, keyword: 3}, {**kind, keyword: 5}
    return {
        "set": (kind, low),
        "unset": (low, kind),
        "increased": (low, high),
        "decreased": (high, low),
    }


def valued(keyword: str, kind: dict[str, Any], one: object, other: object) -> dict[str, Pair]:
    before, after = {**kind, keyword: one}, {**kind, keyword: other}
    return {"added": (kind, before), "removed": (before, kind), "changed": (before, after)}


def present(keyword: str, kind: dict[str, Any], value: object) -> dict[str, Pair]:
    there = {**kind, keyword: value}
    return {"added": (kind, there), "removed": (there, kind)}


def branches(keyword: str) -> dict[str, Pair]:
    few, many = {keyword: [CAT, DOG]}, {keyword: [CAT, DOG, OWL]}
    return {"added": (few, many), "removed": (many, few)}


def tagged(name: str, mapping: dict[str, str]) -> dict[str, Any]:
    targets = {value: f"#/components/schemas/{target}" for value, target in mapping.items()}
    return {"oneOf": [CAT, DOG], "discriminator": {"propertyName": name, "mapping": targets}}


CONTAINS = {**LIST, "contains": TEXT}
NOTE = {"description": "only words"}
WRAPPABLE = {"type": "object", "properties": {"a": TEXT}}
PAIRS: dict[str, dict[str, Pair]] = {
    "max": bound("maximum", NUMBER),
    "min": bound("minimum", NUMBER),
    "exclusive-max": bound("exclusiveMaximum", NUMBER),
    "exclusive-min": bound("exclusiveMinimum", NUMBER),
    "max-length": bound("maxLength", TEXT),
    "min-length": bound("minLength", TEXT),
    "max-items": bound("maxItems", LIST),
    "min-items": bound("minItems", LIST),
    "max-properties": bound("maxProperties", OBJECT),
    "min-properties": bound("minProperties", OBJECT),
    "max-contains": bound("maxContains", CONTAINS),
    "min-contains": bound("minContains", CONTAINS),
    "multiple-of": valued("multipleOf", NUMBER, 3, 5),
    "unique-items": present("uniqueItems", LIST, True),
    "pattern": {
        **valued("pattern", TEXT, "^a", "^b"),
        "generalized": ({**TEXT, "pattern": "^a"}, {**TEXT, "pattern": ".*"}),
    },
    "const": valued("const", TEXT, "a", "b"),
    "enum": {
        "became": (TEXT, {**TEXT, "enum": ["a"]}),
        "dropped": ({**TEXT, "enum": ["a"]}, TEXT),
    },
    "enum-value": {
        "added": ({**TEXT, "enum": ["a"]}, {**TEXT, "enum": ["a", "b"]}),
        "removed": ({**TEXT, "enum": ["a", "b"]}, {**TEXT, "enum": ["a"]}),
    },
    "x-extensible-enum-value": {
        "added": ({**TEXT, "x-extensible-enum": ["a"]}, {**TEXT, "x-extensible-enum": ["a", "b"]}),
        "removed": (
            {**TEXT, "x-extensible-enum": ["a", "b"]},
            {**TEXT, "x-extensible-enum": ["a"]},
        ),
    },
    "type": {
        "changed": ({"type": "boolean"}, {"type": "integer"}),
        "generalized": ({"type": "integer"}, NUMBER),
        "specialized": (NUMBER, {"type": "integer"}),
    },
    "list-of-types": {
        "widened": (TEXT, {"anyOf": [TEXT, {"type": "integer"}]}),
        "narrowed": ({"anyOf": [TEXT, {"type": "integer"}]}, TEXT),
    },
    "null": {
        "became-nullable": (TEXT, {"type": ["string", "null"]}),
        "became-not-nullable": ({"type": ["string", "null"]}, TEXT),
    },
    "null-branch": {
        "added": (
            {**TEXT, "maxLength": 3},
            {"anyOf": [{**TEXT, "maxLength": 5}, {"type": "null"}]},
        ),
        "removed": (
            {"anyOf": [{**TEXT, "maxLength": 5}, {"type": "null"}]},
            {**TEXT, "maxLength": 3},
        ),
    },
    "never": {"added": ({}, False), "removed": (False, {})},
    "default-value": valued("default", TEXT, "a", "b"),
    "content-media-type": valued("contentMediaType", TEXT, "text/html", "text/csv"),
    "content-encoding": valued("contentEncoding", TEXT, "base64", "base32"),
    "content-schema": present("contentSchema", TEXT, OBJECT),
    "dependent-required": {
        "added": (OBJECT, {**OBJECT, "dependentRequired": {"a": ["b"]}}),
        "removed": ({**OBJECT, "dependentRequired": {"a": ["b"]}}, OBJECT),
        "changed": (
            {**OBJECT, "dependentRequired": {"a": ["b"]}},
            {**OBJECT, "dependentRequired": {"a": ["c"]}},
        ),
    },
    "dependent-schema": present("dependentSchemas", OBJECT, {"a": {"required": ["b"]}}),
    "pattern-property": present("patternProperties", OBJECT, {"^x": TEXT}),
    "property-names": present("propertyNames", OBJECT, {"maxLength": 3}),
    "prefix-items": {
        "added": ({**LIST, "prefixItems": [TEXT]}, {**LIST, "prefixItems": [TEXT, NUMBER]}),
        "removed": ({**LIST, "prefixItems": [TEXT, NUMBER]}, {**LIST, "prefixItems": [TEXT]}),
    },
    "items": present("items", LIST, TEXT),
    "additional-properties": present("additionalProperties", OBJECT, False),
    "unevaluated-items": present("unevaluatedItems", LIST, False),
    "unevaluated-properties": present("unevaluatedProperties", OBJECT, False),
    "contains": present("contains", LIST, TEXT),
    "not": present("not", OBJECT, {"required": ["a"]}),
    "if": present("if", OBJECT, {"required": ["a"]}),
    "then": present("then", {**OBJECT, "if": {"required": ["a"]}}, {"required": ["b"]}),
    "else": present("else", {**OBJECT, "if": {"required": ["a"]}}, {"required": ["b"]}),
    "all-of": {
        **branches("allOf"),
        "added-annotation-only": ({"allOf": [CAT, DOG]}, {"allOf": [CAT, DOG, NOTE]}),
        "removed-annotation-only": ({"allOf": [CAT, DOG, NOTE]}, {"allOf": [CAT, DOG]}),
    },
    "any-of": branches("anyOf"),
    "one-of": branches("oneOf"),
    "wrapped-in-one-of": {"": (WRAPPABLE, {"oneOf": [WRAPPABLE, DOG]})},
    "unwrapped-from-one-of": {"": ({"oneOf": [WRAPPABLE, DOG]}, WRAPPABLE)},
    "discriminator": {
        "added": ({"oneOf": [CAT, DOG]}, tagged("kind", {})),
        "removed": (tagged("kind", {}), {"oneOf": [CAT, DOG]}),
        "property-name-changed": (tagged("kind", {}), tagged("sort", {})),
        "mapping-added": (tagged("kind", {"c": "Cat"}), tagged("kind", {"c": "Cat", "d": "Dog"})),
        "mapping-deleted": (tagged("kind", {"c": "Cat", "d": "Dog"}), tagged("kind", {"c": "Cat"})),
        "mapping-changed": (tagged("kind", {"c": "Cat"}), tagged("kind", {"c": "Dog"})),
    },
}
CASES = [
    (facet.subject, action)
    for facet in FACETS
    for action in facet.actions
    if action != "compatible"
]
# A request that lost a type, and one whose type is another, are the same to its callers.
SAME_AS_CHANGED = {
    facet_id(place, "type", "specialized")
    for place in ("request-body", "request-property", "request-parameter")
} | {"request-read-only-property-type-specialized"}


def expected(subject: str, action: str) -> set[str]:
    """The ids that a change of a facet has where values travel."""
    made = {facet_id(place, subject, action) for place in PLACES if place not in UNSENT}
    return {
        each.replace("specialized", "changed") if each in SAME_AS_CHANGED else each for each in made
    }


@pytest.mark.parametrize(("subject", "action"), CASES)
def test_a_facet_is_told_at_every_place(subject: str, action: str) -> None:
    old, new = PAIRS[subject][action]
    found = ids(everywhere(old, COMPONENTS), everywhere(new, COMPONENTS))
    assert expected(subject, action) <= found
    assert found <= RULES.keys()


@pytest.mark.parametrize(("subject", "action"), CASES)
def test_nothing_is_told_where_nothing_changed(subject: str, action: str) -> None:
    for schema in PAIRS[subject][action]:
        assert ids(everywhere(schema, COMPONENTS), everywhere(schema, COMPONENTS)) == set()


SWAPPED = {
    "set": "unset",
    "increased": "decreased",
    "added": "removed",
    "changed": "changed",
    "became": "dropped",
    "widened": "narrowed",
    "became-nullable": "became-not-nullable",
    "added-annotation-only": "removed-annotation-only",
    "property-name-changed": "property-name-changed",
    "mapping-added": "mapping-deleted",
    "mapping-changed": "mapping-changed",
}


@pytest.mark.parametrize(("subject", "action"), [each for each in CASES if each[1] in SWAPPED])
def test_the_other_way_round_the_opposite_is_told(subject: str, action: str) -> None:
    old, new = PAIRS[subject][action]
    back = ids(everywhere(new, COMPONENTS), everywhere(old, COMPONENTS))
    assert expected(subject, SWAPPED[action]) <= back


def test_what_does_not_travel_breaks_nobody() -> None:
    old, new = PAIRS["max-length"]["decreased"]
    both = everywhere(old), everywhere(new)
    assert "request-read-only-property-max-length-decreased" in ids(*both)
    back = verdicts(both[1], both[0])
    hidden = [v for v in back if v.rule.id == "response-write-only-property-max-length-increased"]
    assert [each.level for each in hidden] == [Level.INFO]


def test_text_that_is_not_json_is_written_alike() -> None:
    def api(kind: str) -> Api:
        return everywhere({"type": kind})

    assert "response-header-type-compatible" in ids(api("string"), api("integer"))

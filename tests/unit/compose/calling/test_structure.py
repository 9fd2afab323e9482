"""What a client must notice in an answer, and what it must outlive."""

from __future__ import annotations

import pytest

from generator.compose.calling.distorted import distorted
from generator.compose.calling.instances import Instances
from generator.compose.calling.plain import difference
from generator.compose.calling.structure import Structure
from tests.described import api_of, component

BODY = """\
    paths: {}
    components:
      schemas:
        Thing:
          type: object
          required: [id, kind, unlisted]
          additionalProperties: false
          properties:
            id: {type: string, maxLength: 3, pattern: "^a"}
            kind: {const: thing}
            note: {type: [string, "null"]}
            colour: {type: string, enum: [red, blue]}
            size: {type: integer, maximum: 9}
            parts: {type: array, maxItems: 2, items: {$ref: "#/components/schemas/Thing"}}
            either: {oneOf: [{type: string}, {type: integer, minimum: 5}]}
            held: {type: [object, "null"], allOf: [{$ref: "#/components/schemas/Thing"}]}
            unlisted: true
    """
FINE = {"id": "a", "kind": "thing", "unlisted": 1}


@pytest.mark.parametrize(
    ("more", "path"),
    [
        ({"id": 1}, ("id",)),
        ({"id": None}, ("id",)),
        ({"size": "1"}, ("size",)),
        ({"size": 1.5}, ("size",)),
        ({"parts": [{**FINE, "id": []}]}, ("parts", 0, "id")),
        ({"parts": [{"kind": "thing"}]}, ("parts", 0)),
        ({"either": True}, ("either",)),
        ({"colour": 1}, ("colour",)),
    ],
)
def test_types_null_and_missing_fields_are_noticed(
    more: dict[str, object], path: tuple[str | int, ...]
) -> None:
    structure = Structure(api_of(BODY), "response", frozenset())
    assert structure.fault(component("Thing"), {**FINE, **more}) == path


@pytest.mark.parametrize(
    "more",
    [
        {"id": "too long"},
        {"note": None},
        {"held": None},
        {"colour": "green"},
        {"size": 10},
        {"size": 1.0},
        {"parts": [FINE, FINE, FINE]},
        {"either": 1},
        {"kind": "another"},
        {"new": True},
    ],
)
def test_limits_listed_values_and_new_fields_are_outlived(more: dict[str, object]) -> None:
    structure = Structure(api_of(BODY), "response", frozenset())
    assert structure.fault(component("Thing"), {**FINE, **more}) is None


def test_what_the_client_reads_as_plain_json_has_no_structure() -> None:
    opened = frozenset((component("Thing").at("properties", "size"),))
    structure = Structure(api_of(BODY), "response", opened)
    assert structure.fault(component("Thing"), {**FINE, "size": "1"}) is None


def test_changes_are_proven_and_say_what_must_come_of_them() -> None:
    api, place = api_of(BODY), component("Thing")
    conform = Instances(api, "response").conform
    structure = Structure(api, "response", frozenset())
    value = {**FINE, "note": "b", "size": 3}
    found = {each.what: each for each in distorted(conform, structure, place, value)}
    assert found["$.id: null in its place"].least == 1
    assert found["$.id: left out"].path == ()
    assert found["$.size: another number"].least is None
    assert found["$.note: null in its place"].least is None
    assert found["$: a field that is unknown"].least is None
    for each in found.values():
        assert difference(value, each.value), each.what
        if each.least is not None:
            assert not conform.valid(place, each.value, "response"), each.what


TAGGED = """\
    paths: {}
    components:
      schemas:
        Pet:
          type: object
          required: [kind]
          discriminator: {propertyName: kind}
          properties: {kind: {type: string}, legs: {type: integer}}
        Cat:
          allOf: [{$ref: "#/components/schemas/Pet"}]
          properties: {lives: {type: integer}}
        Loose: {properties: {a: {type: string}}}
    """


def test_a_variant_of_the_next_release_may_look_as_it_likes() -> None:
    structure = Structure(api_of(TAGGED), "response", frozenset())
    assert structure.fault(component("Pet"), {"kind": "Dog", "legs": "many"}) is None
    assert structure.fault(component("Pet"), {"kind": "Pet", "legs": "many"}) is not None


def test_what_has_properties_is_meant_as_an_object() -> None:
    api = api_of(TAGGED)
    structure = Structure(api, "response", frozenset())
    found = distorted(Instances(api, "response").conform, structure, component("Loose"), {"a": "b"})
    assert not any(each.what == "$: a text in its place" for each in found)


ODD = """\
    paths: {}
    components:
      schemas:
        One: {type: string, enum: [one]}
        Base: {type: object, properties: {kind: {type: string}, code: {type: string}}}
        Thing:
          required: [kind, kind, one]
          allOf:
            - {$ref: "#/components/schemas/Base"}
            - type: object
              properties:
                kind: {type: string, enum: [thing]}
                one: {$ref: "#/components/schemas/One"}
                code: {type: [string, "null"]}
                rank: {type: string, enum: [high, null]}
                marks: {type: object, additionalProperties: {type: boolean}}
    """


@pytest.mark.parametrize("value", [{}, {"kind": 1}, {"code": None}, {"rank": None}])
def test_what_another_part_says_is_what_counts(value: dict[str, object]) -> None:
    structure = Structure(api_of(ODD), "response", frozenset())
    assert structure.fault(component("Thing"), value) is None


def test_one_more_of_a_map_is_of_its_type() -> None:
    api = api_of(ODD)
    structure, conform = Structure(api, "response", frozenset()), Instances(api, "response").conform
    value = {"kind": "thing", "one": "one", "marks": {"a": True}}
    found = list(distorted(conform, structure, component("Thing"), value))
    outlived = {each.what: each.value for each in found if each.least is None}
    made = outlived["$.marks: a field that is unknown"]
    assert isinstance(made, dict)
    assert list(made["marks"].values()) == [True, True]

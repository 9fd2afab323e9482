"""Values against schemas, in both directions, with places in the description."""

from __future__ import annotations

from generator.api import Api, Conform, Direction
from tests.described import api_of, component

API = """
paths: {}
components:
  schemas:
    Thing:
      type: object
      required: [id, name, secret]
      additionalProperties: false
      properties:
        id: {type: string, readOnly: true}
        name: {type: string, maxLength: 3, pattern: '^\\p{L}+$'}
        secret: {type: string, writeOnly: true}
        next: {$ref: "#/components/schemas/Thing"}
"""
THING = component("Thing")


def api() -> Api:
    return api_of(API)


def kinds(value: object, direction: Direction) -> list[tuple[str, str, str]]:
    found = Conform(api()).errors(THING, value, direction)
    return sorted((each.kind, each.instance, each.name) for each in found)


def test_a_request_needs_no_read_only_field_and_may_not_carry_one() -> None:
    assert kinds({"name": "é", "secret": "s"}, "request") == []
    assert kinds({"id": "1", "name": "é", "secret": "s"}, "request") == [("readOnly", "/id", "id")]


INHERITED = """
paths: {}
components:
  schemas:
    Base: {type: object, properties: {id: {type: string, readOnly: true}}}
    Thing:
      allOf: [{$ref: "#/components/schemas/Base"}, {required: [id], properties: {name: {type: string}}}]
      required: [id, name]
"""


def test_a_read_only_field_may_be_required_beside_where_it_is_declared() -> None:
    conform = Conform(api_of(INHERITED))
    assert conform.valid(THING, {"name": "a"}, "request")
    assert not conform.valid(THING, {"name": "a", "id": "1"}, "request")
    assert not conform.valid(THING, {"name": "a"}, "response")
    assert not conform.valid(THING, {}, "request")


def test_what_an_heir_declares_anew_may_be_sent() -> None:
    conform = Conform(api_of(f"{INHERITED}      properties: {{id: {{enum: [thing]}}}}\n"))
    assert conform.valid(THING, {"name": "a", "id": "thing"}, "request")
    assert not conform.valid(THING, {"name": "a", "id": "other"}, "request")
    base = component("Base")
    assert not conform.valid(base, {"id": "thing"}, "request")


def test_a_response_needs_no_write_only_field() -> None:
    assert kinds({"id": "1", "name": "a"}, "response") == []
    assert kinds({"name": "a"}, "response") == [("required", "", "id")]


def test_a_pattern_is_read_as_ecma_262_does() -> None:
    assert kinds({"name": "1", "secret": ""}, "request") == [("pattern", "/name", "")]


def test_what_is_broken_has_its_place_in_value_and_description() -> None:
    value = {"name": "a", "secret": "", "next": {"name": "abcd", "secret": ""}}
    (violation,) = Conform(api()).errors(THING, value, "request")
    assert violation.instance == "/next/name"
    assert violation.where == THING.at("properties", "name", "maxLength")


def test_an_unknown_field_is_named() -> None:
    assert kinds({"name": "a", "secret": "", "more": 1}, "request") == [
        ("additionalProperties", "", "more")
    ]


def test_the_value_itself_is_not_repeated_in_messages() -> None:
    found = Conform(api()).errors(THING, {"name": "hunter2", "secret": ""}, "request")
    assert found
    assert not any("hunter2" in violation.message for violation in found)


def test_of_alternatives_the_one_of_the_value_s_type_is_spoken_of() -> None:
    alternatives = api_of("""
        paths: {}
        components:
          schemas:
            One: {type: string, maxLength: 2}
            Either: {anyOf: [{$ref: "#/components/schemas/One"}, {type: "null"}]}
            Two: {oneOf: [{required: [a]}, {required: [b]}]}
        """)

    def broken(name: str, value: object) -> list[tuple[str, str]]:
        found = Conform(alternatives).errors(component(name), value, "request")
        return [(each.kind, each.where.pointer) for each in found]

    assert broken("Either", "abc") == [("maxLength", "/components/schemas/One/maxLength")]
    assert broken("Either", 1) == [("anyOf", "/components/schemas/Either/anyOf")]
    assert broken("Two", {}) == [("oneOf", "/components/schemas/Two/oneOf")]

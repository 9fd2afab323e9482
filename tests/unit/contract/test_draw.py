"""Drawn values: valid, unique, and without reading patterns."""

from __future__ import annotations

import pytest

from generator.api import Api
from generator.contract.drawing.draw import Draw, fresh_mark
from tests.described import api_of, component


def of(schema: str) -> tuple[Api, Draw]:
    """An API with a component schema, and draws for it."""
    api = api_of(f"paths: {{}}\ncomponents: {{schemas: {{It: {schema}}}}}")
    return api, Draw(api, "ab12cd", 1)


SCHEMAS = [
    "{type: string}",
    r"{type: string, pattern: '^[\p{L}\p{N}\-_.]{1,64}$'}",
    "{type: string, pattern: '^[a-f0-9]{24}$'}",
    "{type: string, format: email}",
    "{type: string, format: date-time}",
    "{type: string, format: uuid}",
    "{type: string, pattern: '^[A-Z]{3}-[0-9]{2}$'}",
    "{type: string, enum: [a, b]}",
    "{type: integer, minimum: 7, maximum: 9}",
    "{type: number, minimum: 0.5}",
    "{type: boolean}",
    "{type: 'null'}",
    "{type: array, minItems: 1, items: {type: string, enum: [x]}}",
    "{type: object, required: [a], properties: {a: {type: object, required: [b],"
    " properties: {b: {type: integer}}}}}",
    "{allOf: [{type: object, required: [a], properties: {a: {type: string}}}]}",
    "{oneOf: [{type: integer}, {type: string}]}",
    "{oneOf: [{type: object, required: [n], properties: {n: {type: string}, k: {enum: [a]}}},"
    " {type: object, required: [n], properties: {n: {type: string}, k: {enum: [b]}}}]}",
    "{type: array, minItems: 3, items: {type: string}}",
    "{type: integer, exclusiveMinimum: 7}",
    "{type: number, multipleOf: 0.5, exclusiveMaximum: 0}",
    "{type: object, required: [a], properties: {b: {type: string}}}",
    "{type: object, required: [a], additionalProperties: {type: integer, minimum: 4}}",
]


@pytest.mark.parametrize("schema", SCHEMAS)
def test_a_value_is_valid(schema: str) -> None:
    _, draw = of(schema)
    value = draw.value(component("It"))
    assert draw.valid(component("It"), value), value


def test_texts_are_unique() -> None:
    _, draw = of("{type: string, pattern: '^[a-z0-9-]+$'}")
    texts = [draw.fresh(component("It")) for _ in range(20)]
    assert len(set(texts)) == 20
    assert all("ab12cd" in text for text in texts)


def test_a_text_like_another_keeps_its_form() -> None:
    _, draw = of("{type: string, format: email}")
    text = draw.fresh(component("It"), "ada@example.com")
    assert text.startswith("ada-")
    assert text.endswith("@example.com")


def test_read_only_fields_are_not_drawn() -> None:
    _, draw = of(
        "{type: object, required: [id, n], properties:"
        " {id: {type: string, readOnly: true}, n: {type: integer}}}"
    )
    assert draw.value(component("It")) == {"n": 1}


@pytest.mark.parametrize(
    ("schema", "current"),
    [
        ("{type: boolean}", True),
        ("{type: string, enum: [a, b]}", "a"),
        ("{type: integer, maximum: 5}", 5),
        ("{type: [string, 'null'], format: email}", "a@example.com"),
        ("{type: array, items: {type: string, enum: [a, b]}}", ["a"]),
        ("{anyOf: [{type: string, minLength: 9}, {type: 'null'}]}", "x" * 9),
        ("{oneOf: [{type: 'null'}, {type: integer, minimum: 3}]}", None),
    ],
)
def test_a_changed_value_is_valid_and_another(schema: str, current: object) -> None:
    _, draw = of(schema)
    changed = next(draw.changed(component("It"), current))
    assert changed != current
    assert draw.valid(component("It"), changed)


def test_nothing_changes_a_constant() -> None:
    _, draw = of("{const: 1}")
    assert list(draw.changed(component("It"), 1)) == []


def test_bodies_begin_with_examples_and_end_with_the_least() -> None:
    api = api_of("""
        paths:
          /a:
            post:
              requestBody:
                content:
                  application/json:
                    schema:
                      type: object
                      required: [a]
                      properties: {a: {type: integer}, b: {type: integer}}
                    examples: {one: {value: {a: 5, b: 6}}}
              responses: {"200": {description: ok}}
        """)
    body = api.operations[0].body
    assert body is not None
    bodies = list(Draw(api, "x", 0).bodies(body.content[0]))
    assert bodies == [{"a": 5, "b": 6}, {"a": 1}, {"a": 1, "b": 1}]


def test_a_mark_stands_in_no_identifier_and_has_another_case() -> None:
    marks = {fresh_mark() for _ in range(200)}
    assert len(marks) == 200
    assert all(each.isalpha() and set(each).isdisjoint("0123456789abcdef") for each in marks)

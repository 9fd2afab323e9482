"""Samples fit their schemas, or there is none."""

from __future__ import annotations

from random import Random

import pytest

from generator.api.conform import Conform
from generator.diagnostics import Where
from generator.mock.samples import FORMATS, Samples, generator
from generator.mock.values import ABSENT
from tests.described import api_of, component


def samples(schema: str) -> Samples:
    api = api_of(f"paths: {{}}\ncomponents: {{schemas: {{Thing: {schema}}}}}\n")
    return Samples(api, Conform(api))


SCHEMAS = [
    "{type: string, minLength: 3, maxLength: 4}",
    '{type: string, pattern: "^[a-z]+-[0-9]{3}$", minLength: 20}',
    '{type: string, format: email, pattern: "@example[.]com$"}',
    "{type: integer, exclusiveMinimum: 3, maximum: 5}",
    "{type: integer, minimum: 7, maximum: 20, multipleOf: 10}",
    "{type: number, minimum: 0.25, maximum: 0.75}",
    "{type: array, items: {type: integer}, minItems: 3, uniqueItems: true}",
    "{type: array, items: {enum: [a, b, c]}, minItems: 3, uniqueItems: true}",
    "{type: object, required: [a, b], properties: {a: {const: 1}, b: {type: [string, 'null']}}}",
    "{type: object, minProperties: 1}",
    "{allOf: [{type: object, required: [a], properties: {a: {type: boolean}}},"
    " {type: object, required: [b], properties: {b: {type: integer}}}]}",
    "{oneOf: [{type: integer}, {type: string, maxLength: 2}]}",
    "{type: object, required: [kind], properties: {kind: {type: string}},"
    " oneOf: [{properties: {kind: {const: x}}}, {properties: {kind: {const: y}}}]}",
    "{type: 'null'}",
    "{}",
    *(f"{{type: string, format: {name}}}" for name in FORMATS),
]


@pytest.mark.parametrize("schema", SCHEMAS)
def test_a_sample_fits(schema: str) -> None:
    made = samples(schema)
    for seed in range(5):
        for value in (
            made.shown(component("Thing"), Random(seed)),
            made.opaque(component("Thing"), Random(seed)),
        ):
            assert value is not ABSENT
            assert made.fits(component("Thing"), value), value


@pytest.mark.parametrize(
    "schema",
    [
        "{type: string, minLength: 3, maxLength: 2}",
        "{type: object, required: [me], properties: {me: {$ref: '#/components/schemas/Thing'}}}",
        "{not: {}}",
    ],
)
def test_without_a_fitting_value_there_is_none(schema: str) -> None:
    assert samples(schema).shown(component("Thing"), Random(0)) is ABSENT


def test_what_the_description_shows_comes_first_unless_it_must_differ() -> None:
    made = samples("{type: string, examples: [bad example, shown], pattern: '^[a-z]+$'}")
    assert made.shown(component("Thing"), Random(1)) == "shown"
    values = {made.opaque(component("Thing"), Random(seed)) for seed in range(5)}
    assert len(values) == 5


def test_write_only_members_are_left_out() -> None:
    made = samples(
        "{type: object, required: [a], properties: {a: {type: string, writeOnly: true}}}"
    )
    assert made.shown(component("Thing"), Random(0)) == {}


def test_a_generator_depends_on_its_labels_alone() -> None:
    assert generator(1, "a", 2).random() == generator(1, "a", 2).random()
    assert generator(1, "a", 2).random() != generator(1, "b", 2).random()
    assert generator(0).random() == 0.3616904771377427


def test_a_generator_does_not_depend_on_where_the_document_lies() -> None:
    here, there = (Where(file, "/paths/~1a") for file in ("/here/api.yaml", "/there/api.yaml"))
    assert generator(0, here).random() == generator(0, there).random()

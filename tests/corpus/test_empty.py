"""What nothing fits is told from what is only hard to find."""

from __future__ import annotations

import pytest

from tests.corpus.empty import Empty
from tests.described import api_of

TRUE = "{type: object, required: [ok], properties: {ok: {enum: [true]}}}"
FALSE = "{type: object, required: [ok], properties: {ok: {enum: [false]}}}"
MAYBE = "{type: object, properties: {ok: {enum: [false]}}}"
DEEP = "{type: object, required: [a], properties: {a: {allOf: [{type: string}, {type: array}]}}}"


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        (f"{{allOf: [{TRUE}, {FALSE}]}}", True),
        (f"{{allOf: [{TRUE}, {MAYBE}]}}", True),
        (f"{{allOf: [{MAYBE}, {{type: object}}]}}", False),
        (DEEP, True),
        ("{type: object, required: [a], properties: {a: false}}", True),
        (f"{{allOf: [{TRUE}], oneOf: [{FALSE}, {DEEP}]}}", True),
        (f"{{allOf: [{TRUE}], oneOf: [{FALSE}, {TRUE}]}}", False),
        ("{allOf: [{type: integer}, {type: number}]}", False),
        ("{type: string, enum: [1]}", True),
    ],
)
def test_what_nothing_fits(schema: str, expected: bool) -> None:
    api = api_of(f"paths: {{}}\ncomponents:\n  schemas:\n    A: {schema}\n")
    (place,) = (each for each in api.schemas if each.pointer == "/components/schemas/A")
    assert Empty(api, "response").of_all(place) is expected

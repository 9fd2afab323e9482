"""Texts of parameters: each is read as what its schema says."""

from __future__ import annotations

import pytest

from generator.api.texts import decoded, reader, typed
from tests.described import api_of


@pytest.mark.parametrize(
    ("text", "types", "read"),
    [
        ("12", {"integer"}, 12),
        ("012", {"integer"}, "012"),
        ("1.5", {"number"}, 1.5),
        ("3", {"number"}, 3),
        ("true", {"boolean"}, True),
        ("True", {"boolean"}, "True"),
        ("", {"null"}, None),
        ("null", {"string", "null"}, "null"),
        ("12", {"string"}, "12"),
    ],
)
def test_text_is_read_as_a_declared_type(text: str, types: set[str], read: object) -> None:
    found = typed(text, frozenset(types))
    assert (found, type(found)) == (read, type(read))


def test_percent_encoding_is_undone() -> None:
    assert decoded("a%20b+c") == "a b+c"
    assert decoded("a+b", plus=True) == "a b"
    assert decoded("%C3%9C") == "Ü"
    assert decoded("%E0%A4%A") is None


@pytest.mark.parametrize(
    ("schema", "texts", "read"),
    [
        ("{anyOf: [{type: array, items: {type: string}}, {type: 'null'}]}", ["1"], ["1"]),
        ("{anyOf: [{type: integer}, {type: 'null'}]}", ["null"], None),
        ("{type: array, items: {type: integer}}", ["1", "x"], [1, "x"]),
        ("{type: object, properties: {n: {type: integer}}}", ["n"], "n"),
    ],
)
def test_a_parameter_is_read_by_its_schema(schema: str, texts: list[str], read: object) -> None:
    api = api_of(f"""
        paths:
          /a:
            get:
              parameters: [{{name: p, in: query, schema: {schema}}}]
              responses: {{'200': {{description: Fine.}}}}
        """)
    assert reader(api, api.operations[0].parameters[0])(texts) == read

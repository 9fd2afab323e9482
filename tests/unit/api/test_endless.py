"""Schemas that hold themselves as part of the same value are named, and others that recur are not."""

from __future__ import annotations

import pytest

from tests.described import api_and_diagnostics

A, B = "{$ref: '#/components/schemas/A'}", "{$ref: '#/components/schemas/B'}"


def said(*schemas: str) -> list[str]:
    """Where something is said of schemas A, B, ..., and what."""
    rows = [f"    {name}: {schema}" for name, schema in zip("ABC", schemas, strict=False)]
    found = api_and_diagnostics("\n".join(["paths: {}", "components:", "  schemas:", *rows, ""]))
    return [" ".join(each.split()[:2]) for each in found[1]]


@pytest.mark.parametrize(
    "schemas",
    [
        (f"{{anyOf: [{A}]}}",),
        (f"{{oneOf: [{{type: string}}, {A}]}}",),
        (f"{{allOf: [{B}]}}", f"{{oneOf: [{{allOf: [{A}]}}]}}"),
        (f"{{not: {B}}}", f"{{anyOf: [{A}, {B}]}}"),
        (f"{{if: {A}}}",),
    ],
)
def test_a_circle_within_one_value_is_named_once(schemas: tuple[str, ...]) -> None:
    (only,) = said(*schemas)
    assert only.endswith("schema-endless")


@pytest.mark.parametrize(
    "schemas",
    [
        (f"{{properties: {{a: {A}}}}}",),
        (f"{{anyOf: [{{type: array, items: {A}}}, {{type: string}}]}}",),
        (f"{{additionalProperties: {{allOf: [{A}]}}}}",),
        (f"{{allOf: [{B}, {B}]}}", "{oneOf: [{type: string}]}"),
    ],
)
def test_what_leads_to_a_smaller_value_may_recur(schemas: tuple[str, ...]) -> None:
    assert said(*schemas) == []

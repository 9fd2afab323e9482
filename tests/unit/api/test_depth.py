"""Schemas that go on too long are refused where they do, and no others."""

from __future__ import annotations

import pytest

from generator.api.build.depth import MOST_LEVELS
from tests.described import api_and_diagnostics


def _chain(link: str, length: int) -> list[str]:
    rows = [
        f"    A{n}: {link.format(below=f'#/components/schemas/A{n + 1}')}" for n in range(length)
    ]
    body = "\n".join(["paths: {}", "components:", "  schemas:", *rows, f"    A{length}: {{}}", ""])
    return [each.split()[1] for each in api_and_diagnostics(body)[1]]


@pytest.mark.parametrize(
    "link",
    [
        "{{type: array, items: {{$ref: '{below}'}}}}",
        "{{type: object, additionalProperties: {{$ref: '{below}'}}}}",
        "{{allOf: [{{$ref: '{below}'}}]}}",
        "{{anyOf: [{{$ref: '{below}'}}, {{type: string}}]}}",
        "{{not: {{$ref: '{below}'}}}}",
    ],
)
def test_a_chain_is_too_deep_from_a_length_on(link: str) -> None:
    assert _chain(link, MOST_LEVELS - 1) == []
    assert _chain(link, MOST_LEVELS) == ["too-deep"]


def test_properties_start_anew() -> None:
    link = "{{type: object, properties: {{a: {{$ref: '{below}'}}}}}}"
    assert _chain(link, 3 * MOST_LEVELS) == []


def test_a_loop_has_no_depth() -> None:
    body = """\
    paths: {}
    components:
      schemas:
        A: {anyOf: [{$ref: '#/components/schemas/B'}, {type: string}]}
        B: {type: array, items: {$ref: '#/components/schemas/A'}}
    """
    assert api_and_diagnostics(body)[1] == []

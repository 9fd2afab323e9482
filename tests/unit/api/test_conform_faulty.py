"""A keyword that is no JSON Schema is left out; the others are still judged."""

from __future__ import annotations

from generator.api.conform import Conform
from tests.described import api_of, component

FAULTY = """\
paths: {}
components:
  schemas:
    Thing:
      type: object
      required: [a, a]
      properties:
        a: {type: string, pattern: "(?<x", minLength: 2}
        b: {type: integer, minimum: least}
"""


def test_what_is_sound_beside_a_faulty_keyword_still_counts() -> None:
    conform = Conform(api_of(FAULTY))
    found = conform.errors(component("Thing"), {"a": "1", "b": "x"}, "response")
    assert {each.kind for each in found} == {"minLength", "type"}
    assert conform.valid(component("Thing"), {"a": "12", "b": 0}, "response")

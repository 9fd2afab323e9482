"""Of several declarations of a property the one counts that makes narrower what the others have."""

from __future__ import annotations

import pytest

from generator.api import walk
from tests.described import api_of, component

HEAD = """
paths: {}
components:
  schemas:
    Base: {type: object, properties: {kind: {type: string}, owner: {type: object, properties: {}}}}
    Person: {type: object, properties: {name: {type: string}}}
    Thing: """
REF = "{$ref: '#/components/schemas/Base'}"
INLINE = "/components/schemas/Thing/allOf/1/properties/"


@pytest.mark.parametrize(
    ("schema", "name", "expected"),
    [
        (f"{{allOf: [{REF}, {{properties: {{kind: {{enum: [a]}}}}}}]}}", "kind", f"{INLINE}kind"),
        (
            f"{{allOf: [{REF}, {{properties: {{owner: {{$ref: '#/components/schemas/Person'}}}}}}]}}",
            "owner",
            "/components/schemas/Person",
        ),
        (
            f"{{allOf: [{REF}, {{properties: {{kind: {{description: k}}}}}}]}}",
            "kind",
            "/components/schemas/Base/properties/kind",
        ),
        (
            f"{{allOf: [{REF}, {{properties: {{owner: {{type: object}}}}}}]}}",
            "owner",
            "/components/schemas/Base/properties/owner",
        ),
        (
            f"{{properties: {{kind: {{}}}}, allOf: [{REF}, {{properties: {{kind: {{enum: [a]}}}}}}]}}",
            "kind",
            "/components/schemas/Thing/properties/kind",
        ),
    ],
)
def test_the_declaration_that_counts(schema: str, name: str, expected: str) -> None:
    api = api_of(f"{HEAD}{schema}\n")
    assert walk.properties(api, component("Thing"))[name].pointer == expected

"""Alternatives without names are called what tells them apart."""

from __future__ import annotations

import pytest

from tests.unit.plan.planned import planned

GITHUB = "{type: object, required: [type], properties: {type: {const: github}, repo: {}}}"
GITLAB = "{type: object, required: [type], properties: {type: {const: gitlab}, project: {}}}"
LATER = "{type: object, required: [type], properties: {type: {const: github}, later: {}}}"
BARE = "{type: object, properties: {bare: {}}}"
SORTS = "{type: string, enum: [up, down]}"


def _classes(source: str) -> list[str]:
    """The classes of a thing with a source, but its own."""
    package, _ = planned(f"""
        paths:
          /t:
            get:
              operationId: getThing
              responses:
                '200':
                  description: ok
                  content:
                    application/json:
                      schema: {{$ref: '#/components/schemas/Thing'}}
        components:
          schemas:
            Thing: {{type: object, properties: {{source: {source}}}}}
        """)
    models = package.models
    named = [each.name for each in (*models.structs, *models.enums)]
    return sorted(set(named) - {"Thing"})


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param(f"{{anyOf: [{SORTS}, {{type: 'null'}}]}}", ["ThingSource"], id="or null"),
        pytest.param(f"{{anyOf: [{{type: string}}, {SORTS}]}}", ["ThingSource"], id="or plain"),
        pytest.param(f"{{oneOf: [{{const: auto}}, {BARE}]}}", ["ThingSource"], id="or one value"),
        pytest.param(
            f"{{oneOf: [{GITHUB}, {GITLAB}]}}",
            ["ThingSourceGithub", "ThingSourceGitlab"],
            id="by a constant",
        ),
        pytest.param(
            f"{{oneOf: [{GITHUB}, {GITLAB}, {LATER}]}}",
            ["ThingSourceGithub", "ThingSourceGithub2", "ThingSourceGitlab"],
            id="by a constant that two have",
        ),
        pytest.param(
            f"{{oneOf: [{GITHUB}, {LATER}]}}",
            ["ThingSourceOption1", "ThingSourceOption2"],
            id="not by a constant that all have",
        ),
        pytest.param(
            f"{{oneOf: [{{title: Thing from afar, {BARE[1:]}, {GITLAB}]}}",
            ["ThingSourceFromAfar", "ThingSourceGitlab"],
            id="by a title, less what is said",
        ),
        pytest.param(
            f"{{oneOf: [{{title: What comes if nobody has ever asked for anything else, {BARE[1:]},"
            f" {GITLAB}]}}",
            ["ThingSourceGitlab", "ThingSourceOption1"],
            id="prose is no name",
        ),
    ],
)
def test_alternatives_are_called(source: str, expected: list[str]) -> None:
    found = [name for name in _classes(source) if not name.startswith("Unknown")]
    assert found == expected

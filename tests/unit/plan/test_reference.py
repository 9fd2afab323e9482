"""The reference of a method: example calls that fit its types, and rows of what it takes."""

from __future__ import annotations

import pytest

from generator.emit.layout import assigned
from generator.plan.views.methods import ReferenceView
from tests.unit.plan.planned import planned

PETS = """\
paths:
  /pets/{petId}:
    put:
      operationId: changePet
      tags: [Pets]
      parameters:
        - {name: petId, in: path, required: true, schema: {type: integer}, example: 7}
        - {name: kind, in: query, schema: {$ref: '#/components/schemas/Kind'}}
        - {name: dryRun, in: query, schema: {type: boolean, default: false}}
      requestBody:
        required: true
        content:
          application/json:
            schema: {$ref: '#/components/schemas/Pet'}
            EXAMPLES
      responses:
        "200": {description: It., content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}
        "404": {description: None.}
components:
  schemas:
    Kind: {type: string, enum: [cat, dog]}
    Pet:
      type: object
      required: [name, kind]
      properties:
        id: {type: integer, readOnly: true}
        name: {type: string, maxLength: 9, description: What it is called.}
        kind: {$ref: '#/components/schemas/Kind'}
        owner:
          anyOf: [{$ref: '#/components/schemas/Owner'}, {type: 'null'}]
        tags: {type: array, items: {type: string}, default: [new]}
    Owner:
      type: object
      required: [name]
      properties: {name: {type: string, examples: [Ada]}, phone: {type: string}}
"""


def reference(examples: str = "") -> ReferenceView:
    """The reference of the one method, with these examples of its body."""
    package, _ = planned(PETS.replace("EXAMPLES", examples))
    return package.resources[0].methods[0].reference


def shown(view: ReferenceView) -> list[str]:
    """The two calls as they are printed."""
    calls = (view.required, view.full)
    return [" ".join(assigned(call, view.result).split()) for call in calls if call is not None]


def test_a_body_is_given_by_its_fields_first_the_required_then_all() -> None:
    assert shown(reference()) == [
        'pet = client.pets.change_pet(7, name="name", body_kind=models.Kind.CAT)',
        'pet = client.pets.change_pet( 7, name="name", body_kind=models.Kind.CAT, '
        'owner=models.Owner(name="Ada"), tags=["new"], kind=models.Kind.CAT, dry_run=False, )',
    ]


def test_the_smallest_and_the_largest_example_of_the_description_are_taken() -> None:
    small, large = shown(
        reference(
            "examples: {a: {value: {name: Tom, kind: dog, tags: []}}, b: {value: {name: Kit, kind: cat}}}"
        )
    )
    assert 'name="Kit", body_kind=models.Kind.CAT' in small
    assert 'name="Tom", body_kind=models.Kind.DOG, tags=[]' in large


def test_an_example_that_fits_no_field_is_given_as_it_is() -> None:
    small, _ = shown(reference("example: {name: Tom, kind: dog, wings: 2}"))
    assert small.startswith("pet = client.pets.change_pet(")


def test_fields_of_a_body_are_rows_behind_it() -> None:
    rows = {each.name: each for each in reference().arguments}
    assert list(rows)[:3] == ["pet_id", "body", "name"]
    assert (rows["name"].location, rows["name"].required) == ("field of the body", True)
    assert (rows["name"].about.limits, rows["name"].about.text) == (
        "At most 9 characters.",
        "What it is called.",
    )
    assert (rows["dry_run"].about.default, rows["tags"].about.default) == ("false", '["new"]')


def test_answers_lead_to_their_models() -> None:
    view = reference()
    assert [
        (each.status, each.shown.text, each.shown.model, each.error) for each in view.answers
    ] == [
        ("200", "Pet", "pet", ""),
        ("404", "None", "", "NotFound"),
    ]
    assert (view.shown.model, view.sends, view.result) == ("pet", "application/json", "pet")


def test_what_only_the_server_writes_is_in_no_example() -> None:
    for call in shown(reference("example: {id: 1, name: Tom, kind: dog}")):
        assert "id=" not in call.replace("pet_id=", "")
        assert 'name="Tom"' in call


@pytest.mark.parametrize("value", ["null", "7", "true", "[1]", "text"])
def test_an_example_of_a_body_may_be_anything(value: str) -> None:
    """Also what no length can be asked of."""
    body = f"""
    paths:
      /a:
        post:
          operationId: a
          responses: {{'204': {{description: d}}}}
          requestBody:
            content: {{application/json: {{schema: {{}}, example: {value}}}}}
    """
    package, _ = planned(body)
    assert package.resources[0].methods[0].reference.required.positional

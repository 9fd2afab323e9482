"""What differs between the libraries that models are made of."""

from __future__ import annotations

import builtins

from pydantic import BaseModel

from generator.plan.back_end import BACK_ENDS
from tests.unit.plan.planned import planned

PETS = """\
paths:
  /pet:
    get:
      operationId: getPet
      responses:
        "200":
          description: A pet.
          content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}
    put:
      operationId: putPet
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}
      responses: {"204": {description: Done.}}
components:
  schemas:
    Pet:
      oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]
      discriminator: {propertyName: petKind, mapping: {cat: Cat, dog: Dog}}
    Cat: {type: object, required: [petKind], properties: {petKind: {type: string}, lives: {type: integer}}}
    Dog: {type: object, required: [petKind], properties: {petKind: {type: string}, friend: {$ref: '#/components/schemas/Pet'}}}
"""


def test_no_field_is_called_as_something_of_pydantics() -> None:
    own = {name for name in dir(BaseModel) if not name.startswith("_")}
    assert own <= BACK_ENDS["pydantic"].fields_taken


def test_operations_and_fields_are_the_same() -> None:
    one, other = (planned(PETS, library=library)[0] for library in BACK_ENDS)
    assert one.names == other.names
    assert one.signatures == other.signatures
    assert one.resources == other.resources
    fields = [[each.fields for each in package.models.structs] for package in (one, other)]
    assert fields[0] == fields[1]


def test_each_asks_for_its_own_library() -> None:
    msgspec, pydantic = (planned(PETS, library=library)[0] for library in BACK_ENDS)
    assert not any("pydantic" in each for each in msgspec.requirements)
    assert [each for each in pydantic.requirements if "pydantic" in each] == ["pydantic>=2.12,<3"]
    assert (msgspec.options["models"], pydantic.options["models"]) == ("msgspec", "pydantic")


def test_no_model_is_called_as_something_built_in() -> None:
    own = {name for name in dir(builtins) if name[:1].isupper()}
    assert own <= BACK_ENDS["pydantic"].classes_taken

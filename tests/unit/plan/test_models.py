"""Schemas become the types that people would write."""

from __future__ import annotations

import pytest

from generator.emit.layout import code
from generator.plan import Package
from generator.plan.code import Call
from generator.plan.types import words_of
from tests.unit.plan.planned import fields_of, planned, thing


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ("{type: string}", "str"),
        ("{type: integer}", "int"),
        ("{type: number}", "float"),
        ("{type: boolean}", "bool"),
        ("{type: string, format: date-time}", "str"),
        ("{type: array, items: {type: integer}}", "list[int]"),
        ("{type: array}", "list[Any]"),
        ("{type: object}", "dict[str, Any]"),
        ("{type: object, additionalProperties: {type: number}}", "dict[str, float]"),
        ("{}", "Any"),
        ("{const: true}", "bool = True"),
        ("{const: 1.5}", "float"),
        ("{type: object, unevaluatedProperties: {type: integer}}", "dict[str, int]"),
        ("{prefixItems: [{type: string}], unevaluatedItems: {type: integer}}", "list[str | int]"),
        ("{type: array, unevaluatedItems: {type: integer}}", "list[int]"),
        ("{type: 'null'}", "None"),
        ("{const: null}", "None"),
        ("{enum: [null]}", "None"),
        ("{type: array, items: {type: 'null'}}", "list[None]"),
        ("{anyOf: [{type: integer}, {const: null}]}", "int | None"),
        ("{type: [string, 'null']}", "str | None"),
        ("{anyOf: [{type: string}, {type: 'null'}]}", "str | None"),
        ("{type: [string, integer]}", "str | int"),
        ("{enum: [a, b]}", "ThingValue"),
        ("{enum: [1, 2]}", "ThingValue"),
        ("{enum: [a, b, null]}", "ThingValue | None"),
        ("{enum: [a, 1]}", "str | int"),
        ("{type: array, items: {enum: [a, b]}}", "list[ThingValueItem]"),
        ("{type: object, properties: {x: {type: string}}}", "ThingValue"),
        ("{$ref: '#/components/schemas/Thing'}", "Thing"),
        ("{allOf: [{$ref: '#/components/schemas/Thing'}], description: X}", "Thing"),
        ("{anyOf: [{type: string}, {enum: [a, b]}]}", "str"),
        ("{oneOf: [{type: string}, {type: array, items: {type: string}}]}", "str | list[str]"),
        ("{anyOf: [{type: array, items: {}}, {type: array, items: {type: string}}]}", "list[Any]"),
    ],
)
def test_type_of_a_required_field(schema: str, expected: str) -> None:
    body = thing(f"        value: {schema}", more="      required: [value]\n")
    expected, _, default = expected.partition(" = ")
    assert fields_of(body, "Thing") == {"value": expected + (" =" if default else "")}


def test_what_may_not_be_there_is_no_field() -> None:
    one, other = "{properties: {a: {type: string}, b: false}}", "{properties: {b: {type: integer}}}"
    body = thing(
        "        gone: false\n        kept: {type: string}",
        more=f"      required: [kept]\n      oneOf: [{one}, {other}]\n",
    )
    assert fields_of(body, "Thing") == {
        "kept": "str",
        "a": "str | UnsetType =",
        "b": "int | UnsetType =",
    }


def test_a_union_with_tags_is_typed_where_it_is_only_sent() -> None:
    body = """\
paths:
  /search:
    post:
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Not'}}}}
      responses: {"204": {description: ok}}
components:
  schemas:
    Query: {oneOf: [{$ref: '#/components/schemas/Term'}, {$ref: '#/components/schemas/Not'}]}
    Term: {type: object, required: [op], properties: {op: {const: term}}}
    Not:
      type: object
      required: [op, of]
      properties: {op: {const: not}, of: {$ref: '#/components/schemas/Query'}}
"""
    assert fields_of(body, "Not") == {"of": "Term | Not"}


CONDITIONS = """\
      required: [kind]
      if: {properties: {kind: {const: big}}}
      then: {properties: {size: {type: integer}, kind: {const: big}}}
      else: {properties: {size: {type: string}, why: {type: string}}}
      dependentSchemas: {a: {properties: {b: {type: integer}, a: {type: integer}}}}
"""


def test_what_an_object_has_under_conditions_are_fields() -> None:
    body = thing("        a: {type: string}", more=CONDITIONS)
    assert fields_of(body, "Thing") == {
        "a": "str | UnsetType =",
        "size": "str | int | UnsetType =",
        "kind": "str",
        "why": "str | UnsetType =",
        "b": "int | UnsetType =",
    }


def test_a_constant_of_one_alternative_is_no_default() -> None:
    branches = "{properties: {kind: {const: x}}}, {properties: {kind: {const: y}}}"
    body = thing(
        "        a: {type: string}", more=f"      required: [kind]\n      oneOf: [{branches}]\n"
    )
    package, _ = planned(body)
    kind = package.models.structs[0].fields[1]
    assert (kind.name, kind.default, kind.about.limits) == ("kind", None, "")


def test_absent_null_and_value_are_three_things() -> None:
    body = thing("        a: {type: string}\n        b: {type: [string, 'null']}\n        c: {}")
    assert fields_of(body, "Thing") == {
        "a": "str | UnsetType =",
        "b": "str | UnsetType | None =",
        "c": "Any =",
    }


def test_the_only_value_is_the_default_of_a_required_field_alone() -> None:
    body = thing("        a: {const: x}\n        b: {enum: [y]}", more="      required: [a]\n")
    package, _ = planned(body)
    (struct,) = package.models.structs
    assert struct.fields[0].default == "x"
    assert struct.fields[0].about.limits == "Always `x`."
    assert fields_of(body, "Thing")["b"] == "str | UnsetType ="


def test_a_schema_that_differs_by_direction_has_two_classes() -> None:
    body = thing(
        "        id: {type: string, readOnly: true}\n"
        "        name: {type: string}\n"
        "        secret: {type: string, writeOnly: true}",
        more="      required: [id, name, secret]\n",
        method="put",
    )
    assert list(fields_of(body, "Thing")) == ["id", "name"]
    assert list(fields_of(body, "ThingInput")) == ["name", "secret"]


def test_a_schema_that_holds_one_that_differs_has_two_classes_as_well() -> None:
    body = thing(
        "        inner: {type: object, properties: {id: {type: string, readOnly: true}}}",
        method="put",
    )
    assert fields_of(body, "ThingInput") == {"inner": "ThingInnerInput | UnsetType ="}


def test_a_schema_that_does_not_differ_has_one_class() -> None:
    package, _ = planned(thing("        name: {type: string}", method="put"))
    assert [struct.name for struct in package.models.structs] == ["Thing"]


def test_all_of_is_merged_and_a_schemas_own_word_wins() -> None:
    body = (
        thing(
            "        own: {type: string}",
            more="      allOf: [{$ref: '#/components/schemas/Base'}]\n",
        )
        + "    Base: {type: object, required: [base], properties: {base: {type: integer}, own: {}}}\n"
    )
    assert fields_of(body, "Thing") == {"own": "str | UnsetType =", "base": "int"}


UNION = """\
paths:
  /pets:
    get:
      operationId: getPet
      responses:
        "200":
          description: A pet.
          content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}
components:
  schemas:
    Pet:
      oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]
DISCRIMINATOR
    Cat: {type: object, required: [kind], properties: {kind: {type: string}, lives: {type: integer}}}
    Dog: {type: object, required: [kind], properties: {kind: {type: string}, tricks: {type: integer}}}
"""


def test_a_discriminator_makes_a_tagged_union_with_a_place_for_the_unknown() -> None:
    mapping = "      discriminator: {propertyName: kind, mapping: {cat: Cat, dog: Dog}}"
    package, said = planned(UNION.replace("DISCRIMINATOR", mapping))
    (alias,) = package.models.aliases
    assert alias.name == "Pet"
    assert alias.members == "Cat | Dog | UnknownPet"
    cat = next(each for each in package.models.structs if each.name == "Cat")
    assert [field.name for field in cat.fields] == ["lives"]
    assert [(tag.name, tag.value) for tag in cat.tag] == [("kind", "cat")]
    assert said == []
    assert package.resources[0].methods[0].returns == "models.Pet"


def test_a_union_that_no_tag_tells_apart_is_a_class_of_its_own() -> None:
    package, said = planned(UNION.replace("DISCRIMINATOR", ""))
    assert package.resources[0].methods[0].returns == "models.Pet"
    (union,) = package.models.unions
    assert (union.name, union.members) == ("Pet", "Cat | Dog")
    assert code(union.fact) == 'Untagged("Pet", Cat, Dog)'
    assert said == []


HEIRS = """\
    Thing:
      type: object
      required: [kind]
      properties: {kind: {type: string}}
      discriminator: {propertyName: kindMAPPING}
    Car: {allOf: [{$ref: '#/components/schemas/Thing'}, {properties: {doors: {type: integer}}}]}
    Lorry: {allOf: [{$ref: '#/components/schemas/Thing'}, {properties: {kind: {enum: [truck]}}}]}
"""


def _heirs(mapping: str) -> Package:
    start, _, _ = thing("        x: {}").partition("    Thing:")
    return planned(start + HEIRS.replace("MAPPING", mapping))[0]


def test_a_base_with_a_discriminator_is_the_union_of_its_heirs() -> None:
    package = _heirs(", mapping: {car: Car, lorry: Lorry}")
    (alias,) = package.models.aliases
    assert (alias.name, alias.members) == ("Thing", "Car | Lorry | UnknownThing")
    assert package.resources[0].methods[0].returns == "models.Thing"
    car = next(each for each in package.models.structs if each.name == "Car")
    assert [field.name for field in car.fields] == ["doors"]
    assert [tag.value for tag in car.tag] == ["car"]


def test_a_base_without_a_mapping_is_a_member_and_constants_go_before_names() -> None:
    package = _heirs("")
    assert package.models.aliases[0].members == "Car | Lorry | ThingBase | UnknownThing"
    tags = {each.name: each.tag[0].value for each in package.models.structs}
    assert tags == {"Car": "Car", "Lorry": "truck", "ThingBase": "Thing"}


def test_a_tag_that_is_not_required_is_noted() -> None:
    mapping = "      discriminator: {propertyName: kind, mapping: {cat: Cat, dog: Dog}}"
    _, said = planned(UNION.replace("DISCRIMINATOR", mapping).replace("required: [kind], ", ""))
    assert said == ["tag-assumed /components/schemas/Cat", "tag-assumed /components/schemas/Dog"]


def test_a_type_that_only_keywords_tell_is_noted_once() -> None:
    _, said = planned(thing("        one: {properties: {x: {}}}\n        two: {items: {}}"))
    assert said == ["type-assumed /components/schemas/Thing/properties/one"]
    _, said = planned(thing("        one: {type: object, properties: {x: {}}}\n        two: {}"))
    assert said == []


def test_several_tags_for_a_member_are_a_table() -> None:
    mapping = "      discriminator: {propertyName: kind, mapping: {cat: Cat, kit: Cat, dog: Dog}}"
    package, _ = planned(UNION.replace("DISCRIMINATOR", mapping))
    (union,) = package.models.unions
    assert union.members == "Cat | Dog | UnknownPet"
    assert code(Call("x", (), {"tags": union.fact.keywords["tags"]})) == (
        'x(tags={"cat": [Cat], "kit": [Cat], "dog": [Dog]})'
    )


def test_what_alternatives_declare_differently_is_as_wide_as_both() -> None:
    body = thing(
        "        own: {type: string}",
        more="      oneOf: [{properties: {a: {type: string}, b: {type: array}}},"
        " {properties: {a: {type: integer}, b: {type: array, items: {type: string}}}}]\n",
    )
    assert fields_of(body, "Thing") == {
        "own": "str | UnsetType =",
        "a": "str | int | UnsetType =",
        "b": "list[Any] | UnsetType =",
    }


def test_constants_tell_records_apart_without_a_discriminator() -> None:
    body = UNION.replace("DISCRIMINATOR", "")
    for name, other in (("Cat", "cat"), ("Dog", "dog")):
        start = f"{name}: {{type: object, required: [kind], properties: {{kind: "
        body = body.replace(f"{start}{{type: string}}", f"{start}{{const: {other}}}")
    package, _ = planned(body)
    assert [alias.name for alias in package.models.aliases] == ["Pet"]


def test_wire_names_use_msgspecs_own_rule_where_it_gives_them() -> None:
    camel, table, none = (
        planned(thing(f"        {name}: {{type: string}}"))[0].models.structs[0].head.keywords
        for name in ("orgId", "org-id", "org")
    )
    assert camel["rename"] == "camel"
    assert table["rename"] == {"org_id": "org-id"}
    assert "rename" not in none


def test_a_wire_name_that_msgspec_cannot_take_makes_plain_json() -> None:
    package, _ = planned(thing("        'a\"b': {type: string}"))
    assert package.resources[0].methods[0].returns == "dict[str, Any]"


def test_names_of_annotations_are_never_fields() -> None:
    body = thing("        list: {type: string}\n        class: {type: string}\n        id: {}")
    assert list(fields_of(body, "Thing")) == ["list_", "class_", "id"]


def test_an_array_that_holds_itself_ends() -> None:
    body = thing("        value: {$ref: '#/components/schemas/Loop'}") + (
        "    Loop: {type: array, items: {$ref: '#/components/schemas/Loop'}}\n"
    )
    _, said = planned(body)
    assert "type-widened /components/schemas/Loop" in said


def test_adding_a_schema_renames_nothing_that_has_a_name() -> None:
    before = thing("        a_b: {type: object, properties: {x: {}}}")
    first, _ = planned(before)
    after = before + "    ThingAB: {type: string, enum: [x, y]}\n"
    after = after.replace(
        "        a_b:", "        z: {$ref: '#/components/schemas/ThingAB'}\n        a_b:"
    )
    second, _ = planned(after, names=first.names)
    for key, name in first.names.items():
        assert second.names[key] == name
    assert second.names["/components/schemas/ThingAB"] != "ThingAB"


def test_a_name_behind_a_dot_is_no_name_of_its_own() -> None:
    assert words_of("Union[models.Page, list[Page2]]") == {"Union", "models", "list", "Page2"}
    assert words_of("models.Page") == {"models"}

"""Random edits of schemas with a known effect get the right verdict, and every witness holds."""

from __future__ import annotations

import copy
import random
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.api import Api
from generator.diff import Containment, Outcome
from generator.diff.rules import Level
from tests.unit.diff.pairs import operation, verdicts

Schema = dict[str, Any]
COMPONENTS: Schema = {}


def api(schema: Any) -> Api:
    content = {"application/json": {"schema": schema}}
    responses = {"200": {"description": "fine", "content": content}}
    return operation({"requestBody": {"content": content}, "responses": responses})


def place(found: Api) -> Any:
    body = found.operations[0].body
    assert body is not None
    return body.content[0].schema


def proven(old: Any, new: Any, direction: Any) -> Any:
    base, revision = api(old), api(new)
    return Containment(base, revision).prove((place(base), place(revision)), direction)


def branched() -> st.SearchStrategy[Schema]:
    """Schemas of branches, null and constants beside what others hold."""
    text = {"type": "string", "minLength": 1, "maxLength": 6}
    number = {"type": "integer", "minimum": 0, "maximum": 7}
    return st.sampled_from(
        [
            {"anyOf": [text, number]},
            {"oneOf": [text, number, {"type": "boolean"}]},
            {"allOf": [{"type": "string", "minLength": 1}, {"maxLength": 8}]},
            {"type": ["string", "null"], "maxLength": 5},
            {"type": "string", "pattern": "^(?:ab?|c[0-9]{2})$"},
            {"type": "object", "additionalProperties": number},
            {"type": "array", "items": text, "uniqueItems": False, "maxItems": 4},
        ]
    )


def scalars() -> st.SearchStrategy[Schema]:
    text = st.fixed_dictionaries(
        {"type": st.just("string"), "minLength": st.integers(0, 3), "maxLength": st.integers(5, 9)}
    )
    number = st.fixed_dictionaries(
        {
            "type": st.sampled_from(["integer", "number"]),
            "minimum": st.integers(-9, 0),
            "maximum": st.integers(5, 9),
        }
    )
    enum = st.fixed_dictionaries(
        {
            "enum": st.lists(
                st.sampled_from(["a", "b", 1, None, True]), min_size=2, max_size=4, unique_by=repr
            )
        }
    )
    return st.one_of(text, number, enum, branched())


def holders(inner: st.SearchStrategy[Schema]) -> st.SearchStrategy[Schema]:
    array = st.fixed_dictionaries(
        {
            "type": st.just("array"),
            "items": inner,
            "minItems": st.integers(0, 1),
            "maxItems": st.integers(3, 5),
        }
    )
    needed = st.sampled_from([["a"], ["b"], ["a", "b"]])
    thing = st.builds(_thing, inner, inner, needed)
    return st.one_of(array, thing)


def _thing(one: Schema, other: Schema, needed: list[str]) -> Schema:
    return {"type": "object", "properties": {"a": one, "b": other}, "required": needed}


SCHEMAS = st.recursive(scalars(), holders, max_leaves=4)


def within(schema: Schema, chance: random.Random) -> Schema:
    """A schema that is somewhere in this one, at a place that a value can have."""
    below = [*schema.get("properties", {}).values()]
    below += [schema["items"]] if "items" in schema else []
    return within(chance.choice(below), chance) if below and chance.random() < 0.6 else schema


def narrowed(schema: Schema, chance: random.Random) -> Schema:
    """A copy that admits less."""
    made = copy.deepcopy(schema)
    _narrow(within(made, chance))
    return made


def _narrow(spot: Schema) -> None:
    for keyword in ("anyOf", "oneOf"):
        if keyword in spot:
            spot[keyword].pop()
            return
    if "allOf" in spot:
        spot["allOf"].append({"pattern": "^a"})
    elif "enum" in spot:
        spot["enum"].pop()
    elif isinstance(spot["type"], list):
        spot["type"] = "string"
    elif spot["type"] == "string":
        spot["maxLength"] = spot.get("maxLength", 3) - 1
    elif spot["type"] in ("integer", "number"):
        spot["minimum"] += 1
    elif spot["type"] == "array":
        spot["maxItems"] -= 1
    elif "additionalProperties" in spot:
        spot["additionalProperties"] = False
    else:
        spot["required"] = [*spot["required"], "c"]


def reworded(schema: Schema) -> Schema:
    """A copy that admits the same."""
    made = {**copy.deepcopy(schema), "title": "other words", "description": "more of them"}
    return {"allOf": [made]}


def holds(schema: Schema, value: object) -> bool:
    return jsonschema_rs.Draft202012Validator(schema).is_valid(value)


@settings(max_examples=120, deadline=None, derandomize=True)
@given(SCHEMAS, st.integers(0, 2**32))
def test_less_breaks_requests_and_a_value_shows_it(schema: Schema, seed: int) -> None:
    less = narrowed(schema, random.Random(seed))
    proof = proven(schema, less, "request")
    assert proof.outcome is Outcome.WITNESS, (schema, less)
    assert holds(schema, proof.value)
    assert not holds(less, proof.value)
    assert proven(schema, less, "response").outcome is Outcome.CONTAINED


@settings(max_examples=60, deadline=None, derandomize=True)
@given(SCHEMAS, st.integers(0, 2**32))
def test_more_breaks_answers_and_a_value_shows_it(schema: Schema, seed: int) -> None:
    less = narrowed(schema, random.Random(seed))
    proof = proven(less, schema, "response")
    assert proof.outcome is Outcome.WITNESS, (schema, less)
    assert holds(schema, proof.value)
    assert not holds(less, proof.value)
    assert proven(less, schema, "request").outcome is Outcome.CONTAINED


@settings(max_examples=60, deadline=None, derandomize=True)
@given(SCHEMAS)
def test_other_words_break_nobody(schema: Schema) -> None:
    same = reworded(schema)
    for old, new in ((schema, same), (same, schema)):
        assert proven(old, new, "request").outcome is Outcome.CONTAINED
        assert proven(old, new, "response").outcome is Outcome.CONTAINED
        assert not [v for v in verdicts(api(old), api(new)) if v.level is Level.BREAKING]


@settings(max_examples=80, deadline=None, derandomize=True)
@given(SCHEMAS, SCHEMAS)
def test_whatever_is_shown_of_two_schemas_is_so(old: Schema, new: Schema) -> None:
    proof = proven(old, new, "request")
    if proof.outcome is Outcome.WITNESS:
        assert holds(old, proof.value)
        assert not holds(new, proof.value)


TREE = {
    "type": "object",
    "properties": {"name": {"type": "string"}, "next": {"$ref": "#/components/schemas/Tree"}},
}


def tree(**name: Any) -> Api:
    schema = copy.deepcopy(TREE)
    schema["properties"]["name"].update(name)  # type: ignore[index]
    body = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Tree"}}}}
    return operation({"requestBody": body}, {"Tree": schema})


def test_schemas_that_lead_back_to_themselves_end() -> None:
    base, same, less = tree(), tree(), tree(maxLength=3)
    assert Containment(base, same).prove((place(base), place(same)), "request").outcome is (
        Outcome.CONTAINED
    )
    proof = Containment(base, less).prove((place(base), place(less)), "request")
    assert proof.outcome is Outcome.WITNESS


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ({"type": "string"}, {"type": "string", "pattern": "^(?:q7){9}$"}),
        ({"type": ["string", "null"]}, {"type": "string"}),
        ({"type": "object"}, {"type": "object", "additionalProperties": False}),
        ({"anyOf": [{"type": "string"}, {"type": "integer"}]}, {"type": "string"}),
        ({"type": "integer"}, {"oneOf": [{"minimum": 0}, {"multipleOf": 2}]}),
        ({"type": "array"}, {"type": "array", "uniqueItems": True}),
        ({"type": "object", "required": []}, {"type": "object", "required": ["a"]}),
        ({"type": "string"}, {"type": "string", "format": "uuid"}),
        ({"const": 1}, {"const": 2}),
    ],
)
def test_a_value_shows_what_a_keyword_refuses(old: Schema, new: Schema) -> None:
    proof = proven(old, new, "request")
    assert proof.outcome is Outcome.WITNESS, (old, new)
    assert holds(old, proof.value)


def test_what_cannot_be_decided_is_said_to_be_unknown() -> None:
    old = {"type": "string", "pattern": "^(?=[qx]7{9}$)"}
    assert proven(old, {"type": "string", "pattern": "^(?=q7{9}$)"}, "request").outcome is (
        Outcome.UNKNOWN
    )


def test_the_witness_is_about_the_fact() -> None:
    base = api({"type": "string", "enum": ["a", "b", "c"]})
    revision = api({"type": "string", "enum": ["b"]})
    shown = {v.fact.name: v.proof.value for v in verdicts(base, revision) if v.proof}
    assert shown == {"a": "a", "c": "c"}


KIND = {"type": "object", "required": ["kind"]}


def kind(*values: object) -> Schema:
    return {**KIND, "properties": {"kind": {"enum": list(values)}}}


@pytest.mark.parametrize(
    ("old", "new", "outcome"),
    [
        (kind("a"), {"oneOf": [kind("a"), kind("b")]}, Outcome.CONTAINED),
        (kind("a"), {"oneOf": [kind("a"), kind("a", "b")]}, Outcome.WITNESS),
        ({"type": "integer"}, {"oneOf": [{"type": "integer"}, {"type": "string"}]}, "contained"),
        ({"type": "integer"}, {"oneOf": [{"type": "integer"}, {"type": "number"}]}, "witness"),
        ({"const": 1}, {"oneOf": [{"type": "integer"}, {"const": True}]}, "contained"),
    ],
)
def test_a_value_fits_exactly_one_branch_of_a_one_of(
    old: Schema, new: Schema, outcome: object
) -> None:
    assert proven(old, new, "request").outcome == outcome

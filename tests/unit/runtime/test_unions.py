"""Unions that no tag tells apart: the member that fits is found, and said why none does."""

from __future__ import annotations

import json
from typing import Any

import pytest

from generator.runtime import (
    UNSET,
    Body,
    DecodeError,
    Model,
    UnknownVariant,
    UnsetType,
    Untagged,
)
from generator.runtime.body import encode_body
from generator.runtime.decode import decode_json
from tests.unit.runtime.facts import Cat, Dog, UnknownPet
from tests.unit.runtime.probe import answer

JSON = "application/json"


class Wood(Model, kw_only=True):
    tree: str
    rings: int | UnsetType = UNSET


class Metal(Model, kw_only=True):
    alloy: str | UnsetType = UNSET
    weight: float | UnsetType = UNSET


class Card(Model, kw_only=True):
    object: str | UnsetType = UNSET
    number: str | UnsetType = UNSET


class Account(Model, kw_only=True):
    object: str | UnsetType = UNSET
    number: str | UnsetType = UNSET


Frame: Any = Untagged("Frame", Wood, Metal, list[Wood], list[int])
Source: Any = Untagged(
    "Source", Card, Account, constants=[{"object": "card"}, {"object": "account"}]
)
Told: Any = Untagged(
    "Told", Card, Account, tag_field="object", tags={"a": [Account], "b": [Account], "c": [Card]}
)
Mixed: Any = Untagged("Mixed", Cat | Dog | UnknownPet, Wood)


class Drawing(Model, kw_only=True):
    frame: Frame | UnsetType | None = UNSET
    frames: list[Frame] | UnsetType = UNSET
    by_name: dict[str, Frame] | UnsetType = UNSET


def read(wanted: Any, value: object) -> Any:
    return decode_json(answer(200, json.dumps(value).encode()), wanted)


def sent(value: object) -> Any:
    return json.loads(encode_body(Body(JSON, extra=True), JSON, value)[1])


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ({"tree": "oak"}, Wood),
        ({"tree": "oak", "rings": 3.0}, Wood),
        ({"alloy": "steel"}, Metal),
        ({}, Metal),
        ({"alloy": "steel", "new": 1}, Metal),
        ({"tree": "oak", "weight": 2.5}, Wood),
        ([{"tree": "oak"}], list),
        ([1, 2.0], list),
        ([], list),
    ],
)
def test_the_member_that_knows_most_is_taken(value: Any, kind: type) -> None:
    found = read(Frame, value)
    assert isinstance(found, kind)
    assert sent(found) == value


def test_wherever_it_stands_in_a_model() -> None:
    came = {
        "frame": {"tree": "oak", "new": [1]},
        "frames": [{"alloy": "tin"}, [1]],
        "by_name": {"x": {"tree": "elm"}},
        "newer": True,
    }
    drawing = read(Drawing, came)
    assert isinstance(drawing.frame, Wood)
    assert dict(drawing.frame.extra_fields) == {"new": [1]}
    assert dict(drawing.extra_fields) == {"newer": True}
    assert sent(drawing) == came
    assert sent(read(Drawing, came)) == came
    assert read(Drawing, {"frame": None}).frame is None


@pytest.mark.parametrize(("tag", "kind"), [("card", Card), ("account", Account)])
def test_constants_tell_members_apart(tag: str, kind: type) -> None:
    assert type(read(Source, {"object": tag, "number": "1", "new": 1})) is kind


@pytest.mark.parametrize(("tag", "kind"), [("a", Account), ("b", Account), ("c", Card)])
def test_a_discriminator_with_several_values_for_a_member(tag: str, kind: type) -> None:
    assert type(read(Told, {"object": tag})) is kind


def test_a_tagged_union_inside_takes_the_unknown_only_where_nothing_else_fits() -> None:
    assert isinstance(read(Mixed, {"tree": "oak"}), Wood)
    assert isinstance(read(Mixed, {"kind": "cat"}), Cat)
    assert isinstance(read(Mixed, {"kind": "newt"}), UnknownPet)


def test_the_error_says_of_each_member_why_not() -> None:
    with pytest.raises(DecodeError) as caught:
        read(list[Frame], [{"alloy": 5}])
    said = str(caught.value)
    assert "fits no member of Frame" in said
    assert "Metal: Expected `str`, got `int` - at `$.alloy`" in said
    assert "Wood: Object missing required field `tree`" in said
    assert "`$[0]`" in said


def test_a_constant_that_must_be_there_tells_members_apart() -> None:
    class Named(Model, kw_only=True):
        kind: str = "named"

    class Free(Model, kw_only=True):
        kind: str | UnsetType = UNSET

    either: Any = Untagged("Either", Named, Free, constants=[{"kind": "named"}, {}])
    assert type(read(either, {})) is Free
    assert type(read(either, {"kind": "other"})) is Free
    assert type(read(either, {"kind": "named"})) is Named


def test_the_tag_of_a_model_is_a_constant_that_must_be_there() -> None:
    class Refused(Model, kw_only=True):
        name: str = "refused"
        reason: str | UnsetType = UNSET

    class Bare(Model, kw_only=True, tag_field="kind", tag="bare"):
        pass

    either: Any = Untagged(
        "Either", Refused, Bare, constants=[{"name": "refused"}, {"kind": "bare"}]
    )
    came = {"name": "newer", "reason": "x"}
    found = read(either, came)
    assert type(found) is Refused
    assert sent(found) == came
    assert type(read(either, {"kind": "bare"})) is Bare


def test_a_whole_number_with_a_fraction_of_zero_is_an_integer() -> None:
    assert read(list[int], [1.0, 2]) == [1, 2]
    assert read(int | str, 3.0) == 3
    with pytest.raises(DecodeError, match="got `float`"):
        read(int, 1.5)


def test_a_tag_that_nobody_knows_is_kept_with_its_value() -> None:
    class UnknownTold(UnknownVariant, kw_only=True):
        pass

    told: Any = Untagged(
        "Told", Card, Account, tag_field="object", tags={"a": [Account]}, unknown=UnknownTold
    )
    came = {"object": "z", "number": "1"}
    found = read(list[told], [came])[0]
    assert isinstance(found, UnknownTold)
    assert found.raw == came
    assert sent(found) == came
    outer: Any = Untagged("Outer", told, Card)
    assert isinstance(read(outer, {"object": "z"}), Card)

"""What a server sent and the description does not know goes back where it may."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest

from generator.runtime import UNSET, Body, Model, UnsetType
from generator.runtime.body import encode_body
from generator.runtime.decode import decode_json
from generator.runtime.models import keep_extra_fields
from tests.unit.runtime.facts import Cat, Dog, Thing, UnknownPet
from tests.unit.runtime.probe import answer

JSON = "application/json"


class Owner(Model, kw_only=True):
    pet: Cat | Dog | UnknownPet
    pets: dict[str, list[Cat | Dog | UnknownPet]] | UnsetType = UNSET
    nothing: int | UnsetType | None = UNSET


def sent(value: object, **facts: Any) -> Any:
    return json.loads(encode_body(Body(JSON, **facts), JSON, value)[1])


def read(wanted: Any, value: object) -> Any:
    return decode_json(answer(200, json.dumps(value).encode()), wanted)


def test_unknown_fields_go_back_where_the_description_allows_it() -> None:
    came = {
        "name": "a",
        "new": {"x": 1},
        "parent": {"name": "p", "newer": 2},
        "others": [{"name": "o", "newest": None}],
    }
    thing = read(Thing, came)
    assert sent(thing, extra=True) == came
    assert sent(thing) == {"name": "a", "parent": {"name": "p"}, "others": [{"name": "o"}]}
    assert sent({"thing": thing, "unset": UNSET}, extra=True) == {"thing": came}
    assert sent(thing, extra=True, omit=("/new",)) == {k: v for k, v in came.items() if k != "new"}


def test_a_field_of_the_description_is_stronger_than_an_unknown_one() -> None:
    thing = read(Thing, {"name": "a", "new": 1})
    keep_extra_fields(thing, {"name": "b"})
    assert sent(thing, extra=True) == {"name": "a"}


@pytest.mark.parametrize("extra", [True, False])
def test_members_of_unknown_tags_go_back_as_they_came(extra: bool) -> None:
    newt = {"kind": "newt", "wet": True}
    came = {"pet": newt, "pets": {"x": [newt, {"kind": "cat", "lives": 3}]}, "nothing": None}
    owner = read(Owner, came)
    assert isinstance(owner.pet, UnknownPet)
    assert sent(owner, extra=extra) == came
    assert sent(owner.pet, extra=extra) == newt
    assert sent([owner.pet], extra=extra) == [newt]


def test_what_is_known_takes_the_fast_way() -> None:
    value = {"a": Thing(name="x"), "n": [1, 2.5, True, None, "é"]}
    assert sent(value) == msgspec.to_builtins(value)
    assert sent([Thing(name="x")]) == [{"name": "x"}]

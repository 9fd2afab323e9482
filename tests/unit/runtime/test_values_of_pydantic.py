"""JSON into pydantic's models: strict in types, tolerant of what is new, exact in numbers."""

from __future__ import annotations

import json
import threading
from decimal import Decimal
from typing import Any

import pytest
from pydantic import BaseModel, TypeAdapter, ValidationError

from generator.runtime import OpenEnum
from generator.runtime.errors import Misfit
from generator.runtime.json_values_pydantic import read_json
from generator.runtime.models_pydantic import (
    UNSET,
    Model,
    UnknownVariant,
    WireNames,
    camel,
    field_of,
    is_model,
    known_names,
    needed_names,
    sent_fields,
    to_plain,
)
from generator.runtime.unions_pydantic import TaggedUnion, Untagged

LONG = "0.10000000000000000000000000001"
Unset = type(UNSET)


class Colour(OpenEnum):
    RED = "red"


class Cat(Model):
    kind: str = "cat"
    lives: int | Unset = UNSET


class Dog(Model):
    kind: str = "dog"
    tricks: list[str] | Unset = UNSET


class UnknownPet(UnknownVariant):
    """A pet of a kind that came later."""


Pet: Any = TaggedUnion("Pet", tag_field="kind", tags={"cat": Cat, "dog": Dog}, unknown=UnknownPet)
MaybePet: Any = TaggedUnion(
    "MaybePet", tag_field="kind", tags={"cat": Cat}, unknown=UnknownPet, nullable=True
)


class Wood(Model):
    tree: str
    rings: int | Unset = UNSET


class Metal(Model):
    alloy: str | Unset = UNSET


class Card(Model):
    object: str = "card"
    number: str | Unset = UNSET


class Account(Model):
    object: str = "account"
    number: str | Unset = UNSET


class UnknownSource(UnknownVariant):
    """A source that came later."""


Frame: Any = Untagged("Frame", Wood, Metal, list[int])
Constant: Any = Untagged("Constant", Card, Account, constants=[{"object": "card"}, {}])
Source: Any = Untagged(
    "Source",
    Card,
    Account,
    tag_field="object",
    tags={"card": (Card,), "account": (Account,), "either": (Card, Account)},
    unknown=UnknownSource,
)
Nested: Any = Untagged("Nested", Wood, Frame)


class Shelf(Model, alias_generator=camel):
    name: str
    is_full: bool | Unset | None = UNSET
    width: Decimal | Unset = UNSET
    depth: float | Unset = UNSET
    count: int | Unset = UNSET
    colour: Colour | Unset = UNSET
    pets: list[Pet] | Unset = UNSET
    by_name: dict[str, Shelf] | Unset = UNSET
    frame: Frame | Unset = UNSET


class Crate(Model, alias_generator=WireNames({"copy_": "copy"})):
    copy_: int
    size: tuple[Decimal, Decimal] | Unset = UNSET


def read(value: object, wanted: Any = Shelf) -> Any:
    return read_json(json.dumps(value).encode(), wanted)


def plain(value: Any) -> Any:
    """What of a value is sent."""
    if is_model(value):
        return {name: plain(each) for name, each in to_plain(value).items()}
    return [plain(each) for each in value] if isinstance(value, list) else value


def test_wire_names_lead_to_fields_and_back() -> None:
    shelf = read({"name": "a", "isFull": None, "byName": {"b": {"name": "b"}}})
    assert (shelf.is_full, shelf.by_name["b"].name, shelf.pets) == (None, "b", UNSET)
    assert plain(shelf) == {"name": "a", "isFull": None, "byName": {"b": shelf.by_name["b"]}}
    assert read({"copy": 3}, Crate) == Crate(copy_=3)
    assert [dict(sent_fields(each)) for each in (Crate(copy_=3), Wood(tree="oak"))] == [
        {"copy": 3},
        {"tree": "oak"},
    ]
    assert set(known_names(Crate)) == {"copy", "size"}
    assert [list(needed_names(each)) for each in (Shelf, Card)] == [["name"], ["object"]]


def test_what_is_new_is_kept_and_not_taken_for_a_field() -> None:
    shelf = read({"name": "a", "is_full": True, "new": [1]})
    assert dict(shelf.extra_fields) == {"is_full": True, "new": [1]}
    assert (shelf.is_full, field_of(shelf, "new"), field_of(shelf, "old")) == (UNSET, [1], UNSET)
    with pytest.raises(TypeError):
        shelf.extra_fields["new"] = 2


def test_a_field_that_is_unset_shows_nowhere() -> None:
    shelf = Shelf(name="a", is_full=None)
    assert repr(shelf) == "Shelf(name='a', is_full=None)"
    assert shelf.model_dump(by_alias=True) == {"name": "a", "isFull": None}
    with pytest.raises(ValidationError, match="nmae"):
        Shelf.model_validate({"name": "a", "nmae": "b"})


@pytest.mark.parametrize(
    ("body", "path", "said"),
    [
        (b'{"name":1}', "$.name", "string"),
        (b"{}", "$", "required `name`"),
        (b'{"name":"a","isFull":"yes"}', "$.isFull", "boolean"),
        (b'{"name":"a","count":"1"}', "$.count", "integer"),
        (b'{"name":"a","count":1.5}', "$.count", "integer"),
        (b'{"name":"a","pets":[{"kind":"cat"},{"kind":"cat","lives":"9"}]}', "$.pets[1].lives", ""),
        (b'{"name":"a","pets":[1]}', "$.pets[0]", "should be an object"),
        (b'{"name":"a","byName":{"b":{"name":null}}}', "$.byName.b.name", "string"),
        (b'{"name":"a","frame":{"alloy":5}}', "$.frame", "fits no member of Frame"),
    ],
)
def test_what_does_not_fit_is_said_with_its_path(body: bytes, path: str, said: str) -> None:
    with pytest.raises(Misfit) as caught:
        read_json(body, Shelf)
    assert str(caught.value).endswith(f" - at `{path}`")
    assert said in str(caught.value).replace("Field required", "required")


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "the body is empty"),
        (b'{"name":', "EOF"),
        (b'{"name":"a"} x', "trailing"),
        (b'{"name":"a","depth":NaN}', "invalid"),
        (b'{"name":"a","depth":-Infinity}', "invalid"),
        (b'{"name":"\xff"}', "unicode"),
    ],
)
def test_what_is_no_json_is_refused(body: bytes, said: str) -> None:
    with pytest.raises(Misfit) as caught:
        read_json(body, Shelf)
    assert said.lower() in str(caught.value).lower()


@pytest.mark.parametrize("word", ["NaN", "Infinity"])
def test_a_text_may_hold_what_is_no_number(word: str) -> None:
    assert read({"name": word}).name == word


@pytest.mark.parametrize(
    ("field", "came", "found"),
    [
        ("count", "2.0", 2),
        ("count", "1e2", 100),
        ("width", "1.5", Decimal("1.5")),
        ("width", LONG, Decimal(LONG)),
        ("width", "1e-30", Decimal("1e-30")),
        ("depth", "1e3", 1000.0),
        ("depth", "7", 7.0),
    ],
)
def test_numbers_are_what_was_written(field: str, came: str, found: Any) -> None:
    shelf = read_json(f'{{"name":"a","{field}":{came}}}'.encode(), Shelf)
    value = getattr(shelf, field)
    assert (value, type(value)) == (found, type(found))


def test_numbers_deep_inside_are_exact() -> None:
    body = f"""{{"name":"a","byName":{{"b":{{"name":"b","width":{LONG}}}}},"new":{LONG},
        "pets":[{{"kind":"newt","weight":{LONG}}}]}}""".encode()
    shelf = read_json(body, Shelf)
    exact = Decimal(LONG)
    assert shelf.by_name["b"].width == exact
    assert (shelf.extra_fields["new"], shelf.pets[0].raw["weight"]) == (exact, exact)
    assert read_json(f'{{"copy":1,"size":[{LONG},2]}}'.encode(), Crate).size == (exact, 2)
    assert read_json(f"[{LONG}]".encode(), list[Decimal]) == [exact]


def test_an_unknown_value_of_an_enumeration_is_kept() -> None:
    shelf = read({"name": "a", "colour": "blue"})
    assert (shelf.colour, shelf.colour.is_known) == ("blue", False)
    assert read({"name": "a", "colour": "red"}).colour is Colour.RED


@pytest.mark.parametrize(
    ("came", "found"),
    [
        ({"kind": "cat", "lives": 3.0}, Cat(lives=3)),
        ({"kind": "dog", "tricks": ["sit"]}, Dog(tricks=["sit"])),
        ({"kind": "newt", "wet": 1}, UnknownPet(raw={"kind": "newt", "wet": 1})),
        ({"kind": 5}, UnknownPet(raw={"kind": 5})),
        ({}, UnknownPet(raw={})),
    ],
)
def test_a_tag_tells_the_member(came: dict[str, Any], found: Any) -> None:
    assert read(came, Pet) == found
    assert read([came], list[Pet]) == [found]
    assert TypeAdapter(Pet).validate_python(found) == found
    assert to_plain(found) == came or came.get("lives") == 3.0


def test_a_union_may_be_null_where_it_says_so() -> None:
    assert read(None, MaybePet) is None
    assert read({"kind": "cat"}, MaybePet) == Cat()
    with pytest.raises(Misfit, match="object"):
        read(None, Pet)


@pytest.mark.parametrize(
    ("wanted", "came", "found"),
    [
        (Frame, {"tree": "oak"}, Wood(tree="oak")),
        (Frame, {"tree": "oak", "rings": 2.0}, Wood(tree="oak", rings=2)),
        (Frame, {"alloy": "tin"}, Metal(alloy="tin")),
        (Frame, [1, 2.0], [1, 2]),
        (Constant, {"object": "card", "number": "1"}, Card(number="1")),
        (Constant, {"object": "account"}, Account()),
        (Source, {"object": "account", "number": "1"}, Account(number="1")),
        (Source, {"object": "later"}, UnknownSource(raw={"object": "later"})),
        (Nested, {"alloy": "tin"}, Metal(alloy="tin")),
    ],
)
def test_without_a_tag_the_member_that_fits_is_found(wanted: Any, came: Any, found: Any) -> None:
    assert read(came, wanted) == found
    first, second = read([came, came], list[wanted])
    assert first == second == found
    assert first is not second


def test_of_members_that_fit_the_one_that_knows_most_is_taken() -> None:
    found = read({"object": "either", "number": "1", "new": 2}, Source)
    assert (type(found), dict(found.extra_fields)) == (Card, {"new": 2})


def test_the_error_says_of_each_member_why_not() -> None:
    with pytest.raises(Misfit) as caught:
        read([{"tree": "oak"}, {"tree": 1, "alloy": 1}], list[Frame])
    said = str(caught.value)
    assert "Wood: Input should be a valid string - at `$.tree`" in said
    assert "Metal: Input should be a valid string - at `$.alloy`" in said
    assert said.endswith("at `$[1]`")


def test_what_a_caller_makes_is_taken_as_pydantic_takes_it() -> None:
    shelf = Shelf.model_validate({"name": "a", "frame": {"tree": "oak"}, "pets": [{"kind": "dog"}]})
    assert (shelf.frame, shelf.pets) == (Wood(tree="oak"), [Dog()])
    with pytest.raises(ValidationError):
        Shelf.model_validate({"name": "a", "frame": {"tree": 1}})


def test_only_models_are_sent_as_models() -> None:
    class Other(BaseModel):
        """Of nobody's client."""

    assert [is_model(each) for each in (Wood(tree="oak"), Other(), {}, None)] == [
        True,
        True,
        False,
        False,
    ]
    with pytest.raises(TypeError, match="nothing encodes object"):
        to_plain(object())


def test_a_key_that_is_called_as_a_member_of_a_union_leads_to_the_fault() -> None:
    class Deep(Model):
        cat: dict[str, int | list[int]]

    with pytest.raises(Misfit, match=r"at `\$\.cat\.int`"):
        read({"cat": {"int": "x"}}, Deep)


def test_threads_that_meet_a_type_at_once_build_it_once() -> None:
    class Fresh(Model):
        pets: list[Pet]

    found: list[Any] = []
    start = threading.Barrier(4)

    def work() -> None:
        start.wait(60)
        found.append(read({"pets": [{"kind": "cat"}]}, Fresh))

    threads = [threading.Thread(target=work) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join(60)
    assert found == [Fresh(pets=[Cat()])] * 4

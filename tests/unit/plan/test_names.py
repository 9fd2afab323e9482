"""Names are what people would write, unique, and stay what the table says."""

from __future__ import annotations

import keyword

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.diagnostics import Diagnostics, Where
from generator.plan.names import Names, pascal, singular, snake, upper

HERE = Where("api.yaml", "/x")


@pytest.mark.parametrize(
    ("wire", "expected"),
    [
        ("orgId", "org_id"),
        ("ORG-ID", "org_id"),
        ("HTTPServer", "http_server"),
        ("sha256", "sha256"),
        ("apiV2", "api_v2"),
        ("_links", "links"),
        ("2fa", "value_2_fa"),
        ("", "value"),
        ("---", "value"),
        ("crème brûlée", "creme_brulee"),
        ("名前", "名前"),
        ("filter[name]", "filter_name"),
        ("x" * 200, "x" * 64),
        (
            f"list-the-{'very-' * 20}long-and-last-word",
            "list_the" + "_very" * 7 + "_long_and_last_word",
        ),
    ],
)
def test_snake(wire: str, expected: str) -> None:
    assert snake(wire) == expected


@pytest.mark.parametrize(
    ("wire", "expected"),
    [("ApiError", "ApiError"), ("foo.bar_baz", "FooBarBaz"), ("400", "Value400"), ("", "Value")],
)
def test_pascal(wire: str, expected: str) -> None:
    assert pascal(wire) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [("ORG_OWNER", "ORG_OWNER"), ("in-progress", "IN_PROGRESS"), ("", "EMPTY"), ("+", "VALUE")],
)
def test_upper(value: str, expected: str) -> None:
    assert upper(value) == expected


@pytest.mark.parametrize(
    ("many", "one"),
    [("Roles", "Role"), ("Policies", "Policy"), ("Status", "StatusItem"), ("Data", "DataItem")],
)
def test_singular(many: str, one: str) -> None:
    assert singular(many) == one


@given(st.text())
def test_every_fold_is_an_identifier(text: str) -> None:
    for fold in (snake, pascal, upper):
        assert fold(text).isidentifier()


@given(st.lists(st.text(max_size=8), max_size=12))
def test_names_in_a_scope_are_unique_and_no_keywords(wires: list[str]) -> None:
    scope = Names({}, Diagnostics(), HERE).scope()
    names = [scope.name(f"/{index}", snake(wire), HERE) for index, wire in enumerate(wires)]
    assert len(set(names)) == len(names)
    assert all(name.isidentifier() and not keyword.iskeyword(name) for name in names)


def test_a_collision_is_noted_and_gets_a_suffix() -> None:
    diagnostics = Diagnostics()
    scope = Names({}, diagnostics, HERE).scope()
    assert scope.name("/a", "name", HERE) == "name"
    assert scope.name("/b", "name", HERE, suffix="query") == "name_query"
    assert scope.name("/c", "name", HERE) == "name_2"
    assert [each.code for each in diagnostics] == ["name-collision"] * 2


def test_the_table_holds_a_name_before_newcomers_ask_for_it() -> None:
    names = Names({"/old": "name"}, Diagnostics(), HERE)
    scope = names.scope()
    scope.hold({"/new": "", "/old": ""})
    assert scope.name("/new", "name", HERE) == "name_2"
    assert scope.name("/old", "other", HERE) == "name"
    assert names.given == {"/new": "name_2", "/old": "name"}


@pytest.mark.parametrize("bad", ["not a name", "class", "", "import os"])
def test_a_table_that_holds_no_names_is_not_believed(bad: str) -> None:
    assert Names({"/a": bad}, Diagnostics(), HERE).scope().name("/a", "good", HERE) == "good"


@pytest.mark.parametrize(
    ("fold", "expected"), [("class", "class_"), ("list", "list_"), ("id", "id")]
)
def test_keywords_and_names_of_annotations_get_an_underscore(fold: str, expected: str) -> None:
    assert Names({}, Diagnostics(), HERE).scope().name("/a", fold, HERE) == expected


def test_places_in_other_files_have_keys_of_their_own() -> None:
    names = Names({}, Diagnostics(), Where("/apis/shop/main.yaml"))
    assert names.key(Where("/apis/shop/main.yaml", "/a")) == "/a"
    assert names.key(Where("/apis/shop/parts/one.yaml", "/a")) == "parts/one.yaml#/a"
    assert names.key(Where("/apis/shared.yaml")) == "../shared.yaml#"
    assert (
        names.key(Where("https://example.com/one.yaml", "/a")) == "https://example.com/one.yaml#/a"
    )


def test_a_table_that_gives_one_name_twice_is_not_believed_twice() -> None:
    scope = Names({"/a": "same", "/b": "same"}, Diagnostics(), HERE).scope()
    scope.hold({"/a": "", "/b": ""})
    assert scope.name("/a", "x", HERE) == "same"
    assert scope.name("/b", "x", HERE) == "x"

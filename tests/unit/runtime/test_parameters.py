"""Parameter styles: the examples of OpenAPI and RFC 6570, and what is refused."""

from __future__ import annotations

import datetime
import re
from typing import Any

import pytest

from generator.runtime import Model, Parameter
from generator.runtime.parameters import header_text, path_text, query_pairs
from tests.unit.runtime.conftest import MakeWorld
from tests.unit.runtime.facts import GET, Role, get
from tests.unit.runtime.probe import answer

ARRAY = ["blue", "black", "brown"]
OBJECT = {"R": 100, "G": 200, "B": 150}


def written(parameter: Parameter, value: Any) -> str:
    """The query a value makes."""
    return "&".join(f"{name}={text}" for name, text in query_pairs(parameter, value))


@pytest.mark.parametrize(
    ("style", "explode", "text", "array", "fields"),
    [
        ("", None, "blue", "blue,black,brown", "R,100,G,200,B,150"),
        ("simple", True, "blue", "blue,black,brown", "R=100,G=200,B=150"),
        ("label", False, ".blue", ".blue,black,brown", ".R,100,G,200,B,150"),
        ("label", True, ".blue", ".blue.black.brown", ".R=100.G=200.B=150"),
        ("matrix", False, ";color=blue", ";color=blue,black,brown", ";color=R,100,G,200,B,150"),
        (
            "matrix",
            True,
            ";color=blue",
            ";color=blue;color=black;color=brown",
            ";R=100;G=200;B=150",
        ),
    ],
)
def test_paths(style: str, explode: bool | None, text: str, array: str, fields: str) -> None:
    parameter = Parameter("color", "path", style, explode)
    assert [path_text(parameter, value) for value in ("blue", ARRAY, OBJECT)] == [
        text,
        array,
        fields,
    ]
    nothings: list[object] = ["", [], {}, None, [""]]
    for nothing in nothings:
        with pytest.raises(ValueError, match="'color' is empty"):
            path_text(parameter, nothing)


@pytest.mark.parametrize(
    ("style", "explode", "array", "fields"),
    [
        ("", None, "c=blue&c=black&c=brown", "R=100&G=200&B=150"),
        ("form", False, "c=blue,black,brown", "c=R,100,G,200,B,150"),
        ("spaceDelimited", None, "c=blue%20black%20brown", "c=R%20100%20G%20200%20B%20150"),
        ("pipeDelimited", None, "c=blue%7Cblack%7Cbrown", "c=R%7C100%7CG%7C200%7CB%7C150"),
        ("pipeDelimited", True, "c=blue&c=black&c=brown", None),
        ("deepObject", True, None, "c%5BR%5D=100&c%5BG%5D=200&c%5BB%5D=150"),
    ],
)
def test_queries(style: str, explode: bool | None, array: str | None, fields: str | None) -> None:
    parameter = Parameter("c", "query", style, explode)
    assert array is None or written(parameter, ARRAY) == array
    assert fields is None or written(parameter, OBJECT) == fields
    assert written(parameter, []) == ""
    assert written(parameter, {}) == ""


class _Point(Model, kw_only=True):
    x: int


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, "p=true"),
        (False, "p=false"),
        (None, "p=null"),
        (1.5, "p=1.5"),
        (Role.OWNER, "p=OWNER"),
        (Role("a b"), "p=a%20b"),
        (datetime.datetime(2023, 1, 1, tzinfo=datetime.UTC), "p=2023-01-01T00%3A00%3A00Z"),
        ((1, 2), "p=1&p=2"),
        ({3}, "p=3"),
        (_Point(x=1), "x=1"),
        ("%41/é", "p=%2541%2F%C3%A9"),
    ],
)
def test_values(value: object, text: str) -> None:
    assert written(Parameter("p", "query"), value) == text


def test_reserved_characters_and_content() -> None:
    reserved = Parameter("p", "query", allow_reserved=True)
    assert written(reserved, "a/b?c=%41 d%") == "p=a/b?c=%41%20d%25"
    content = Parameter("p", "query", media_type="application/json")
    assert written(content, {"a": [1]}) == "p=%7B%22a%22%3A%5B1%5D%7D"
    assert written(Parameter("p", "query", media_type="text/plain"), "x") == "p=x"


def test_headers() -> None:
    assert header_text(Parameter("X", "header"), ARRAY) == "blue,black,brown"
    assert header_text(Parameter("X", "header"), OBJECT) == "R,100,G,200,B,150"
    assert header_text(Parameter("X", "header", explode=True), OBJECT) == "R=100,G=200,B=150"
    assert header_text(Parameter("X", "header"), True) == "true"


def test_what_no_style_covers_is_refused() -> None:
    for value in ({"a": {"b": 1}}, [[1]], {"a": [[1]]}):
        with pytest.raises(ValueError, match="nested"):
            written(Parameter("p", "query"), value)


def test_two_parameters_of_one_name(make_world: MakeWorld) -> None:
    world = make_world(lambda r: answer(204))
    operation = get(
        "/things/{id}",
        responses=GET.responses,
        parameters=(
            Parameter("id", "path"),
            Parameter("id", "query", argument="query_id"),
            Parameter("id", "cookie", argument="cookie_id"),
            Parameter("Id", "header", argument="header_id"),
        ),
    )
    world.call(operation, id=1, query_id=2, cookie_id=[3, 4], header_id=5)
    sent = world.probe.requests[0]
    assert sent.target == "/things/1?id=2"
    assert (sent.headers["cookie"], sent.headers["id"]) == ("id=3; id=4", "5")
    assert re.fullmatch(r"probe/1", sent.headers["user-agent"])


def test_a_value_that_is_no_json_is_named() -> None:
    with pytest.raises(TypeError, match="parameter 'size': Encoding objects of type object"):
        query_pairs(Parameter("size", "query"), object())

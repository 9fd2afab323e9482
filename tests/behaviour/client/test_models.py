"""Models hold what servers send, whichever library they are made of, and send it back."""

from __future__ import annotations

import copy
import pickle
from typing import Any

import pytest

from tests.behaviour.client.conftest import Make
from tests.behaviour.client.server import Server
from tests.behaviour.client.test_generated import opened

JSON = "application/json"
SHELF = """\
paths:
  /shelf:
    get:
      operationId: getShelf
      tags: [Shelf]
      responses:
        "200":
          description: A shelf.
          content: {application/json: {schema: {$ref: '#/components/schemas/Shelf'}}}
    put:
      operationId: putShelf
      tags: [Shelf]
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: '#/components/schemas/Shelf'}}}
      responses: {"204": {description: Done.}}
  /counts:
    get:
      operationId: getCounts
      tags: [Shelf]
      responses:
        "200":
          description: Counts.
          content:
            application/json:
              schema: {type: object, additionalProperties: {type: array, items: {type: integer}}}
components:
  schemas:
    Shelf:
      type: object
      required: [name]
      properties:
        name: {type: string}
        things: {type: array, items: {$ref: '#/components/schemas/Thing'}}
        byName: {type: object, additionalProperties: {$ref: '#/components/schemas/Shelf'}}
        filter: {$ref: '#/components/schemas/Filter'}
        either: {type: [integer, string, 'null']}
        level: {enum: [1, 2, 3]}
        width: {type: number}
        whatever: {}
        copy: {type: integer}
        _hidden: {type: boolean}
    Thing:
      oneOf: [{$ref: '#/components/schemas/Book'}, {$ref: '#/components/schemas/Lamp'}]
      discriminator: {propertyName: thingKind, mapping: {book: Book, lamp: Lamp}}
    Book:
      type: object
      required: [thingKind]
      properties:
        thingKind: {type: string}
        cover: {oneOf: [{$ref: '#/components/schemas/Cloth'}, {$ref: '#/components/schemas/Card'}]}
        lamp: {$ref: '#/components/schemas/Lamp'}
    Lamp: {type: object, required: [thingKind], properties: {thingKind: {type: string}, watts: {type: integer}}}
    Cloth: {type: object, required: [made], properties: {made: {const: cloth}, grams: {type: integer}}}
    Card: {type: object, properties: {made: {type: string}, grams: {type: integer}}}
    Filter:
      oneOf: [{$ref: '#/components/schemas/And'}, {$ref: '#/components/schemas/Or'}, {type: integer}]
    And: {type: object, required: [all], properties: {all: {type: array, items: {$ref: '#/components/schemas/Filter'}}}}
    Or: {type: object, required: [any], properties: {any: {type: array, items: {$ref: '#/components/schemas/Filter'}}}}
"""


@pytest.fixture(scope="module")
def shelves(make: Make) -> Any:
    return make(SHELF)


def got(package: Any, answer: object) -> Any:
    """What the client makes of a shelf that a server sends."""
    return asked(package, answer)[0].shelf.get_shelf()


def asked(package: Any, answer: object) -> tuple[Any, Server]:
    """A client of a server that has one shelf."""
    answers: dict[str, tuple[int, str, Any]] = {
        "GET /shelf": (200, JSON, answer),
        "GET /counts": (200, JSON, answer),
        "PUT /shelf": (204, "", None),
    }
    return opened(package, answers)


WHOLE: dict[str, Any] = {
    "name": "a",
    "new": {"x": [1, None]},
    "either": None,
    "level": 7,
    "width": 2,
    "whatever": [{"y": 1}],
    "copy": 3,
    "_hidden": True,
    "things": [
        {"thingKind": "book", "cover": {"made": "cloth", "grams": 1}, "more": 1},
        {"thingKind": "book", "cover": {"made": "paper"}, "lamp": {"thingKind": "lamp"}},
        {"thingKind": "vase", "lamp": {"watts": "none"}},
        {"lamp": "of no kind"},
    ],
    "byName": {"b": {"name": "b", "newer": 2}, "c": {"name": "c", "byName": {}}},
    "filter": {"all": [1, {"any": [2, {"all": [], "newest": 3}]}]},
}


def test_everything_goes_back_as_it_came(shelves: Any) -> None:
    client, server = asked(shelves, WHOLE)
    client.shelf.put_shelf(client.shelf.get_shelf())
    assert server.asked[-1].body == WHOLE


def test_members_of_unions_are_found(shelves: Any) -> None:
    models, shelf = shelves.models, got(shelves, WHOLE)
    kinds = [type(each) for each in shelf.things]
    assert kinds == [models.Book, models.Book, models.UnknownThing, models.UnknownThing]
    assert isinstance(shelf.things[0].cover, models.Cloth)
    assert isinstance(shelf.things[1].cover, models.Card)
    assert shelf.things[2].raw == WHOLE["things"][2]
    assert (shelf.things[0].thing_kind, shelf.things[1].lamp.thing_kind) == ("book", "lamp")
    assert isinstance(shelf.filter, models.And)
    assert isinstance(shelf.filter.all[1], models.Or)
    assert shelf.filter.all[1].any[1].extra_fields == {"newest": 3}


def test_absent_is_unset_and_unknown_is_kept(shelves: Any) -> None:
    shelf = got(shelves, {"name": "a", "either": None, "level": 9, "extra": 1})
    assert (shelf.things, shelf.either, shelf.level.is_known) == (shelves.UNSET, None, False)
    assert dict(shelf.extra_fields) == {"extra": 1}


def test_a_whole_number_may_have_come_with_a_fraction(shelves: Any) -> None:
    number = 2.0
    answer = {
        "name": "a",
        "either": number,
        "level": number,
        "filter": {"any": [number]},
        "things": [{"thingKind": "book", "lamp": {"thingKind": "lamp", "watts": number}}],
    }
    shelf = got(shelves, answer)
    found = (shelf.either, shelf.level, shelf.filter.any[0], shelf.things[0].lamp.watts)
    assert found == (2, 2, 2, 2)
    assert all(isinstance(each, int) for each in found)


def test_numbers_that_no_field_has_are_exact(shelves: Any) -> None:
    number = "0.1000000000000000055511151231257827"
    answer = (
        f'{{"name": "a", "new": {number}, "byName": {{"b": {{"name": "b", "n": [{number}]}}}}}}'
    )
    client, server = opened(
        shelves, {"GET /shelf": (200, JSON, answer), "PUT /shelf": (204, "", None)}
    )
    client.shelf.put_shelf(client.shelf.get_shelf())
    assert server.asked[-1].raw.count(number.encode()) == 2


def test_maps_and_lists_are_plain(shelves: Any) -> None:
    assert asked(shelves, {"a": [1, 2.0]})[0].shelf.get_counts() == {"a": [1, 2]}


@pytest.mark.parametrize(
    ("answer", "path"),
    [
        ({"name": 1}, "$.name"),
        ({"name": "a", "byName": {"b": {"name": "b", "byName": {"c": 1}}}}, "$.byName"),
        ({"name": "a", "either": 1.5}, "$.either"),
        ({"name": "a", "width": "1"}, "$.width"),
        ({"name": "a", "_hidden": 1}, "$._hidden"),
        ({"name": "a", "copy": True}, "$.copy"),
        ({"name": "a", "things": [{"thingKind": "lamp"}, {"thingKind": "lamp", "watts": "1"}]}, "$.things[1].watts"),
        ({"name": "a", "things": [7]}, "$.things[0]"),
        ({"name": "a", "level": "1"}, "$.level"),
        ([], "$"),
    ],
)  # fmt: skip
def test_what_does_not_fit_names_its_path(shelves: Any, answer: object, path: str) -> None:
    with pytest.raises(shelves.errors.DecodeError) as caught:
        got(shelves, answer)
    error: Any = caught.value
    assert error.path.startswith(path)


def test_what_fits_no_member_names_them(shelves: Any) -> None:
    with pytest.raises(shelves.errors.DecodeError, match=r"And: .*; Or: "):
        got(shelves, {"name": "a", "filter": {"all": "no"}})


def test_what_is_no_json_is_said(shelves: Any) -> None:
    for text in ("", "{", "NaN", '{"name": NaN}', '{"name": "a", "width": Infinity}'):
        client, _ = opened(shelves, {"GET /shelf": (200, JSON, text)})
        with pytest.raises(shelves.errors.DecodeError):
            client.shelf.get_shelf()


def test_models_compare_copy_and_pickle(shelves: Any) -> None:
    shelf = got(shelves, WHOLE)
    assert shelf == got(shelves, WHOLE)
    assert copy.copy(shelf).extra_fields == shelf.extra_fields
    again = pickle.loads(pickle.dumps(shelf))
    assert again == shelf
    assert again.extra_fields == shelf.extra_fields
    assert again.things[0].extra_fields == {"more": 1}


def test_what_is_wrong_is_refused_before_it_is_sent(shelves: Any) -> None:
    models = shelves.models
    for wrong in ({}, {"name": "a", "nmae": "b"}):
        with pytest.raises((TypeError, ValueError)):
            models.Shelf(**wrong)
    client, server = asked(shelves, WHOLE)
    with pytest.raises(ValueError, match="width is no number that JSON can say"):
        client.shelf.put_shelf(models.Shelf(name="a", width=float("nan")))
    assert not server.asked


def test_a_field_may_be_set_and_unset_again(shelves: Any) -> None:
    client, server = asked(shelves, WHOLE)
    shelf = shelves.models.Shelf(name="a", width=1.5, things=[shelves.models.Lamp(watts=1)])
    client.shelf.put_shelf(shelf)
    shelf.width, shelf.either = shelves.UNSET, None
    client.shelf.put_shelf(shelf)
    things = [{"thingKind": "lamp", "watts": 1}]
    assert [each.body for each in server.asked] == [
        {"name": "a", "width": 1.5, "things": things},
        {"name": "a", "either": None, "things": things},
    ]


def test_unions_in_unions_are_looked_at_once(make: Make) -> None:
    """Each level may be either of two members: tried anew each time, 40 levels would never end."""
    package = make(SHELF.replace("any", "all"))
    with pytest.raises(package.errors.DecodeError):
        got(package, {"name": "a", "filter": _deep("no", 40)})
    assert isinstance(
        got(package, {"name": "a", "filter": _deep(1, 40)}).filter, package.models.And
    )


def _deep(leaf: object, levels: int) -> Any:
    for _ in range(levels):
        leaf = {"all": [leaf]}
    return leaf


PROBLEMS = """\
paths:
  /shelf:
    get:
      operationId: getShelf
      tags: [Shelf]
      responses:
        "200":
          description: A problem.
          content:
            application/json:
              schema:
                anyOf: [{$ref: '#/components/schemas/Refused'}, {$ref: '#/components/schemas/Bare'}]
        "202":
          description: Another one.
          content:
            application/json:
              schema:
                anyOf: [{$ref: '#/components/schemas/Bare'}, {$ref: '#/components/schemas/Full'}]
components:
  schemas:
    Refused:
      type: object
      required: [name]
      properties: {name: {const: refused}, reason: {type: string}}
    Bare: {type: object, required: [kind], properties: {kind: {const: bare}}}
    Full: {type: object, required: [kind], properties: {kind: {const: full}}}
"""


def test_an_object_without_its_tag_is_of_another_member(make: Make) -> None:
    package = make(PROBLEMS)
    came = {"name": "newer", "reason": "x"}
    assert got(package, came) == package.models.Refused(name="newer", reason="x")
    assert got(package, {"kind": "bare"}) == package.models.Bare()

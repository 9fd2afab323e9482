"""Models of pydantic are pydantic's: they dump, validate and describe themselves."""

from __future__ import annotations

import importlib
import json
import sys
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from tests.behaviour.client.conftest import Make
from tests.behaviour.client.test_models import SHELF, WHOLE, got


@pytest.fixture(scope="module", params=["pydantic"])
def library(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def shelves(make: Make) -> Any:
    return make(SHELF)


def test_a_dump_has_what_is_described_and_set(shelves: Any) -> None:
    shelf = got(shelves, {**WHOLE, "things": [], "byName": {}, "filter": 1})
    dumped = shelf.model_dump(by_alias=True, mode="json")
    described = {**WHOLE, "things": [], "byName": {}, "filter": 1}
    del described["new"]
    assert dumped == described
    assert shelf.model_dump(exclude={"width"}).keys() == {
        *("name", "things", "by_name", "filter", "either", "level", "whatever", "copy_", "hidden")
    }


def test_what_was_dumped_is_valid_again(shelves: Any) -> None:
    models = shelves.models
    lamp = models.Lamp(watts=1)
    shelf = models.Shelf(name="a", things=[lamp], copy_=1, by_name={"b": models.Shelf(name="b")})
    assert models.Shelf.model_validate(shelf.model_dump(by_alias=True)) == shelf
    assert models.Shelf.model_validate_json(shelf.model_dump_json(by_alias=True)) == shelf
    assert models.Lamp.model_validate(lamp.model_dump()) == lamp


def test_plain_values_become_models(shelves: Any) -> None:
    things = [{"thingKind": "lamp", "watts": "3"}, {"thingKind": "vase"}]
    shelf = shelves.models.Shelf(name="a", things=things, filter={"all": [1]})
    assert shelf.things[0] == shelves.models.Lamp(watts=3)
    assert shelf.things[1] == shelves.models.UnknownThing(raw=things[1])
    assert shelf.filter == shelves.models.And(all=[1])


def test_what_is_wrong_is_said_without_its_value(shelves: Any) -> None:
    with pytest.raises(ValidationError) as caught:
        shelves.models.Shelf(name=["secret"], nmae="secret")
    assert "secret" not in str(caught.value)
    assert caught.value.error_count() == 2


def test_a_name_of_pydantics_own_is_another_in_python(shelves: Any) -> None:
    shelf = shelves.models.Shelf(name="a", copy_=4)
    assert json.loads(shelf.model_dump_json(by_alias=True)) == {"name": "a", "copy": 4}
    assert callable(shelf.copy)


def test_a_name_in_python_is_no_name_on_the_wire(shelves: Any) -> None:
    shelf = got(shelves, {"name": "a", "hidden": 1, "_hidden": True})
    assert (shelf.hidden, dict(shelf.extra_fields)) == (True, {"hidden": 1})


@pytest.mark.filterwarnings("ignore::pydantic.json_schema.PydanticJsonSchemaWarning")
def test_models_describe_themselves(shelves: Any) -> None:
    schema = TypeAdapter(list[shelves.models.Shelf]).json_schema()
    shelf = schema["$defs"]["Shelf"]
    assert shelf["required"] == ["name"]
    assert shelf["properties"]["things"]["items"]["oneOf"][0] == {"$ref": "#/$defs/Book"}


def test_a_model_is_built_when_it_is_first_used(make: Make) -> None:
    models = make(SHELF).models
    assert not models.Shelf.__pydantic_complete__
    models.Shelf(name="a")
    assert models.Shelf.__pydantic_complete__


def test_a_key_called_as_a_member_of_a_union_is_no_trouble(make: Make) -> None:
    package = make(
        SHELF.replace("thingKind: {type: string}, watts", "lamp: {type: integer}, watts", 1)
    )
    things = [{"thingKind": "lamp", "lamp": 2.0, "watts": 3.0}]
    lamp = got(package, {"name": "a", "things": things}).things[0]
    assert (lamp.lamp, lamp.watts) == (2, 3)


def test_the_package_is_imported_without_building_any_model(make: Make) -> None:
    package = make(SHELF)
    assert f"{package.__name__}.models" in sys.modules
    models = importlib.import_module(f"{package.__name__}.models")
    kinds = [each for each in vars(models).values() if hasattr(each, "model_fields")]
    assert not any(
        each.__pydantic_complete__ for each in kinds if each.__module__ == models.__name__
    )


def test_a_model_called_as_something_built_in_is_found(make: Make) -> None:
    package = make(SHELF.replace("Lamp", "Warning"))
    things = [{"thingKind": "book", "lamp": {"thingKind": "lamp", "watts": 1}}]
    shelf = got(package, {"name": "a", "things": things})
    assert isinstance(shelf.things[0].lamp, package.models.Warning_)


def test_another_tag_than_its_own_is_kept_outside_of_a_union(shelves: Any) -> None:
    things = [{"thingKind": "book", "lamp": {"thingKind": "torch", "watts": 1}}]
    lamp = got(shelves, {"name": "a", "things": things}).things[0].lamp
    assert (type(lamp), lamp.thing_kind) == (shelves.models.Lamp, "torch")

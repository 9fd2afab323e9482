"""Answers with unknown fields: read as before, and fast from the second one on."""

from __future__ import annotations

import copy
import gc
import json
import pickle
from typing import Any

import pytest

from generator.runtime import UNSET, DecodeError, Model, UnsetType, field
from generator.runtime import learned as learned_module
from generator.runtime.decode import decode_json
from generator.runtime.learned import learned_decoder
from tests.unit.runtime.facts import Cat, Dog, Thing, UnknownPet
from tests.unit.runtime.probe import answer
from tests.unit.runtime.test_sending import sent


class Leaf(Model, kw_only=True):
    leaf_name: str = field(name="leafName")
    size: int | UnsetType = field(default=UNSET, name="theSize")


class Tree(Model, kw_only=True):
    leaves: list[Leaf] = field(default_factory=list[Leaf])
    by_name: dict[str, Leaf | None] | UnsetType = field(default=UNSET, name="byName")
    pet: Cat | Dog | UnknownPet | UnsetType = UNSET


@pytest.fixture(autouse=True)
def _fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(learned_module, "_names", {})
    monkeypatch.setattr(learned_module, "_decoders", {})


def read(value: object, wanted: Any = Tree) -> Any:
    return decode_json(answer(200, json.dumps(value).encode()), wanted)


CAME = {
    "leaves": [{"leafName": "a", "theSize": 1, "new": {"x": 1}}, {"leafName": "b"}],
    "byName": {"c": {"leafName": "c", "newer": None}, "d": None},
    "pet": {"kind": "cat", "lives": 3, "colour": "red"},
    "newest": [1],
}


def _looks_right(tree: Any) -> None:
    assert isinstance(tree, Tree)
    assert [leaf.leaf_name for leaf in tree.leaves] == ["a", "b"]
    assert [dict(leaf.extra_fields) for leaf in tree.leaves] == [{"new": {"x": 1}}, {}]
    assert isinstance(tree.by_name, dict)
    assert tree.by_name["c"] is not None
    assert tree.by_name["c"].extra_fields == {"newer": None}
    assert isinstance(tree.pet, Cat)
    assert (tree.pet.lives, dict(tree.pet.extra_fields)) == (3, {"colour": "red"})
    assert tree.extra_fields == {"newest": [1]}


def pickled(value: Any) -> Any:
    return pickle.loads(pickle.dumps(value))


def test_the_second_answer_is_as_the_first() -> None:
    first = read(CAME)
    assert learned_decoder(Tree) is not None
    second = read(CAME)
    assert type(second) is not Tree
    copies = [
        make(tree) for tree in (first, second) for make in (copy.copy, copy.deepcopy, pickled)
    ]
    for tree in (first, second, *copies):
        _looks_right(tree)
        assert sent(tree, extra=True) == CAME
        assert sent(tree) == {
            "leaves": [{"leafName": "a", "theSize": 1}, {"leafName": "b"}],
            "byName": {"c": {"leafName": "c"}, "d": None},
            "pet": {"kind": "cat", "lives": 3},
        }
    assert first == second == first
    assert repr(first) == repr(second)
    assert second != Leaf(leaf_name="a")
    assert second != 1


def test_what_comes_later_is_learned_too() -> None:
    read({"leaves": [{"leafName": "a", "new": 1}]})
    tree = read({"leaves": [{"leafName": "a", "new": 1, "more": 2}]})
    assert tree.leaves[0].extra_fields == {"new": 1, "more": 2}
    again = read({"leaves": [{"leafName": "a", "more": 3}]})
    assert again.leaves[0].extra_fields == {"more": 3}
    assert read({}) == Tree()


def test_what_does_not_fit_is_still_refused_with_its_path() -> None:
    read(CAME)
    with pytest.raises(DecodeError) as caught:
        read({"leaves": [{"leafName": 1, "new": 1}]})
    assert caught.value.path == "$.leaves[0].leafName"


def test_an_unknown_tag_after_learning() -> None:
    read(CAME)
    tree = read({"pet": {"kind": "newt", "new": 1}, "newest": 2})
    assert isinstance(tree.pet, UnknownPet)
    assert tree.pet.raw == {"kind": "newt", "new": 1}
    assert tree.extra_fields == {"newest": 2}


def test_a_type_that_holds_itself_is_read_the_slow_way() -> None:
    for _ in range(2):
        thing = read({"name": "a", "new": 1, "parent": {"name": "b", "new": 2}}, Thing)
        assert (thing.extra_fields, thing.parent.extra_fields) == ({"new": 1}, {"new": 2})
    assert learned_decoder(Thing) is None


def test_a_server_with_ever_new_names_costs_no_memory() -> None:
    for number in range(100):
        assert read({"leafName": "a", f"n{number}": 1}, Leaf).extra_fields == {f"n{number}": 1}
    assert len(learned_module.__dict__["_names"][Leaf]) <= 32


def test_the_garbage_collector_passes_models_over() -> None:
    for _ in range(2):
        tree = read(CAME)
        assert not any(gc.is_tracked(each) for each in (tree, *tree.leaves, tree.pet))

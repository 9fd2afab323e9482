"""Overlays: what each action does, where the result says it was written, and what is refused."""

from __future__ import annotations

import pytest

from generator.diagnostics import Diagnostics, Where
from generator.document import Document, Json, Spans, apply, follow, read
from tests.unit.document.folder import HEAD, Folder

BASE = """\
info: {title: t}
list:
  - a
  - {k: b, n: 1}
  - c
  - {k: d, n: 2}
map:
  one: {x: 1, tags: [p]}
  two: {x: 2}
"""


def document(name: str, text: str) -> Document:
    found = read(name, text.encode(), Diagnostics())
    assert found is not None
    return found


def overlay(actions: str, version: str = "1.1.0", name: str = "o.yaml") -> Document:
    head = f"overlay: {version}\ninfo: {{title: o, version: '1'}}\nactions:\n"
    return document(name, head + actions)


def applied(actions: str, *more: str, base: str = BASE) -> tuple[Document, list[tuple[str, str]]]:
    diagnostics = Diagnostics()
    overlays = [overlay(text, name=f"o{i}.yaml") for i, text in enumerate((actions, *more))]
    result = apply(document("b.yaml", base), overlays, diagnostics)
    spans = Spans([result])
    return result, [(each.code, str(spans.find(each.where))) for each in diagnostics]


def at(root: Json, *tokens: str | int) -> Json:
    return follow(root, [str(token) for token in tokens])


def test_update_merges_mappings_and_lists() -> None:
    result, faults = applied(
        "- target: $.map.one\n" "  update: {x: 9, tags: [q], new: {deep: 1}}\n"
    )
    assert faults == []
    assert at(result.root, "map", "one") == {"x": 9, "tags": ["p", "q"], "new": {"deep": 1}}
    assert at(document("b.yaml", BASE).root, "map", "one") == {"x": 1, "tags": ["p"]}


def test_update_of_a_list_appends_one_entry() -> None:
    result, faults = applied(
        "- target: $.list\n  update: {k: e}\n- target: $.list\n  update: [f]\n"
    )
    assert faults == []
    appended = [at(result.root, "list", index) for index in (4, 5)]
    assert appended == [{"k": "e"}, ["f"]]


def test_update_of_several_targets_shares_nothing() -> None:
    result, _ = applied(
        "- target: $.map.*\n  update: {s: {t: []}}\n- target: $.map.one.s.t\n  update: 1\n"
    )
    assert at(result.root, "map", "one", "s") == {"t": [1]}
    assert at(result.root, "map", "two", "s") == {"t": []}


def test_update_of_primitives_replaces_them() -> None:
    result, faults = applied("- target: $.map.*.x\n  update: null\n")
    assert faults == []
    assert at(result.root, "map", "two") == {"x": None}


def test_the_root_can_be_updated() -> None:
    result, faults = applied("- target: $\n  update: {info: {version: '2'}}\n")
    assert faults == []
    assert at(result.root, "info") == {"title": "t", "version": "2"}


def test_remove() -> None:
    result, faults = applied(
        "- target: $.list[?@.n > 0]\n  remove: true\n  update: {ignored: 1}\n"
        "- target: $..x\n  remove: true\n"
    )
    assert faults == []
    assert at(result.root, "list") == ["a", "c"]
    assert at(result.root, "map") == {"one": {"tags": ["p"]}, "two": {}}


def test_remove_of_a_parent_and_its_child() -> None:
    result, faults = applied("- target: $.map..*\n  remove: true\n")
    assert faults == []
    assert at(result.root, "map") == {}


def test_copy() -> None:
    result, faults = applied("- target: $.map.two\n  copy: $.map.one\n")
    assert faults == []
    assert at(result.root, "map", "two") == {"x": 1, "tags": ["p"]}


def test_overlays_apply_in_order() -> None:
    result, faults = applied(
        "- target: $.map\n  update: {three: {x: 3}}\n", "- target: $.map.three\n  update: {y: 4}\n"
    )
    assert faults == []
    assert at(result.root, "map", "three") == {"x": 3, "y": 4}


def test_every_part_knows_where_it_was_written() -> None:
    result, _ = applied(
        "- target: $.list[0]\n"
        "  remove: true\n"
        "- target: $.list\n"
        "  update: {k: e}\n"
        "- target: $.map.one\n"
        "  update:\n"
        "    x: 9\n"
        "    tags: [q]\n"
        "    new: {deep: 1}\n"
        "- target: $.map.two\n"
        "  copy: $.map.one\n",
        "- target: $.map.one.new\n  update: {deep: 2, more: 3}\n",
    )
    spans = Spans([result])
    places = {
        pointer: str(spans.find(Where("b.yaml", pointer)))
        for pointer in (
            "/info/title",
            "/list/0",
            "/list/0/k",
            "/list/1",
            "/list/2/n",
            "/list/3",
            "/list/3/k",
            "/map/one",
            "/map/one/x",
            "/map/one/tags/0",
            "/map/one/tags/1",
            "/map/one/new",
            "/map/one/new/deep",
            "/map/one/new/more",
            "/map/two/tags/0",
            "/map/two/x",
        )
    }
    assert places == {
        "/info/title": "b.yaml:1:8",
        "/list/0": "b.yaml:4:5",
        "/list/0/k": "b.yaml:4:6",
        "/list/1": "b.yaml:5:5",
        "/list/2/n": "b.yaml:6:12",
        "/list/3": "o0.yaml:7:3",
        "/list/3/k": "o0.yaml:7:12",
        "/map/one": "b.yaml:8:3",
        "/map/one/x": "o0.yaml:10:5",
        "/map/one/tags/0": "b.yaml:8:22",
        "/map/one/tags/1": "o0.yaml:11:12",
        "/map/one/new": "o0.yaml:12:5",
        "/map/one/new/deep": "o1.yaml:5:12",
        "/map/one/new/more": "o1.yaml:5:21",
        "/map/two/tags/0": "o0.yaml:14:3",
        "/map/two/x": "o0.yaml:14:3",
    }


def test_a_second_application_keeps_the_places_of_the_first() -> None:
    first, _ = applied("- target: $.list\n  update: {k: e}\n")
    second = apply(
        first, [overlay("- target: $.list[1]\n  remove: true\n", name="p.yaml")], Diagnostics()
    )
    spans = Spans([second])
    assert str(spans.find(Where("b.yaml", "/list/3/k"))) == "o0.yaml:5:12"
    assert str(spans.find(Where("b.yaml", "/list/1"))) == "b.yaml:5:5"


@pytest.mark.parametrize(
    ("action", "code", "line"),
    [
        ("- target: $.nothing\n  update: {}\n", "overlay-no-match", 4),
        ("- remove: true\n  target: $.list[7]\n", "overlay-no-match", 5),
        ("- target: $.map.one\n  copy: $.nothing\n", "overlay-no-match", 5),
        ("- target: $.map.one\n  copy: $.map.*\n", "overlay-invalid", 5),
        ("- target: $.map[\n  update: {}\n", "overlay-invalid", 4),
        ("- target: $.map.one\n  copy: map\n", "overlay-invalid", 5),
        ("- target: $\n  remove: true\n", "overlay-invalid", 4),
        ("- target: $.map.one\n  update: 5\n", "overlay-invalid", 5),
        ("- target: $.map.one\n  update: {tags: 5}\n", "overlay-invalid", 5),
        ("- target: $.map.one.x\n  update: {}\n", "overlay-invalid", 5),
        ("- update: {}\n", "overlay-invalid", 4),
        ("- target: $.map\n", "overlay-invalid", 4),
        ("- target: $.map\n  remove: 'yes'\n", "overlay-invalid", 4),
        ("- target: $.map\n  copy: $.list\n  update: {}\n", "overlay-invalid", 4),
        ("- text\n", "overlay-invalid", 4),
    ],
)
def test_refused(action: str, code: str, line: int) -> None:
    result, faults = applied(action)
    assert [(found, place.split(":")[:2]) for found, place in faults] == [
        (code, ["o0.yaml", str(line)])
    ]
    assert at(result.root, "list") == at(document("b.yaml", BASE).root, "list")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("- a", 1),
        ("info: {}\noverlay: 2.0.0\nactions: []", 2),
        ("overlay: 1.0.0\nactions: []", 2),
        ("overlay: 1.0.0\ninfo: {}", 1),
        ("overlay: 1.0.0\nactions:\n- {target: $.map, copy: $.info}", 3),
    ],
)
def test_no_valid_overlay(text: str, line: int) -> None:
    diagnostics = Diagnostics()
    bad = document("o.yaml", text)
    apply(document("b.yaml", BASE), [bad], diagnostics)
    (only,) = diagnostics
    assert only.code == "overlay-invalid"
    assert Spans([bad]).find(only.where).line == line


def test_load_applies_overlays_before_references_are_resolved() -> None:
    folder = Folder(
        main_yaml=HEAD + "components: {schemas: {A: {$ref: '#/components/schemas/B'}}}\n",
        fix_yaml="overlay: 1.0.0\ninfo: {title: o, version: '1'}\nactions:\n"
        "- target: $.components.schemas\n  update:\n    B: {$ref: '#/components/schemas/C'}\n",
    )
    resolved = folder.load("main.yaml", "fix.yaml")
    assert folder.reported(resolved) == [("reference-nowhere", "fix.yaml:6:9")]


def test_deep_data_is_copied_without_recursion() -> None:
    base = "a: " + "[" * 998 + "]" * 998
    result, faults = applied("- target: $\n  update: {b: 1}\n", base=base)
    assert faults == []
    assert at(result.root, "b") == 1

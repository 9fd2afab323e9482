"""Positions: of keys, of items, and of the nearest parent of what is not written out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.diagnostics import Diagnostics, Span, Where
from generator.document import Document, Spans, read
from generator.document import spans as spans_module
from generator.document.event_places import find_in_events
from generator.document.json_places import find_in_json
from generator.document.wanted import Wanted

TEXT = """\
# comment
openapi: 3.0.0
paths:
  /a/{b}:
    get:
      tags: [x, "y", {z: 1}]
      responses:
        200: {description: d}
        '404':
          description: |
            long
            text
list:
  - name: one
    deep:
    - - 1
      - 2
  - &anchor
    k: v
  - *anchor
base: &base {p: 1}
merged:
  <<: *base
  q: 2
last: end
"""


def document(text: str, name: str = "x.yaml") -> Document:
    diagnostics = Diagnostics()
    found = read(name, text.encode(), diagnostics)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("pointer", "line", "column"),
    [
        ("", 2, 1),
        ("/openapi", 2, 1),
        ("/paths/~1a~1{b}", 4, 3),
        ("/paths/~1a~1{b}/get", 5, 5),
        ("/paths/~1a~1{b}/get/tags/0", 6, 14),
        ("/paths/~1a~1{b}/get/tags/1", 6, 17),
        ("/paths/~1a~1{b}/get/tags/2/z", 6, 23),
        ("/paths/~1a~1{b}/get/responses/200", 8, 9),
        ("/paths/~1a~1{b}/get/responses/200/description", 8, 15),
        ("/paths/~1a~1{b}/get/responses/404", 9, 9),
        ("/list/0", 14, 5),
        ("/list/0/name", 14, 5),
        ("/list/0/deep/0/1", 17, 9),
        ("/list/1/k", 19, 5),
        ("/last", 25, 1),
    ],
)
def test_position(pointer: str, line: int, column: int) -> None:
    spans = Spans([document(TEXT)])
    assert spans.find(Where("x.yaml", pointer)) == Span("x.yaml", line, column)


@pytest.mark.parametrize(
    ("pointer", "line"),
    [
        ("/paths/~1a~1{b}/get/nothing/here", 5),
        ("/list/9/name", 13),
        ("/list/2/k", 20),
        ("/merged/p", 22),
        ("/nothing", 2),
        ("/openapi/deeper", 2),
    ],
)
def test_the_nearest_parent_stands_in(pointer: str, line: int) -> None:
    assert Spans([document(TEXT)]).find(Where("x.yaml", pointer)).line == line


def test_many_places_take_one_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    passes: list[str] = []
    search = spans_module.search

    def counted(text: str, pointers: set[str]) -> dict[str, tuple[int, int]]:
        passes.append(text)
        return search(text, pointers)

    monkeypatch.setattr(spans_module, "search", counted)
    spans = Spans([document(TEXT), document("a: 1", "y.yaml")])
    wheres = [Where("x.yaml", "/last"), Where("y.yaml", "/a"), Where("x.yaml", "/list/1")]
    found = spans.find_all([*wheres, Span("z", 7)])
    assert [str(span) for span in found.values()] == [
        "x.yaml:25:1",
        "y.yaml:1:1",
        "x.yaml:18:5",
        "z:7:1",
    ]
    assert len(passes) == 2
    assert spans.find(wheres[0]) == found[wheres[0]]
    assert len(passes) == 2


def test_reading_stops_at_the_last_place() -> None:
    """What comes behind is not even looked at: here it is not well-formed."""
    assert spans_module.search("a: 1\nb: 2\nc: [", ["/b"]) == {"/b": (2, 1)}


def test_json_with_what_libyaml_refuses_or_counts_differently() -> None:
    text = '{\n\t"a\u2028": "\\ud83d\\ude00\x7f",\n\t"b":[1,\n{"c\\/d":2}]\n}'
    spans = Spans([document(text, "x.json")])
    assert spans.find(Where("x.json", "/a\u2028")) == Span("x.json", 2, 2)
    assert spans.find(Where("x.json", "/b/1/c~1d")) == Span("x.json", 4, 2)


def test_an_unknown_document_has_a_beginning() -> None:
    assert Spans([]).find(Where("gone.yaml", "/a")) == Span("gone.yaml", 1, 1)


_JSON: st.SearchStrategy[object] = st.recursive(
    st.one_of(st.none(), st.integers(-9, 9), st.text(alphabet='a/~"\\\u2028é', max_size=4)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.text(alphabet="ab/~0 é", max_size=3), inner, max_size=3),
    ),
    max_leaves=9,
)


def _pointers(value: object, where: Where) -> Iterator[str]:
    yield where.pointer
    if isinstance(value, dict):
        for key, child in cast("dict[str, object]", value).items():
            yield from _pointers(child, where.at(key))
    elif isinstance(value, list):
        for index, child in enumerate(cast("list[object]", value)):
            yield from _pointers(child, where.at(index))


@given(
    st.one_of(st.lists(_JSON), st.dictionaries(st.text(alphabet="ab/~", max_size=2), _JSON)),
    st.data(),
)
@settings(max_examples=150, deadline=None)
def test_json_and_events_find_the_same_places(value: object, data: st.DataObject) -> None:
    text = " \n" + json.dumps(value, indent=data.draw(st.sampled_from((None, 0, 3))))
    pointers = data.draw(st.sets(st.sampled_from([*_pointers(value, Where("x")), "/no", "/0/no"])))
    by_json, by_events = Wanted(pointers), Wanted(pointers)
    assert find_in_json(text, by_json)
    find_in_events(text, by_events)
    assert by_json.positions() == by_events.positions()


@pytest.mark.parametrize("text", ["{[1]: 2, a: 1}", "{1: 2, a: 1}", '{"b" "c", a: 1}', "[1, 2"])
def test_what_is_no_json_is_left_to_the_events(text: str) -> None:
    assert not find_in_json(text, Wanted(["/a", "/2"]))
    assert spans_module.search("\n{b: [1], a: 1}", ["/a"]) == {"/a": (2, 10)}

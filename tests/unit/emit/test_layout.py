"""Declarations are laid out as Black lays them out."""

from __future__ import annotations

import ast

import black
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.emit.black_style import black_style
from generator.emit.format import formatted, is_settled, tidied
from generator.emit.layout import assigned, code, declared, imported
from generator.plan import Call, Code, Value
from generator.plan.types import ListOf, MapOf, Plain, Type, annotation, union
from generator.plan.views.models import FieldView
from generator.plan.views.text import About, ImportView, TypeView

_WORD = st.text(alphabet="abcdefgh", min_size=1, max_size=30)
_TEXT = st.text(alphabet="ab \"'\\n\té", max_size=40)
_LEAF: st.SearchStrategy[Value] = st.one_of(_TEXT, st.integers(-5, 99), st.booleans(), st.none())
_VALUE: st.SearchStrategy[Value] = st.recursive(
    _LEAF,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4).map(tuple),
        st.dictionaries(_TEXT, inner, max_size=3),
        st.builds(
            Call,
            _WORD.map(lambda word: f"f_{word}"),
            st.lists(inner, max_size=3).map(tuple),
            st.dictionaries(_WORD.map(lambda word: f"k_{word}"), inner, max_size=3),
            st.booleans(),
        ),
    ),
    max_leaves=12,
)


@settings(max_examples=80, deadline=None)
@given(_VALUE, _WORD)
def test_black_agrees_with_the_layout_of_a_declaration(value: Value, name: str) -> None:
    module = f"v_{name} = {code(value, 0, len(name) + 5)}\n"
    ast.parse(module)
    assert black.format_str(formatted(module, black_style), mode=black.Mode()) == formatted(
        module, black_style
    )


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 120), st.booleans())
def test_black_agrees_with_the_layout_of_a_string(length: int, typed: bool) -> None:
    name = "value: str" if typed else "VALUE"
    module = f"class A:\n    {assigned('x' * length, name, 4)}\n"
    assert is_settled(module)
    assert black.format_str(module, mode=black.Mode()) == module


_TYPE: st.SearchStrategy[Type] = st.recursive(
    _WORD.map(lambda word: Plain(word.title())),
    lambda inner: st.one_of(
        inner.map(ListOf),
        inner.map(MapOf),
        st.lists(inner, min_size=2, max_size=4).map(lambda kinds: union(*kinds)),
    ),
    max_leaves=6,
)


@settings(max_examples=80, deadline=None)
@given(_TYPE, _WORD, st.booleans())
def test_black_agrees_with_the_layout_of_a_field(kind: Type, name: str, optional: bool) -> None:
    name = f"f_{name}"
    default = Code("UNSET") if optional else None
    kind = union(kind, Plain("UnsetType")) if optional else kind
    written = annotation(kind, "", len(name) + 2, 8 if optional else 0, 4)
    field = FieldView(
        name=name,
        wire=name,
        annotation=written,
        shown=TypeView(text=""),
        default=default,
        doc=(),
        kind=kind,
        about=About(),
    )
    module = f"class A:\n    {declared(field)}\n"
    assert black.format_str(formatted(module, black_style), mode=black.Mode()) == formatted(
        module, black_style
    )


def test_imports_are_grouped_and_exploded_where_too_wide() -> None:
    views = (
        ImportView(module="typing", names=("Any",)),
        ImportView(module="._runtime", names=tuple(f"VeryLongName{n}" for n in range(8))),
    )
    text = imported(views)
    assert text.startswith(
        "from typing import Any\n\nfrom ._runtime import (\n    VeryLongName0,\n"
    )
    assert black.format_str(text + "\n", mode=black.Mode()) == text + "\n"


def test_a_module_that_black_would_break_goes_through_black() -> None:
    module = f"{'a' * 50} = {'b' * 50}.c\n"
    assert not is_settled(module)
    assert formatted(module, black_style) == black.format_str(module, mode=black.Mode())


def test_markdown_is_tidied_but_for_code() -> None:
    said = "# A  \n\n\n\ntext\n```python\na\n\n\nb\n```\n\n\n"
    assert tidied(said) == "# A\n\ntext\n```python\na\n\n\nb\n```\n"


@settings(max_examples=150, deadline=None)
@given(st.integers(40, 80), st.sampled_from(("raw", "async_raw", "streamed", "async_streamed")))
def test_black_agrees_with_the_layout_of_a_wide_attribute(length: int, wrap: str) -> None:
    name = "n" * length
    call = Call(wrap, (Code(f"methods.{name}"),))
    module = f"class A:\n    def __init__(self):\n        {assigned(call, f'self.{name}', 8)}\n"
    assert is_settled(module)
    assert black.format_str(module, mode=black.Mode()) == module


def test_nothing_breaks_the_default_of_a_parameter() -> None:
    wide = "x" * 90
    module = f'def f(\n    url: str = "{wide}",\n    body: models.{wide},\n): ...\n'
    assert is_settled(module)
    assert black.format_str(module, mode=black.Mode()) == module


def test_wide_letters_count_twice() -> None:
    wide = "\N{CJK RADICAL REPEAT}" * 38
    text = f"class A:\n    {assigned(wide, 'NAME', 4)}\n"
    assert formatted(text, black_style) == black.format_str(text, mode=black.Mode())

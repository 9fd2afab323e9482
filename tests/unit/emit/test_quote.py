"""Text of a description stays text, whatever it holds."""

from __future__ import annotations

import ast
import tomllib

import black
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.emit import quote
from generator.plan.views.text import TypeView

HOSTILE = st.one_of(
    st.text(alphabet=st.characters(codec=None, exclude_categories=())),
    st.text(alphabet="\"'\\`\n\r\t{}#%|[]() aN\x00\x0b\u2028\u202e"),
    st.sampled_from(('"""', "'''", '\\"""', '"""\nimport os\n"""', "\\", '"', "end\\", "\ud800")),
)


@given(HOSTILE)
def test_a_literal_evaluates_to_its_text_in_one_line(text: str) -> None:
    printed = quote.literal(text)
    assert ast.literal_eval(printed) == text
    assert printed.isprintable()


@given(
    st.one_of(
        st.integers(), st.booleans(), st.none(), st.floats(allow_nan=False, allow_infinity=False)
    )
)
def test_a_literal_evaluates_to_its_value(value: object) -> None:
    assert ast.literal_eval(quote.literal(value)) == value


def test_a_number_too_long_for_decimal_is_written_as_hexadecimal() -> None:
    assert ast.literal_eval(quote.literal(10**5000)) == 10**5000


@given(st.lists(HOSTILE, min_size=1, max_size=6), st.sampled_from((0, 4, 8)))
def test_a_docstring_never_ends_early(lines: list[str], indent: int) -> None:
    pad = " " * indent
    text = f"{pad}{quote.docstring(lines, indent)}\n"
    tree = ast.parse("if True:\n" + text if indent else text)
    body = tree.body[0].body if isinstance(tree.body[0], ast.If) else tree.body
    assert len(body) == 1
    assert isinstance(body[0], ast.Expr)
    assert isinstance(body[0].value, ast.Constant)
    text.encode()


@settings(max_examples=60, deadline=None)
@given(st.lists(HOSTILE, min_size=1, max_size=5))
def test_black_leaves_docstrings_and_literals_alone(lines: list[str]) -> None:
    values = "".join(f"    {quote.literal(line)},\n" for line in lines)
    module = (
        f"{quote.docstring(lines)}\n\nvalues = [\n{values}]\n\n\n"
        f"class A:\n    {quote.docstring(lines, 4)}\n\n    x: int\n    {quote.docstring(lines, 4)}\n"
    )
    assert black.format_str(module, mode=black.Mode()) == module


@given(HOSTILE)
def test_a_comment_stays_in_its_line(text: str) -> None:
    assert "\n" not in quote.comment(text)
    assert ast.parse(f"# {quote.comment(text)}\n").body == []


@given(HOSTILE)
def test_a_toml_string_reads_back(text: str) -> None:
    printed = quote.toml(text)
    read = tomllib.loads(f"value = {printed}")["value"]
    if text.isprintable():
        assert read == text


def test_markdown_keeps_prose_and_drops_what_could_act() -> None:
    said = "See [docs](https://x.example) and **this**.\n# heading\n<script>x</script>\n[a](javascript:x)"
    assert quote.markdown(said) == (
        "See [docs](https://x.example) and **this**.\n\\# heading\n"
        "&lt;script>x&lt;/script>\n[a]\\(javascript:x)"
    )


def test_an_ampersand_is_itself_in_code_and_in_prose() -> None:
    assert quote.cell("a & b, `x&y`, ``p`&``, &amp; `<i>") == (
        "a &amp; b, `x&y`, ``p`&``, &amp;amp; `&lt;i>"
    )


def test_a_type_is_linked_to_its_model() -> None:
    view = TypeView(text="list[Cat] | None", model="cat")
    assert quote.linked(view, "models.md") == "[`list[Cat] \\| None`](models.md#cat)"
    assert quote.linked(TypeView(text="str")) == "`str`"


@given(HOSTILE)
def test_a_cell_has_neither_lines_nor_columns(text: str) -> None:
    for printed in (quote.cell(text), quote.span(text)):
        assert len(printed.splitlines()) <= 1
        assert "|" not in printed.replace("\\|", "")
        assert quote is None or "<" not in quote.cell(text)


def test_a_span_outruns_the_backticks_in_it() -> None:
    assert quote.span("a``b") == "``` a``b ```"

"""Text of a description as lines of documentation."""

from __future__ import annotations

import textwrap

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.plan.prose import (
    beyond,
    filled,
    first_sentence,
    joined,
    limits,
    paragraphs,
    sentence,
    wrapped,
)
from tests.described import api_of


def test_paragraphs_are_filled_and_lists_stay_lists() -> None:
    said = "One line\nof a paragraph.\n\n* first point\n  goes on\n* second\n\n    code\n    stays"
    assert wrapped(said, 0) == (
        "One line of a paragraph.",
        "",
        "* first point goes on",
        "* second",
        "",
        "    code",
        "    stays",
    )


def test_long_lines_are_broken_and_list_items_hang() -> None:
    lines = wrapped("* " + "word " * 30, 40)
    assert len(lines) > 2
    assert all(line.startswith("  word") for line in lines[1:])
    assert max(map(len, lines)) <= 42


@given(st.text(), st.integers(0, 20))
def test_nothing_but_white_space_is_lost(text: str, indent: int) -> None:
    lines = wrapped(text, indent)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert not lines or (lines[0].strip() and lines[-1].strip())


def test_empty_paragraphs_are_left_out() -> None:
    assert paragraphs(("a", "", " ", "b"), 0) == ("a", "", "b")


def test_sentences() -> None:
    assert sentence("List things") == "List things."
    assert sentence("Why?") == "Why?"
    assert first_sentence("One, e.g. this. Then two.") == "One, e.g. this."


@given(st.text(alphabet="ab -é", max_size=80), st.integers(1, 30), st.sampled_from(("", "  ")))
@settings(max_examples=300, deadline=None)
def test_lines_are_cut_where_textwrap_cuts_them(text: str, width: int, deeper: str) -> None:
    expected = textwrap.wrap(
        text.rstrip(),
        width,
        subsequent_indent=deeper,
        break_long_words=False,
        break_on_hyphens=False,
    )
    assert filled(text.rstrip(), width, deeper) == expected


def test_texts_that_others_follow_end_in_a_full_stop() -> None:
    assert joined(("Scope", "", "At most 3.", "last")) == "Scope. At most 3. last"
    assert joined(()) == ""


def test_a_title_made_of_a_name_says_nothing() -> None:
    assert beyond("grant_type", "Grant Type") == ""
    assert beyond("User-Agent", "User-Agent") == ""
    assert beyond("size", "Size in bytes") == "Size in bytes"


def limits_of(schema: str) -> str:
    """What is said of the limits of a schema."""
    api = api_of(f"paths: {{}}\ncomponents: {{schemas: {{S: {schema}}}}}\n")
    return limits(api, next(place for place in api.schemas if place.pointer.endswith("/S")))


def test_limits_beside_null_are_limits() -> None:
    text = "{type: string, maxLength: 3}"
    assert limits_of(f"{{anyOf: [{text}, {{type: 'null'}}]}}") == "At most 3 characters."
    assert limits_of(f"{{oneOf: [{{type: 'null'}}, {text}]}}") == "At most 3 characters."
    assert limits_of(f"{{anyOf: [{text}, {{type: integer}}]}}") == ""

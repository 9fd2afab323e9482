"""Counting first and looking at the class once says the same as the pattern that was written."""

from __future__ import annotations

from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.api import Conform
from generator.api.counted import counted_first
from tests.described import api_of, component

ANY: Any = jsonschema_rs
CLASSES = (r"[\p{L}\p{N}\-_.]", r"[^\p{L}]", r"[\P{Lu} \]]", r"[\p{L}'&@+]")
COUNTS = ("{1,5}", "{3}", "{0,2}")


def reads(pattern: str) -> Any:
    return ANY.Draft202012Validator({"type": "string", "pattern": pattern}).is_valid


PAIRS = [
    (reads(f"^{each}{count}$"), reads(counted_first(f"^{each}{count}$")))
    for each in CLASSES
    for count in COUNTS
]


@given(st.text(st.sampled_from("aZé1-_. ]'&@\n\u2028\U0001d54f")) | st.text())
def test_both_take_the_same_texts(text: str) -> None:
    for written, counted in PAIRS:
        assert written(text) == counted(text)


@pytest.mark.parametrize("pattern", [f"^{each}{count}$" for each in CLASSES for count in COUNTS])
def test_a_counted_class_is_counted_first(pattern: str) -> None:
    assert counted_first(pattern) != pattern


@pytest.mark.parametrize(
    "pattern",
    [
        r"^[a-f0-9]{24}$",
        r"[\p{L}]{1,64}",
        r"^[\p{L}]{1,64}[\p{N}]$",
        r"^([\p{L}]{1,64})$",
        r"^[\p{L}]+$",
        r"^[\p{L}]{2,}$",
        r"^[\\]\p{L}]{1,4}$",
    ],
)
def test_every_other_pattern_stays(pattern: str) -> None:
    assert counted_first(pattern) == pattern


def test_messages_show_the_pattern_that_was_written() -> None:
    written = r"^[\p{L}]{1,4}$"
    api = api_of(
        f"paths: {{}}\ncomponents: {{schemas: {{Name: {{type: string, pattern: '{written}'}}}}}}"
    )
    (broken,) = Conform(api).errors(component("Name"), "12345", "request")
    assert broken.kind == "pattern"
    assert written in broken.message
    assert broken.message.count("{1,4}") == 1

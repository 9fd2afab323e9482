"""What is written for a pattern matches it, by a judge that is not ours."""

from __future__ import annotations

from random import Random

import jsonschema_rs
import pytest

from generator.api.patterns import writer

UNDERSTOOD = [
    r"^([a-f0-9]{24})$",
    r"^[\p{L}\p{N}\-_.(),:&@+']{1,64}$",
    r"^[0-9a-zA-Z][0-9a-zA-Z_@.\-~]{2,127}$",
    r"^(?:\+?1\s*)?(?:[2-9]1[02-9]|[2-9][02-8]1)-([0-9]{4})$",
    r"^(?<year>\d{4})-\d\d$",
    r"^[^a-z]{3}\x41\u0042\.$",
    r"^\S+\w*?\d+$",
    r"^(a|b|)c{2,}$",
    "",
]


@pytest.mark.parametrize("pattern", UNDERSTOOD)
def test_text_matches_its_pattern(pattern: str) -> None:
    write = writer(pattern)
    judge = jsonschema_rs.validator_for({"pattern": pattern})
    assert write is not None
    for seed in range(20):
        text = write(Random(seed), seed)
        assert judge.is_valid(text), text


@pytest.mark.parametrize(
    "pattern", [r"(?=a)b", r"(?<!a)b", r"(a)\1", "(", "[", "a{", r"\p{Greek}", "[b-a]", "(" * 5000]
)
def test_what_is_not_understood_is_nothing(pattern: str) -> None:
    assert writer(pattern) is None


def test_the_stretch_bounds_open_quantifiers() -> None:
    write = writer("^a*b+$")
    assert write is not None
    assert write(Random(0), 0) == "b"

"""The configuration."""

from __future__ import annotations

import pytest

from generator.compose.configuration import STARTING, ConfigurationError, parse


def test_a_pyproject_without_a_section_configures_nothing() -> None:
    assert parse("[project]\nname = 'a'", nested=True) is None


def test_both_files_say_the_same() -> None:
    entry = 'name = "a"\nspec = "a.yaml"\n'
    nested = parse("[[tool.lockstep.api]]\n" + entry, nested=True)
    assert nested == parse("[[api]]\n" + entry, nested=False)
    assert nested is not None
    assert (nested.api[0].http, nested.api[0].models) == ("httpx2", "msgspec")


def test_the_starting_configuration_is_read() -> None:
    found = parse(STARTING.format(name="a", spec="a.yaml"), nested=False)
    assert found is not None
    assert found.api[0].out == "generated/a"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[[api]\n", "line 1"),
        ('[[api]]\nname = "a"\n', "spec"),
        ('[[api]]\nname = "a"\nspec = 1\n', "api[0].spec"),
        ('[[api]]\nname = "class"\nspec = "a"\n', "class"),
        ('[[api]]\nname = "../a"\nspec = "a"\n', "../a"),
        ('[[api]]\nname = "a"\nspec = "a"\n[[api]]\nname = "a"\nspec = "b"\n', "two APIs"),
        ('[[api]]\nname = "a"\nspec = "a"\nhttp = "carrier pigeon"\n', "http"),
        ('[[api]]\nname = "a"\nspec = "a"\nmodels = "clay"\n', "models"),
    ],
)
def test_what_is_wrong_is_named(text: str, named: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        parse(text, nested=False)
    assert named in str(caught.value)

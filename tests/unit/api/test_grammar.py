"""The published grammar of the extensions is the one that the types say."""

from __future__ import annotations

import json
from typing import Any

import jsonschema_rs
import msgspec
import pytest

from generator.api.grammar import EXTENSIONS, GRAMMAR_FILE, PREFIX, grammar, text

VALIDATOR = jsonschema_rs.validator_for(grammar())


def test_the_file_is_what_the_types_say() -> None:
    assert GRAMMAR_FILE.read_text("utf-8") == text(), "run python -m generator.api.grammar"


def test_the_grammar_is_a_valid_schema_with_a_version() -> None:
    published = json.loads(GRAMMAR_FILE.read_text("utf-8"))
    assert jsonschema_rs.meta.is_valid(published)
    assert published["$id"].rsplit(":", 1)[1].isdigit()


@pytest.mark.parametrize("name", sorted(EXTENSIONS))
def test_every_extension_has_an_example_that_fits(name: str) -> None:
    extension = EXTENSIONS[name]
    assert name.startswith(PREFIX)
    assert VALIDATOR.is_valid({name: extension.example})
    kind: Any = extension.type
    assert msgspec.to_builtins(msgspec.convert(extension.example, kind)) is not None


@pytest.mark.parametrize("name", sorted(EXTENSIONS))
def test_an_extension_refuses_what_it_does_not_know(name: str) -> None:
    assert not VALIDATOR.is_valid({name: {"no-such-member": {"no-such-member": 1}}})


def test_an_extension_that_does_not_exist_is_refused() -> None:
    assert not VALIDATOR.is_valid({"x-lockstep-nothing": {}})

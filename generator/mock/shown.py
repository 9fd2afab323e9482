"""Bodies that the description itself shows: a valid example, else the least that is valid."""

from __future__ import annotations

from typing import Any

from generator.api.model import Content
from generator.mock.blueprint import Blueprint
from generator.mock.samples import generator
from generator.mock.values import ABSENT


def shown(blueprint: Blueprint, content: Content, seed: int = 0) -> Any:
    """The first example that its own schema accepts, else a sample; ABSENT where there is none."""
    schema = content.schema
    for example in content.examples:
        if schema is None or blueprint.samples.fits(schema, example.value):
            return example.value
    if schema is None:
        return ABSENT
    return blueprint.samples.shown(schema, generator(seed, content.where))

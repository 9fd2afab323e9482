"""Bodies that the description itself shows, and how any body is written.

A body shown is a valid example, else the least that is valid; a sequence has one item.
"""

from __future__ import annotations

from typing import Any

import msgspec

from generator.api.model import Content
from generator.diagnostics import Where
from generator.mock.answering.mixed import MIXED, mixed
from generator.mock.blueprint import Blueprint
from generator.mock.samples import generator
from generator.mock.values import ABSENT, is_array
from generator.wire import MediaType, is_json
from generator.wire.sequences import SEQUENCES, sequence

_encode = msgspec.json.Encoder().encode


def shown(blueprint: Blueprint, content: Content, seed: int = 0) -> Any:
    """The first example that its own schema accepts, else a sample; ABSENT where there is none."""
    schema = content.schema
    if schema is None and content.items is not None:
        return _one_of(blueprint, content, content.items, seed)
    for example in content.examples:
        if schema is None or blueprint.samples.fits(schema, example.value):
            return example.value
    if schema is None:
        return ABSENT
    return blueprint.samples.shown(schema, generator(seed, content.where))


def _one_of(blueprint: Blueprint, content: Content, items: Where, seed: int) -> Any:
    """A sequence of one item."""
    item = blueprint.samples.shown(items, generator(seed, content.where))
    return item if item is ABSENT else [item]


def named(blueprint: Blueprint, content: Content, name: str) -> Any:
    """The example of that name, if its schema accepts it, plain or enveloped; else ABSENT."""
    schemas = [each for each in (content.schema, content.enveloped) if each is not None]
    for example in content.examples:
        if example.name == name:
            fits = any(blueprint.samples.fits(each, example.value) for each in schemas)
            return example.value if fits or not schemas else ABSENT
    return ABSENT


def written(value: Any, media_type: str) -> tuple[str, bytes]:
    """The Content-Type of a value and its bytes: JSON, a sequence of it, parts, or text."""
    if isinstance(value, str) and not is_json(media_type):
        return media_type, value.encode("utf-8")
    parsed = MediaType.parse(media_type)
    kind = parsed.essence if parsed is not None else ""
    if kind == MIXED and is_array(value):
        return mixed(value)
    return media_type, sequence(value, kind) if kind in SEQUENCES else _encode(value)

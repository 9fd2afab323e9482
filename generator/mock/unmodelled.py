"""Operations that no resource is declared for: they answer with what the description shows.

A success is the first valid example of its media type, else the least that its schema accepts.
Where neither exists the answer has no body.
"""

from __future__ import annotations

from typing import Any

from generator.api.model import Operation
from generator.mock.blueprint import Blueprint, success
from generator.mock.calls import Answer, Handler
from generator.mock.shown import shown
from generator.mock.values import ABSENT


def answer_shown(blueprint: Blueprint, operation: Operation) -> Handler:
    """The handler that always answers the same; of an empty declaration, without a body."""
    found = success(operation)
    contents = found[1].content if found is not None else ()
    values: dict[str, Any] = {each.media_type: shown(blueprint, each) for each in contents}
    default = next(iter(values.values()), ABSENT)
    return lambda call: Answer(values.get(call.accepted, default))

"""Identifiers of a recorded run and of the one that repeats it, told from two answers alike.

In: a recorded answer and the one received. Out: which text stands for which, put into later calls.
"""

from __future__ import annotations

from typing import Any

import msgspec

from generator.compose.calling.job import Call
from generator.compose.calling.plain import is_list, is_mapping

Pairs = dict[str, str]


def pair(recorded: Any, received: Any, pairs: Pairs) -> None:
    """Note the texts in which two answers of the same shape differ."""
    if isinstance(recorded, str) and isinstance(received, str):
        if recorded != received:
            pairs[recorded] = received
    elif is_mapping(recorded) and is_mapping(received):
        for key in recorded.keys() & received.keys():
            pair(recorded[key], received[key], pairs)
    elif is_list(recorded) and is_list(received):
        for left, right in zip(recorded, received, strict=False):
            pair(left, right, pairs)


def replaced(value: Any, pairs: Pairs) -> Any:
    """The value with every noted text replaced by its counterpart."""
    if isinstance(value, str):
        return pairs.get(value, value)
    if is_mapping(value):
        return {key: replaced(each, pairs) for key, each in value.items()}
    if is_list(value):
        return [replaced(each, pairs) for each in value]
    return value


def replaced_in(call: Call, pairs: Pairs) -> Call:
    """The call with its arguments and its body replaced."""
    arguments, body = replaced(call.arguments, pairs), replaced(call.body, pairs)
    return msgspec.structs.replace(call, arguments=arguments, body=body)

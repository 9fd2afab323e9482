"""What a JSON Schema error is really about: the deepest useful cause, in few words.

In come errors of jsonschema-rs, out come the place in the instance and a message that never prints
more than a short value. Of alternatives that all failed, the one that was meant is taken: by the
texts that tell alternatives apart, else the one that got furthest.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import cast

from jsonschema_rs import ValidationError, ValidationErrorKind
from msgspec import Struct

MASK = "\N{SYMBOL FOR NULL}"
"""Stands for the instance in messages; give it to the validator as `mask`."""

_LONGEST_VALUE = 40
_LONGEST_MESSAGE = 200


class Cause(Struct, frozen=True):
    """A place, as keys and indexes from the instance's top, and what is wrong there.

    `unevaluated` is a key that was found strange only because nothing vouched for it, which is also
    said of a key whose value has a fault of its own.
    """

    path: tuple[str | int, ...]
    message: str
    unevaluated: bool = False


def all_causes(errors: Iterable[ValidationError]) -> list[Cause]:
    """The causes of all errors, without those that merely follow from another."""
    found = [cause for error in errors for cause in causes(error)]
    above = {cause.path[:depth] for cause in found for depth in range(1, len(cause.path))}
    return [cause for cause in found if not (cause.unevaluated and cause.path in above)]


def causes(error: ValidationError) -> Iterator[Cause]:
    """The causes of one error: itself, or those of the alternative that got furthest."""
    branches = _branches(error)
    if not branches:
        yield from _own(error)
    else:
        for inner in _furthest(branches):
            yield from causes(inner)


def shortened(value: object) -> str:
    """A value in a message: as JSON where that is short, else by its kind."""
    if isinstance(value, dict):
        return "this mapping"
    if isinstance(value, list):
        return "this list"
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= _LONGEST_VALUE else f'{text[: _LONGEST_VALUE - 4]}..."'


def one_line(message: str) -> str:
    """The message without line breaks, cut where it is longer than anybody reads."""
    flat = " ".join(message.split())
    return flat if len(flat) <= _LONGEST_MESSAGE else flat[: _LONGEST_MESSAGE - 3] + "..."


def _branches(error: ValidationError) -> Sequence[Sequence[ValidationError]]:
    kind = error.kind
    if isinstance(kind, ValidationErrorKind.AnyOf | ValidationErrorKind.OneOfNotValid):
        return [branch for branch in kind.context if branch]
    return []


def _furthest(branches: Sequence[Sequence[ValidationError]]) -> Sequence[ValidationError]:
    # What holds no $ref was not meant as a Reference Object: that alternative explains nothing.
    meant = [branch for branch in branches if not any(_lacks_reference(each) for each in branch)]
    return max(meant or branches, key=_progress)


def _progress(branch: Sequence[ValidationError]) -> tuple[int, int, int]:
    others = sum(_names_another(each) for error in branch for each in _leaves(error))
    return -others, max(len(each.instance_path) for each in branch), -len(branch)


def _leaves(error: ValidationError) -> Iterator[ValidationError]:
    branches = _branches(error)
    if not branches:
        yield error
    else:
        for inner in _furthest(branches):
            yield from _leaves(inner)


def _names_another(error: ValidationError) -> bool:
    """Whether another text stands where only one may: `in: path` where `in: body` is meant."""
    kind = error.kind
    if isinstance(kind, ValidationErrorKind.Enum):
        options = cast("list[object]", kind.options)
    elif isinstance(kind, ValidationErrorKind.Constant):
        options = [kind.expected_value]
    else:
        return False
    return len(options) == 1 and isinstance(options[0], str)


def _lacks_reference(error: ValidationError) -> bool:
    kind = error.kind
    return isinstance(kind, ValidationErrorKind.Required) and kind.property == "$ref"


def _own(error: ValidationError) -> Iterator[Cause]:
    path, kind = tuple(error.instance_path), error.kind
    unevaluated = isinstance(kind, ValidationErrorKind.UnevaluatedProperties)
    if isinstance(
        kind, ValidationErrorKind.AdditionalProperties | ValidationErrorKind.UnevaluatedProperties
    ):
        for key in kind.unexpected:
            yield Cause((*path, key), f"{shortened(key)} is not allowed here", unevaluated)
    elif isinstance(kind, ValidationErrorKind.Not | ValidationErrorKind.FalseSchema):
        yield Cause(path, f"{shortened(error.instance)} is not allowed here")
    else:
        yield Cause(path, _message(error))


def _message(error: ValidationError) -> str:
    return one_line(error.message.replace(MASK, shortened(error.instance)))

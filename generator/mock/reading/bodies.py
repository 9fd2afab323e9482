"""Request bodies: bytes to a value that the schema accepts, or a refusal that says what is wrong.

Size, UTF-8 and JSON syntax are judged first, then the schema. JSON is read strictly: a key that
stands twice, a number beyond a double, a lone surrogate and NaN are refused, since readers disagree
on what they mean (RFC 8259, sections 4, 6 and 8.2; RFC 7493).
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Sequence
from typing import Any, NoReturn

import generator.mock.reading.forms as forms
from generator.api import walk
from generator.api.behaviours import FaultKind
from generator.api.conform import Violation
from generator.api.model import Content, Operation
from generator.diagnostics import Where
from generator.diagnostics.where import split
from generator.mock.blueprint import Blueprint
from generator.mock.calls import Call, Check, Refused
from generator.mock.values import ABSENT, is_array, is_object
from generator.wire import MediaType

LARGEST = 1 << 20
"""The largest body that is taken, in bytes."""

INVALID: FaultKind = "invalid-body"

KINDS: dict[str, FaultKind] = {
    "readOnly": "read-only-field",
    "additionalProperties": "unknown-field",
    "unevaluatedProperties": "unknown-field",
    "falseSchema": "unknown-field",
    "required": "missing-field",
}
"""The class of fault that a broken keyword is; any other is an invalid body."""

_WEIGHT: tuple[FaultKind, ...] = ("read-only-field", "unknown-field", "missing-field")


def check_body(blueprint: Blueprint, operation: Operation) -> Check | None:
    """Reads the body and judges it."""
    declared = operation.body
    if declared is None or not declared.content:
        return None
    judges = [
        (MediaType.parse(each.media_type), _judge(blueprint, operation, each), each)
        for each in declared.content
    ]

    def check(call: Call) -> None:
        data = call.request.body
        if len(data) > LARGEST:
            raise Refused("too-large", "body", len(data))
        if not data:
            if declared.required:
                raise Refused("missing-body", "body")
            return
        sent = MediaType.parse(call.headers.get("content-type", ""))
        fitting = (each for each in judges if each[0] and sent and each[0].matches(sent))
        _, judge, content = next(fitting, judges[0])
        call.body = judge(_read(blueprint, content, sent, data))

    return check


def _read(blueprint: Blueprint, content: Content, sent: MediaType | None, data: bytes) -> Any:
    media_type = sent or MediaType.parse(content.media_type)
    if media_type is None or media_type.is_json:
        return read_json(_text(data))
    if media_type.essence == "application/x-www-form-urlencoded":
        return forms.urlencoded(blueprint.api, content, _text(data))
    if media_type.essence == "multipart/form-data":
        return forms.in_parts(blueprint.api, content, media_type, data)
    return _text(data) if media_type.type == "text" else ABSENT


def read_json(text: str) -> Any:
    """The value that the JSON text says; whatever is doubtful is refused."""
    try:
        value = json.loads(
            text,
            object_pairs_hook=_object,
            parse_float=_float,
            parse_constant=_constant,
        )
        if "\\u" in text:
            json.dumps(value, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        raise Refused("malformed-body", "body", reason="it holds half a character") from None
    except RecursionError:
        raise Refused("malformed-body", "body", reason="it nests too deep") from None
    except ValueError as error:
        raise Refused("malformed-body", "body", reason=str(error)) from None
    return value


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        reason = f"it is not UTF-8 at byte {error.start}"
        raise Refused("malformed-body", "body", reason=reason) from None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError("a key stands twice in one object")
    return made


def _float(text: str) -> float:
    value = float(text)
    if math.isinf(value):
        raise ValueError(f"{text} is beyond what a number can hold")
    return value


def _constant(text: str) -> NoReturn:
    raise ValueError(f"{text} is not JSON")


def _judge(blueprint: Blueprint, operation: Operation, content: Content) -> Callable[[Any], Any]:
    """A function that gives back the value without what is to be ignored, or refuses it."""
    schema = content.schema
    if schema is None:
        return lambda value: value
    conform = blueprint.conform
    drop = not blueprint.declares(operation, "read-only-field")
    known = _known(blueprint, operation, schema)

    def judge(value: Any) -> Any:
        if value is ABSENT or (known is None and conform.valid(schema, value, "request")):
            return value
        violations = conform.errors(schema, value, "request")
        if drop:
            value, violations = _dropped(value, violations)
        if violations:
            raise _refusal(value, violations)
        if known is not None and is_object(value):
            _refuse_unknown(value, known)
        return value

    return judge


def _known(blueprint: Blueprint, operation: Operation, schema: Where) -> frozenset[str] | None:
    """The only names that a body may have, where an open schema is declared to be closed."""
    if not blueprint.declares(operation, "unknown-field"):
        return None
    properties = walk.properties(blueprint.api, schema)
    parts = [blueprint.api.schemas[each] for each in walk.parts(blueprint.api, schema)]
    if not properties or any(
        key in part.children
        for part in parts
        for key in ("additionalProperties", "unevaluatedProperties", "oneOf", "anyOf")
    ):
        return None
    return frozenset(properties)


def _refuse_unknown(value: dict[str, Any], known: frozenset[str]) -> None:
    for name in value:
        if name not in known:
            raise Refused("unknown-field", name, value[name], "no such field is known")


def _dropped(value: Any, violations: Sequence[Violation]) -> tuple[Any, list[Violation]]:
    """The value without its read-only members: what nobody refuses is ignored."""
    names = {each.name for each in violations if each.kind == "readOnly" and _at_top(each)}
    if is_object(value):
        members = value
        value = {name: member for name, member in members.items() if name not in names}
    return value, [each for each in violations if each.kind != "readOnly"]


def _at_top(violation: Violation) -> bool:
    return len(split(violation.instance)) <= 1


def _refusal(value: Any, violations: Sequence[Violation]) -> Refused:
    """The refusal for the gravest of what was found."""
    kinds: list[FaultKind] = [KINDS.get(each.kind, INVALID) for each in violations]
    worst = _gravest(kinds)
    violation = violations[kinds.index(worst)]
    name = violation.name or ".".join(split(violation.instance)) or "body"
    return Refused(worst, name, _member(value, violation), violation.message)


def _gravest(kinds: Sequence[FaultKind]) -> FaultKind:
    for kind in _WEIGHT:
        if kind in kinds:
            return kind
    return INVALID


def _member(value: Any, violation: Violation) -> object:
    for token in split(violation.instance):
        if is_object(value):
            value = value.get(token)
        elif is_array(value) and token.isdigit():
            value = value[int(token)]
    return value if isinstance(value, str | int | float | bool) else ""

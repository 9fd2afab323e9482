"""What the caller of an operation must see of an answer, as the description has it.

In: an operation and an answer. Out: what the call returns or raises. It reads the neutral model and
the table of error classes, and nothing of what the client was generated from beside them.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from generator.api import Api, Operation
from generator.compose.calling.job import Expected, Reply
from generator.diagnostics.where import split
from generator.mock.values import is_array, is_object
from generator.plan.statuses import error_name
from generator.wire import is_json

Form = Literal["none", "json", "text", "bytes"]
_BODILESS = frozenset((204, 205, 304))


def expected(
    api: Api,
    operation: Operation,
    reply: Reply,
    media_type: str,
    value: object,
    *,
    listed: bool = False,
    paged: bool = False,
) -> Expected:
    """What must come of an answer of a declared media type, empty where there is no body.

    `value` is the JSON of the body, where that is JSON.
    """
    form = _form(operation, reply, media_type)
    error = _error_class(operation, reply.status)
    paging = operation.behaviours.pagination
    code, detail = _told(api, reply) if error else (None, None)
    return Expected(
        error=error,
        form=form,
        value=value if form == "json" else None,
        listed=listed,
        items=paging.items if paged and paging and not error else None,
        worded=api.behaviours.errors is not None,
        code=code,
        detail=detail,
    )


def _form(operation: Operation, reply: Reply, media_type: str) -> Form:
    """As what a body is read."""
    if not media_type or reply.status in _BODILESS or operation.method == "HEAD":
        return "none"
    if is_json(media_type):
        return "json"
    return "text" if media_type.lower().startswith("text/") else "bytes"


def _error_class(operation: Operation, status: int) -> str:
    """The class that is raised; empty for a success that the operation declares."""
    declared = operation.response(status) is not None
    if 200 <= status < 300:
        return "" if declared else "UnexpectedStatus"
    exact = error_name(str(status))
    return exact or ("UnexpectedStatus" if status < 400 else "StatusError")


def _told(api: Api, reply: Reply) -> tuple[str | None, str | None]:
    """The code and the detail that an error says."""
    errors = api.behaviours.errors
    if errors is None:
        return None, None
    body = _said(reply)
    return _word(body, errors.code), _word(body, errors.detail)


def _said(reply: Reply) -> object:
    """The body of an error, None where it says nothing in words."""
    kinds = (value for name, value in reply.headers if name.lower() == "content-type")
    kind = next(kinds, "").partition(";")[0].strip().lower()
    try:
        if is_json(kind):
            return msgspec.json.decode(reply.body)
        return reply.body.decode() if kind.startswith("text/") else None
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None


def _word(body: object, pointer: str | None) -> str | None:
    """The word at a pointer into an error body, as its text."""
    found = None if pointer is None else _at(body, split(pointer))
    return None if found is None or is_object(found) or is_array(found) else str(found)


def _at(value: object, tokens: tuple[str, ...]) -> object:
    for token in tokens:
        if is_array(value):
            value = value[int(token)] if token.isdigit() and int(token) < len(value) else None
        else:
            value = value.get(token) if is_object(value) else None
    return value

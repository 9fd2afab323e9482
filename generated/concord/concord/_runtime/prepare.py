# Part of the Lockstep runtime, copied here by the generator. Do not edit.
# fmt: off
"""Building requests: an operation, arguments and options in, one request without credentials out.

Refused with ValueError, before anything is sent: an empty path parameter, a path segment ``.`` or
``..``, a header that would end its line. A missing body that the operation requires is a TypeError.
"""

from collections.abc import Mapping
from typing import Any

from msgspec import UNSET

from .body import encode_body
from .messages import Request, checked
from .operation import Operation, Parameter
from .options import Options
from .parameters import (
    Pair,
    cookie_pairs,
    header_text,
    path_text,
    query_pairs,
    without_unset,
)
from .upload import Upload
from .uri import Base, encode, has_dot_segment


def prepare(
    operation: Operation[Any],
    base: Base,
    arguments: Mapping[str, object],
    body: object,
    options: Options,
    user_agent: str,
) -> Request:
    """The request of one call."""
    given = without_unset(arguments)
    accept = _asked("accept", options.accept) or operation.accept or "*/*"
    headers = {"accept": accept, "user-agent": user_agent}
    content = b"" if operation.body is None else _add_body(operation, body, options, headers)
    if operation.in_head or operation.idempotency_key or options.headers:
        _add_headers(operation, given, options, headers)
    query = _query(operation, given, options) if given or options.query else ()
    path = base.path + _path(operation, given)
    return Request(
        method=operation.method,
        origin=base.origin,
        target=(path or "/") + ("?" + "&".join(f"{k}={v}" for k, v in query) if query else ""),
        headers=headers,
        body=content,
    )


def _path(operation: Operation[Any], given: Mapping[str, object]) -> str:
    pieces = operation.pieces
    if len(pieces) == 1:
        return str(pieces[0])
    path = "".join(
        [piece if isinstance(piece, str) else _filled(piece, given, operation) for piece in pieces]
    )
    if "/." in path and has_dot_segment(path):
        raise ValueError(f"{operation.id}: a path parameter makes a segment '.' or '..'")
    return path


def _filled(parameter: Parameter, given: Mapping[str, object], operation: Operation[Any]) -> str:
    value = given.get(parameter.key, UNSET)
    if type(value) is str and value.isalnum() and value.isascii() and not parameter.style:
        return value
    try:
        return path_text(parameter, value)
    except ValueError as error:
        raise ValueError(f"{operation.id}: {error}") from None


def _query(operation: Operation[Any], given: Mapping[str, object], options: Options) -> list[Pair]:
    pairs: list[Pair] = []
    for parameter in operation.in_query:
        if parameter.key in given:
            pairs += query_pairs(parameter, given[parameter.key])
    for name, values in options.query.items():
        for value in [values] if isinstance(values, str) else values:
            pairs.append((encode(name), encode(value)))
    return pairs


def _add_headers(
    operation: Operation[Any],
    given: Mapping[str, object],
    options: Options,
    headers: dict[str, str],
) -> None:
    cookies: list[Pair] = []
    for parameter in operation.in_head:
        if parameter.key not in given:
            continue
        if parameter.location == "header":
            value = header_text(parameter, given[parameter.key])
            headers[parameter.name.lower()] = checked(parameter.name, value)
        else:
            cookies += cookie_pairs(parameter, given[parameter.key])
    if cookies:
        headers["cookie"] = "; ".join(f"{name}={value}" for name, value in cookies)
    if operation.idempotency_key and options.idempotency_key:
        name = operation.idempotency_key
        headers[name.lower()] = checked(name, options.idempotency_key)
    for name, value in options.headers.items():
        headers[name.lower()] = checked(name, value)


def _asked(name: str, media_type: str | None) -> str | None:
    return media_type and checked(name, media_type)


def _add_body(
    operation: Operation[Any], body: object, options: Options, headers: dict[str, str]
) -> bytes | Upload:
    if operation.body is None or body is UNSET:
        if operation.body is not None and operation.body.required:
            raise TypeError(f"{operation.id} needs a body")
        return b""
    media_type = _asked("content-type", options.content_type) or operation.body.media_type
    headers["content-type"], content = encode_body(operation.body, media_type, body)
    return content

"""A call of an operation as a request on the wire.

In come an operation and values by parameter name, out goes a `Request`. What is required and not
given is drawn; a path parameter that nobody gives is `KeyError`, because no drawn id would exist.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from urllib.parse import quote

from generator.api.exchange import Request
from generator.api.model import Api, Operation, Parameter
from generator.contract.drawing.draw import Draw
from generator.contract.drawing.encoding import written
from generator.contract.drawing.styles import pairs, text_of
from generator.contract.pointer import MISSING, Missing
from generator.wire import is_json


def _none() -> Mapping[str, object]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Arguments:
    """Values for a call; `accept` and `media_type` replace what the description says."""

    path: Mapping[str, object] = field(default_factory=_none)
    query: Mapping[str, object] = field(default_factory=_none)
    headers: Mapping[str, object] = field(default_factory=_none)
    body: object | Missing = MISSING
    accept: str | None = None
    media_type: str | None = None


def request_for(
    api: Api, prefix: str, operation: Operation, arguments: Arguments, draw: Draw
) -> Request:
    """The request of a call."""
    path, query, headers = operation.path, list[str](), list[tuple[str, str]]()
    for parameter in operation.parameters:
        value = _value(parameter, arguments, draw)
        if value is MISSING:
            continue
        if parameter.location == "path":
            path = path.replace(f"{{{parameter.name}}}", _quoted(text_of(value)))
        elif parameter.location == "query":
            query += _pairs(parameter, value)
        elif parameter.location == "header" and not (parameter.ignored or parameter.frames):
            headers.append((parameter.name, text_of(value)))
    target = f"{prefix}{path}" + (f"?{'&'.join(query)}" if query else "")
    accept = accept_of(api, operation) if arguments.accept is None else arguments.accept
    headers += [("Accept", accept)] if accept else []
    kind, body = _body(api, operation, arguments)
    headers += [("Content-Type", kind)] if kind else []
    return Request(operation.method, target, tuple(headers), body)


def accept_of(api: Api, operation: Operation) -> str:
    """Every media type that a success and an error of the operation may have, each once."""
    declared = [
        content.media_type for response in operation.responses for content in response.content
    ]
    version = api.behaviours.version
    chosen = [version.template.replace("{version}", version.current)] if version else []
    # An answer without content names no media type, yet the version must still be chosen.
    return ", ".join(dict.fromkeys([*chosen, *declared])) or "*/*"


def media_type_of(operation: Operation) -> str:
    """The media type that a body is sent as: the first JSON one declared."""
    declared = [content.media_type for content in operation.body.content] if operation.body else []
    return next(filter(is_json, declared), declared[0] if declared else "")


def _value(parameter: Parameter, arguments: Arguments, draw: Draw) -> object:
    given = {
        "path": arguments.path,
        "query": arguments.query,
        "header": arguments.headers,
    }.get(parameter.location, {})
    if parameter.name in given:
        return given[parameter.name]
    confirm = parameter.behaviours.confirm
    if confirm is not None:
        return confirm.value
    if parameter.location == "path":
        raise KeyError(parameter.name)
    return draw.parameter(parameter) if parameter.required else MISSING


def _pairs(parameter: Parameter, value: object) -> list[str]:
    given = text_of(value) if parameter.content is not None else value
    return [f"{name}={text}" for name, text in pairs(parameter, given, _quoted)]


def _quoted(text: str) -> str:
    return quote(text, safe="")


def _body(api: Api, operation: Operation, arguments: Arguments) -> tuple[str, bytes]:
    if isinstance(arguments.body, Missing):
        return "", b""
    kind = arguments.media_type or media_type_of(operation)
    declared = operation.body.content if operation.body else ()
    content = next((each for each in declared if each.media_type == kind), None)
    return written(api, kind, content, arguments.body)

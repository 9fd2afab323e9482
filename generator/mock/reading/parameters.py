"""Path, query, header and cookie parameters: read, typed, and held against their schemas.

Compiled once for an operation into checks that fill `Call.path` and `Call.query`. Unknown and
repeated query parameters are refused only where the description declares what they get.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie

import generator.api.texts as texts
from generator.api import walk
from generator.api.behaviours import FaultKind
from generator.api.model import Operation, Parameter
from generator.diagnostics import Where
from generator.mock.blueprint import Blueprint
from generator.mock.calls import Call, Check, Refused


@dataclass(frozen=True, slots=True)
class _Reader:
    """One parameter, ready to be read."""

    name: str
    read: texts.Read
    schema: Where | None
    fits: Callable[[object], bool] | None
    required: bool
    repeatable: bool


def check_path(blueprint: Blueprint, operation: Operation) -> Check | None:
    """Judges the values of path parameters."""
    readers = [_reader(blueprint, each) for each in _at(operation, "path")]

    def check(call: Call) -> None:
        for reader in readers:
            _judged(blueprint, reader, (call.path.get(reader.name, ""),), "invalid-path")

    return check if readers else None


def check_query(blueprint: Blueprint, operation: Operation) -> Check:
    """Judges the query and keeps the values of declared parameters."""
    declared = _at(operation, "query")
    spread = {each.name: each for each in declared if texts.is_spread(blueprint.api, each)}
    readers = {each.name: _reader(blueprint, each) for each in declared if each.name not in spread}
    required = [each.name for each in readers.values() if each.required]
    inner = {name for each in spread.values() for name in _inner(blueprint, each)}
    bare = not required and not any(each.required for each in spread.values())
    refuse_unknown = blueprint.declares(operation, "unknown-query")
    refuse_repeated = blueprint.declares(operation, "repeated-query")

    def check(call: Call) -> None:
        query = call.target.partition("?")[2]
        if not query and bare:
            return
        given = _pairs(query)
        for name, values in given.items():
            reader = readers.get(name)
            if reader is None:
                if refuse_unknown and name not in inner and not _deep(name, spread):
                    raise Refused("unknown-query", name, values[-1])
            elif len(values) > 1 and refuse_repeated and not reader.repeatable:
                raise Refused("repeated-query", name, values[-1])
            else:
                call.query[name] = _judged(blueprint, reader, values, "invalid-query")
        for name in required:
            if name not in given:
                raise Refused("missing-query", name)
        for parameter in spread.values():
            _judge_spread(blueprint, parameter, given, call)

    return check


def check_headers(blueprint: Blueprint, operation: Operation) -> Check | None:
    """Judges header and cookie parameters."""
    told = [each for each in _at(operation, "header") if not (each.ignored or each.frames)]
    headers = [_reader(blueprint, each) for each in told]
    cookies = [_reader(blueprint, each) for each in _at(operation, "cookie")]

    def check(call: Call) -> None:
        for reader in headers:
            _judge_one(blueprint, reader, call.headers.get(reader.name.lower()))
        sent = _cookies(call.headers.get("cookie", "")) if cookies else {}
        for reader in cookies:
            _judge_one(blueprint, reader, sent.get(reader.name))

    return check if headers or cookies else None


def _at(operation: Operation, location: str) -> list[Parameter]:
    return [each for each in operation.parameters if each.location == location]


def _reader(blueprint: Blueprint, parameter: Parameter) -> _Reader:
    schema = parameter.content.schema if parameter.content else parameter.schema
    if parameter.behaviours.confirm is not None:
        schema = None  # What it must say is its own check's to judge.
    repeatable = schema is not None and "array" in walk.types(blueprint.api, schema)
    required = parameter.required and parameter.behaviours.confirm is None
    read = texts.reader(blueprint.api, parameter)
    fits = blueprint.conform.judge(schema, "request") if schema is not None else None
    return _Reader(parameter.name, read, schema, fits, required, repeatable and parameter.explode)


def _judged(
    blueprint: Blueprint, reader: _Reader, values: Sequence[str], kind: FaultKind
) -> object:
    value = reader.read(values)
    if reader.schema is None or reader.fits is None or reader.fits(value):
        return value
    reason = blueprint.conform.errors(reader.schema, value, "request")[0].message
    raise Refused(kind, reader.name, values[-1], reason)


def _judge_one(blueprint: Blueprint, reader: _Reader, text: str | None) -> None:
    if text is not None:
        _judged(blueprint, reader, (text,), "invalid-query")
    elif reader.required:
        raise Refused("missing-query", reader.name)


def _pairs(query: str) -> dict[str, list[str]]:
    """The query's texts by name; what is not UTF-8 is refused."""
    found: dict[str, list[str]] = {}
    for pair in query.split("&"):
        raw_name, _, raw_value = pair.partition("=")
        name = texts.decoded(raw_name, plus=True)
        value = texts.decoded(raw_value, plus=True)
        if name is None or value is None:
            raise Refused("invalid-query", raw_name, raw_value, "it is not UTF-8")
        if pair:
            found.setdefault(name, []).append(value)
    return found


def _inner(blueprint: Blueprint, parameter: Parameter) -> list[str]:
    return list(walk.properties(blueprint.api, parameter.schema)) if parameter.schema else []


def _deep(name: str, spread: Mapping[str, Parameter]) -> bool:
    return name.partition("[")[0] in spread and name.endswith("]")


def _judge_spread(
    blueprint: Blueprint, parameter: Parameter, given: Mapping[str, list[str]], call: Call
) -> None:
    schema = parameter.schema
    assert schema is not None
    found = texts.spread_members(blueprint.api, parameter, given)
    sent = {name: given_texts for name, (_, given_texts) in found.items()}
    if not sent and not parameter.required:
        return
    value = texts.members(blueprint.api, schema, sent)
    violations = blueprint.conform.errors(schema, value, "request")
    if violations:
        raise Refused("invalid-query", parameter.name, sent, violations[0].message)
    call.query[parameter.name] = value


def _cookies(header: str) -> dict[str, str]:
    jar: SimpleCookie = SimpleCookie()
    try:
        jar.load(header)
    except CookieError:
        return {}
    return {name: morsel.value for name, morsel in jar.items()}

"""What recorded calls came by: statuses, parameters, keywords of the schemas of what was sent.

In come an Api and calls, out comes a row an operation. A keyword is held where a value that it is
about was sent and kept it, and broken where one did not: a keyword that is never met shows as such.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, unquote, urlsplit

from generator.api import Conform, walk
from generator.api.exchange import CallRecord
from generator.api.model import Api, Operation, Parameter
from generator.api.texts import reader, types_of
from generator.contract.judging.answer import Answer
from generator.contract.pointer import MISSING, is_array, is_object
from generator.diagnostics import Where
from generator.report import Coverage, Covered
from generator.wire import is_json

_DEPTH = 6
_KEYWORDS = (
    "enum const minLength maxLength pattern format minimum maximum exclusiveMinimum"
    " exclusiveMaximum multipleOf minItems maxItems uniqueItems minProperties maxProperties"
    " required"
).split()
_Keyword = tuple[Where, str]
"""The place of a keyword, and how people call it."""


@dataclass(slots=True)
class _Tally:
    """Of one operation: what was held and broken, by place."""

    held: Counter[Where] = field(default_factory=Counter[Where])
    broken: Counter[Where] = field(default_factory=Counter[Where])


def coverage(api: Api, calls: Iterable[CallRecord]) -> tuple[Coverage, ...]:
    """One row for each operation, in the description's order."""
    made: dict[str, list[CallRecord]] = defaultdict(list)
    for call in calls:
        made[call.operation].append(call)
    conform = Conform(api)
    return tuple(_row(api, conform, each, made[each.name]) for each in api.operations)


def _row(api: Api, conform: Conform, operation: Operation, calls: list[CallRecord]) -> Coverage:
    own = [each for each in calls if each.request.method == operation.method]
    told = _Tally()
    for call in own:
        _parameters(api, conform, operation, call, told)
        _body(api, conform, operation, call, told)
    return Coverage(
        operation=operation.name,
        label=operation.label,
        statuses=tuple(_statuses(operation, own)),
        parameters=tuple(
            _covered(told, each.where, f"{each.name} in {each.location}")
            for each in operation.parameters
        ),
        keywords=tuple(_covered(told, *each) for each in _all_keywords(api, operation)),
    )


def _covered(told: _Tally, where: Where, name: str) -> Covered:
    return Covered(name=name, held=told.held[where], broken=told.broken[where], where=where)


def _statuses(operation: Operation, calls: list[CallRecord]) -> Iterator[Covered]:
    seen = Counter(call.response.status for call in calls)
    for declared in operation.responses:
        count = sum(n for status, n in seen.items() if operation.response(status) is declared)
        yield Covered(name=declared.status, held=count, where=declared.where)
    for status in sorted(seen):
        if operation.response(status) is None:
            yield Covered(name=f"{status}", held=0, broken=seen[status])


def _parameters(
    api: Api, conform: Conform, operation: Operation, call: CallRecord, told: _Tally
) -> None:
    sent = _sent(operation, call)
    for parameter in operation.parameters:
        text = sent.get((parameter.location, parameter.name.lower()))
        if text is not None:
            broken = _breaks(api, conform, parameter, text)
            (told.broken if broken else told.held)[parameter.where] += 1


def _breaks(api: Api, conform: Conform, parameter: Parameter, text: str) -> bool:
    if parameter.schema is None or types_of(api, parameter.schema) & {"array", "object"}:
        return False
    return not conform.valid(parameter.schema, reader(api, parameter)([text]), "request")


def _sent(operation: Operation, call: CallRecord) -> dict[tuple[str, str], str]:
    parts = urlsplit(call.request.target)
    sent = {("query", name.lower()): text for name, text in parse_qsl(parts.query, True)}
    sent |= {("header", name.lower()): text for name, text in call.request.headers}
    pieces = re.split(r"\{([^}]*)\}", operation.path)
    pattern = "".join(
        "([^/]*)" if place % 2 else re.escape(each) for place, each in enumerate(pieces)
    )
    found = re.search(pattern + r"\Z", parts.path)
    values = found.groups() if found else ()
    named = zip(pieces[1::2], values, strict=False)
    return sent | {("path", name.lower()): unquote(value) for name, value in named}


def _body(api: Api, conform: Conform, operation: Operation, call: CallRecord, told: _Tally) -> None:
    schema, value = _schema(operation), Answer(operation, call).sent
    if schema is None or value is MISSING:
        return
    broken = {each.where for each in conform.errors(schema, value, "request")}
    met = {where for where, _ in _met(api, schema, value, "", 0)}
    told.held.update(met - broken)
    told.broken.update(broken)


def _schema(operation: Operation) -> Where | None:
    contents = operation.body.content if operation.body else ()
    return next((each.schema for each in contents if is_json(each.media_type)), None)


def _met(api: Api, place: Where, value: object, path: str, depth: int) -> Iterator[_Keyword]:
    """The keywords that a value is held to, as far as its members lead."""
    yield from _keywords(api, place, path)
    if depth >= _DEPTH:
        return
    if is_object(value):
        for name, child in walk.properties(api, place).items():
            if name in value:
                yield from _met(api, child, value[name], _under(path, name), depth + 1)
    inner = walk.child(api, place, "items")
    if is_array(value) and inner is not None:
        for each in value:
            yield from _met(api, inner, each, f"{path}[]", depth + 1)


def _all_keywords(api: Api, operation: Operation) -> Iterator[_Keyword]:
    """Every keyword of the body's schema, each once, with the path that leads there first."""
    schema, seen = _schema(operation), set[Where]()
    waiting = [(schema, "", 0)] if schema is not None else []
    while waiting:
        place, path, depth = waiting.pop(0)
        for where, name in _keywords(api, place, path):
            if where not in seen:
                seen.add(where)
                yield where, name
        if depth < _DEPTH:
            named = walk.properties(api, place).items()
            waiting += [(child, _under(path, name), depth + 1) for name, child in named]
            inner = walk.child(api, place, "items")
            waiting += [(inner, f"{path}[]", depth + 1)] if inner is not None else []


def _keywords(api: Api, place: Where, path: str) -> Iterator[_Keyword]:
    for part in walk.parts(api, place):
        schema = api.schemas[part]
        if schema.read_only:
            continue
        names = [name for name in _KEYWORDS if name in schema.keywords]
        names = ["type", *names] if schema.types else names
        closed = [
            name
            for name in ("additionalProperties", "unevaluatedProperties")
            if (child := schema.one(name)) is not None and api.schemas[child].never
        ]
        for name in (*names, *closed):
            yield part.at(name), f"{path or 'body'}: {name}"


def _under(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name

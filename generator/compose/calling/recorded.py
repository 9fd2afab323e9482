"""Recorded calls as calls of the client: arguments read back from the request that was sent.

In: an Api, the planned methods, recorded calls. Out: calls; and, of the steps that the contract
suite took on the mock, exchanges, in which the client is given what the mock answered, must have
asked for it as the suite did, and must see what the description says of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import msgspec

from generator.api import Api, CallRecord, Conform, Content, Operation, Parameter
from generator.api.texts import is_spread, members, spread_members
from generator.api.walk import child, types
from generator.compose.calling.answers import Methods
from generator.compose.calling.expecting import expected
from generator.compose.calling.job import Asked, Call, Exchange, Reply
from generator.diagnostics import Where
from generator.plan import MethodView
from generator.wire import covers, is_json

_READ: Mapping[str, type[int] | type[float]] = {"integer": int, "number": float}
_OF_THE_CONNECTION = ("content-length", "transfer-encoding", "connection")


def recorded_calls(api: Api, methods: Methods, records: Iterable[CallRecord]) -> Iterator[Call]:
    """The calls that were recorded, as far as the client has methods for them."""
    for record in records:
        operation = api.operation(record.operation)
        if operation is not None and record.operation in methods:
            yield _call(api, operation, record, *methods[record.operation])


def steps(api: Api, methods: Methods, records: Iterable[CallRecord]) -> Iterator[Exchange]:
    """The steps that a client can take, each with what the mock answered."""
    conform = Conform(api)
    for number, record in enumerate(records, 1):
        operation = api.operation(record.operation)
        if operation is None or record.operation not in methods:
            continue
        broken = _broken(conform, operation, record)
        if broken is not None and _is_possible(operation, record, broken):
            call = _call(api, operation, record, *methods[record.operation])
            call = msgspec.structs.replace(call, fits=not broken)
            yield _exchange(api, operation, call, record, number)


def _call(
    api: Api, operation: Operation, record: CallRecord, attribute: str, method: MethodView
) -> Call:
    sent = _Sent(api, operation, record)
    wanted = [(each.location, each.wire) for each in method.arguments]
    return Call(
        operation=record.operation,
        resource=attribute,
        method=method.name,
        arguments={
            each.name: sent.values[each.location, each.wire]
            for each in method.arguments
            if (each.location, each.wire) in sent.values
        },
        body=_json(record.request.body),
        has_body=bool(record.request.body),
        paged=method.paged,
        recorded=_json(record.response.body),
        query={name: texts for name, texts in sent.query.items() if ("query", name) not in wanted},
        accept=(record.request.header("accept") or "") if record.response.status == 406 else "",
    )


def _json(body: bytes) -> Any:
    try:
        return msgspec.json.decode(body) if body else None
    except msgspec.DecodeError:
        return None


class _Sent:
    """What a recorded request held: values by location and name, and the query as it came."""

    def __init__(self, api: Api, operation: Operation, record: CallRecord) -> None:
        self._api = api
        parts = urlsplit(record.request.target)
        self.query: dict[str, list[str]] = parse_qs(parts.query, keep_blank_values=True)
        path = re.search(_template(operation.path), parts.path)
        names = re.findall(r"\{([^{}]+)\}", operation.path)
        in_path = dict(zip(names, path.groups(), strict=True)) if path else {}
        self.values: dict[tuple[str, str], Any] = {}
        for each in operation.parameters:
            if each.location == "query" and is_spread(api, each) and each.schema is not None:
                self._gather(each, each.schema)
                continue
            texts = self._texts(each, in_path, record)
            if texts:
                self.values[each.location, each.name] = self._typed(each, texts)

    def _gather(self, parameter: Parameter, schema: Where) -> None:
        """The object whose members stand in the query on their own."""
        found = spread_members(self._api, parameter, self.query)
        for name, _ in found.values():
            del self.query[name]
        if found or parameter.required:
            given = {inner: texts for inner, (_, texts) in found.items()}
            self.values["query", parameter.name] = members(self._api, schema, given)

    def _texts(
        self, parameter: Parameter, in_path: Mapping[str, str], record: CallRecord
    ) -> list[str]:
        if parameter.location == "path":
            return [unquote(in_path[parameter.name])] if parameter.name in in_path else []
        if parameter.location == "query":
            return self.query.get(parameter.name, [])
        header = record.request.header(parameter.name) if parameter.location == "header" else None
        return [] if header is None else [header]

    def _typed(self, parameter: Parameter, texts: list[str]) -> object:
        if parameter.schema is None:
            return texts[0]
        if "array" in types(self._api, parameter.schema):
            items = child(self._api, parameter.schema, "items")
            spread = parameter.explode and parameter.location == "query"
            given = texts if spread else [each for text in texts for each in text.split(",")]
            return [self._scalar(items, text) for text in given]
        return self._scalar(parameter.schema, texts[0])

    def _scalar(self, schema: Where | None, text: str) -> object:
        declared = types(self._api, schema) if schema else frozenset[str]()
        if "boolean" in declared and text in ("true", "false"):
            return text == "true"
        for name, read in _READ.items():
            if name in declared:
                try:
                    return read(text)
                except ValueError:
                    continue
        return text


def _template(path: str) -> str:
    """A pattern for paths of this template, each parameter a group."""
    parts = re.split(r"\{[^{}]+\}", path)
    return "([^/]+)".join(re.escape(part) for part in parts) + r"\Z"


def _is_possible(operation: Operation, record: CallRecord, broken: frozenset[str]) -> bool:
    """Whether the client can ask this; what its types do not let through never gets to a server.

    It wants a body where one is required, sends no read-only field, gives a parameter once, and
    has no argument for what only renders the answer.
    """
    sent = parse_qs(urlsplit(record.request.target).query, keep_blank_values=True)
    for each in operation.parameters:
        if each.location == "query" and each.name in sent:
            if each.behaviours.envelope or each.behaviours.representation:
                return False
            if len(sent[each.name]) > 1 and not each.explode:
                return False
    wants_body = operation.body is not None and operation.body.required
    return "readOnly" not in broken and bool(record.request.body or not wants_body)


def _broken(conform: Conform, operation: Operation, record: CallRecord) -> frozenset[str] | None:
    """The keywords that the body of a request breaks; None where it is no JSON of its operation."""
    if not record.request.body:
        return frozenset()
    kind = record.request.header("content-type") or ""
    schema = next((e.schema for e in _contents(operation) if e.media_type == kind), None)
    if not is_json(kind) or schema is None:
        return None
    try:
        body = msgspec.json.decode(record.request.body)
    except msgspec.DecodeError:
        return None
    return frozenset(each.kind for each in conform.errors(schema, body, "request"))


def _contents(operation: Operation) -> tuple[Content, ...]:
    return operation.body.content if operation.body else ()


def _exchange(
    api: Api, operation: Operation, call: Call, record: CallRecord, number: int
) -> Exchange:
    request, response = record.request, record.response
    headers = [each for each in response.headers if each[0].lower() not in _OF_THE_CONNECTION]
    reply = Reply(response.status, headers, response.body)
    kind = _answered_as(api, operation, reply, response.header("content-type") or "")
    return Exchange(
        label=f"step {number}, {request.method} {request.target} answered with {reply.status}",
        call=call,
        reply=reply,
        expected=expected(api, operation, reply, kind, _json(response.body), paged=call.paged),
        asked=Asked(
            request.method, request.target, request.header("content-type") or "", request.body
        ),
    )


def _answered_as(api: Api, operation: Operation, reply: Reply, kind: str) -> str:
    """The declared media type of an answer; empty where the caller sees no body."""
    declared = operation.response(reply.status)
    if declared is not None:
        known = sorted((each.media_type for each in declared.content), key=lambda e: "*" in e)
        return next((each for each in known if covers(each, kind)), "")
    errors = api.behaviours.errors
    everywhere = errors is not None and reply.status in errors.everywhere and errors.schema
    return kind if everywhere and reply.body else ""

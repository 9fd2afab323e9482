"""Requests and answers as an operation describes them: the least that is accepted, and what is not.

In comes an API, out go messages drawn from its schemas and whether a message is one that an
operation describes, judged by jsonschema-rs. Two APIs call a path parameter by its position, so
that a request of the one can be held against the other.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, cast
from urllib.parse import quote

import generator.diff.matching as matching
from generator.api import Api, Conform, Content, Operation, Parameter, walk
from generator.api.model import Response
from generator.diagnostics import Where
from generator.diff.equality import Equality
from generator.diff.samples import Samples
from generator.wire.media import negotiate


class _Nothing:
    """No body at all, which is not null."""


NOTHING: Final = _Nothing()
_ANYTHING: tuple[object, ...] = ({}, [], "a", 1, None)
_GROUPS = {"query": "query", "header": "headers", "cookie": "cookies"}


@dataclass(frozen=True, slots=True)
class Sent:
    """A request: values by the keys of parameters, a body with its media type, what is accepted."""

    method: str
    path: str
    parameters: Mapping[Hashable, tuple[Parameter, object]]
    body: object = NOTHING
    media_type: str = ""
    accept: str = ""

    def told(self) -> dict[str, object]:
        """The request as plain data; what is empty is left out."""
        groups: dict[str, dict[str, object]] = {name: {} for name in _GROUPS.values()}
        path = self.path
        for parameter, value in self.parameters.values():
            if parameter.location == "path":
                path = path.replace(f"{{{parameter.name}}}", quote(_text(value), safe=""))
            else:
                groups[_GROUPS[parameter.location]][parameter.name] = value
        for name, value in (("Accept", self.accept), ("Content-Type", self.media_type)):
            if value:
                groups["headers"][name] = value
        told: dict[str, object] = {"method": self.method, "path": path}
        told.update({name: values for name, values in groups.items() if values})
        return told if self.body is NOTHING else {**told, "body": self.body}


def _text(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return ",".join(map(str, cast("list[object]", value)))
    return str(value)


@dataclass(slots=True)
class Messages:
    """Draws and judges messages of one API."""

    api: Api
    conform: Conform
    prefix: str = ""
    _first: dict[Where, object] = field(default_factory=dict[Where, object])
    _samples: Samples = field(init=False)

    def __post_init__(self) -> None:
        self._samples = Samples(self.api, self.api, Equality(self.api, self.api))

    def least(self, operation: Operation) -> Sent | None:
        """The request with nothing that may be left out; None where no value was found."""
        values: dict[Hashable, tuple[Parameter, object]] = {}
        for key, parameter in self._parameters(operation):
            if parameter.required:
                value = self._value(parameter)
                if value is NOTHING:
                    return None
                values[key] = (parameter, value)
        sent = Sent(operation.method, operation.path, values)
        if operation.body is None or not operation.body.required:
            return sent
        return next(self.with_bodies(operation, sent), None)

    def with_bodies(
        self, operation: Operation, sent: Sent, media_type: str | None = None
    ) -> Iterator[Sent]:
        """The request with a body of each media type, or of one, as far as values were found."""
        for content in operation.body.content if operation.body else ():
            if media_type is None or content.media_type == media_type:
                for value in self._bodies(content):
                    yield replace(sent, body=value, media_type=content.media_type)

    def accepts(self, operation: Operation, sent: Sent) -> bool:
        """Whether the operation describes this request; what it does not know is ignored."""
        for key, parameter in self._parameters(operation):
            found = sent.parameters.get(key)
            if found is None:
                if parameter.required:
                    return False
            elif not self._fits(_schema(parameter), found[1]):
                return False
        return self._takes(operation, sent) and self._answers(operation, sent.accept)

    def values(self, parameter: Parameter) -> Iterator[object]:
        """Values that a parameter can have, as far as they were found."""
        schema = _schema(parameter)
        if schema is not None:
            yield from (v for v in self._samples.of(schema, None) if self._fits(schema, v))

    def scalar(self, parameter: Parameter) -> bool:
        """Whether every value of a parameter is a text, a number or a truth value."""
        schema = _schema(parameter)
        types = walk.types(self.api, schema) if schema is not None else frozenset[str]()
        return bool(types) and not types & {"array", "object"}

    def least_headers(self, response: Response) -> dict[str, object] | None:
        """The headers of an answer that may not be left out; None where no value was found."""
        headers: dict[str, object] = {}
        for header in response.headers:
            if header.required:
                value = self._drawn(header.schema) if header.schema else "a"
                if value is NOTHING:
                    return None
                headers[header.name] = value
        return headers

    def describes(self, response: Response, headers: Mapping[str, object]) -> bool:
        """Whether an answer with these headers is one that is described."""
        names = {name.lower() for name in headers}
        return all(each.name.lower() in names for each in response.headers if each.required)

    def _takes(self, operation: Operation, sent: Sent) -> bool:
        body = operation.body
        if sent.body is NOTHING:
            return body is None or not body.required
        offers = body.content if body is not None else ()
        fitting = [each for each in offers if negotiate(each.media_type, [sent.media_type])]
        return any(self._fits(each.schema, sent.body) for each in fitting)

    def _answers(self, operation: Operation, accept: str) -> bool:
        if not accept:
            return True
        offers = [
            each.media_type
            for response in operation.responses
            if response.status.startswith("2") or response.status == "default"
            for each in response.content
        ]
        return negotiate(accept, offers) is not None

    def _fits(self, schema: Where | None, value: object) -> bool:
        return schema is None or self.conform.valid(schema, value, "request")

    def _parameters(self, operation: Operation) -> Iterator[tuple[Hashable, Parameter]]:
        places = matching.positions(matching.cut(operation.path, self.prefix))
        for each in operation.parameters:
            yield matching.parameter_key(each, places), each

    def _value(self, parameter: Parameter) -> object:
        """A value that a call can carry: what is in a path is not empty."""
        schema = _schema(parameter)
        for value in [each.value for each in parameter.examples]:
            if self._fits(schema, value):
                return value
        found = self._drawn(schema) if schema is not None else "a"
        return "a" if found == "" and self._fits(schema, "a") else found

    def _bodies(self, content: Content) -> Iterator[object]:
        if content.schema is None:
            yield from _ANYTHING
            return
        stated = (each.value for each in content.examples)
        fitting = [each for each in stated if self._fits(content.schema, each)]
        value = fitting[0] if fitting else self._drawn(content.schema)
        if value is not NOTHING:
            yield value

    def _drawn(self, schema: Where) -> object:
        if schema not in self._first:
            values = self._samples.of(schema, None)
            self._first[schema] = next((v for v in values if self._fits(schema, v)), NOTHING)
        return self._first[schema]


def _schema(parameter: Parameter) -> Where | None:
    return parameter.content.schema if parameter.content else parameter.schema

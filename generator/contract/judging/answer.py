"""An answer as laws read it: the recorded call, and its body as JSON where it is."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property, lru_cache
from urllib.parse import parse_qsl, urlsplit

from generator.api.exchange import CallRecord, Request, Response
from generator.api.model import Operation
from generator.contract.pointer import MISSING, look
from generator.diagnostics.where import escape
from generator.report import cut
from generator.wire import is_json

_CUT = 300
_VALUE_CUT = 400


@dataclass(frozen=True)
class Answer:
    """What came back to one call of an operation."""

    operation: Operation
    call: CallRecord

    @property
    def status(self) -> int:
        """The status code."""
        return self.call.response.status

    @property
    def success(self) -> bool:
        """Whether the status is of the class 2xx."""
        return 200 <= self.status < 300

    @cached_property
    def value(self) -> object:
        """The body as JSON; MISSING where it is empty, of another type or malformed."""
        return parsed(self.call.response)

    @cached_property
    def plain(self) -> object:
        """The body as JSON without the envelope that the request asked for."""
        return unwrapped(self.operation, self.call.request, self.value)

    @property
    def sent(self) -> object:
        """The request's body as JSON."""
        return json_of(self.call.request.body)

    def at(self, pointer: str) -> object:
        """What a pointer into the body names."""
        return look(self.value, pointer)

    def __str__(self) -> str:
        body = self.call.response.body.decode("utf-8", "replace")
        return f"{self.status} {cut(body, _CUT)}".rstrip()


def unwrapped(operation: Operation, request: Request, value: object) -> object:
    """A body's JSON without the envelope that the request asked for."""
    query = dict(parse_qsl(urlsplit(request.target).query))
    for parameter in operation.parameters:
        envelope = parameter.behaviours.envelope
        if envelope is not None and query.get(parameter.name) == "true":
            content = look(value, f"/{escape(envelope.content)}")
            return value if content is MISSING else content
    return value


def parsed(response: Response, pointer: str = "") -> object:
    """What a pointer into a response's JSON names; MISSING where the body is no JSON."""
    kind = response.header("Content-Type") or ""
    return look(json_of(response.body), pointer) if is_json(kind) else MISSING


@lru_cache(256)
def json_of(body: bytes) -> object:
    """A body's JSON, not to be changed; MISSING where it is none."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return MISSING


def shown(value: object) -> str:
    """A value as a finding prints it: text as it is, the rest as JSON, cut to a readable length."""
    if value is MISSING:
        return "nothing"
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return cut(text, _VALUE_CUT)

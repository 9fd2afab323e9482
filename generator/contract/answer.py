"""An answer as laws read it: the recorded call, and its body as JSON where it is."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property

from generator.api.exchange import CallRecord, Response
from generator.api.model import Operation
from generator.contract.pointer import MISSING, look
from generator.wire import is_json


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

    @property
    def sent(self) -> object:
        """The request's body as JSON."""
        return _parsed(self.call.request.body)

    def at(self, pointer: str) -> object:
        """What a pointer into the body names."""
        return look(self.value, pointer)

    def __str__(self) -> str:
        body = self.call.response.body[:300].decode("utf-8", "replace")
        return f"{self.status} {body}".rstrip()


def parsed(response: Response, pointer: str = "") -> object:
    """What a pointer into a response's JSON names; MISSING where the body is no JSON."""
    kind = response.header("Content-Type") or ""
    return look(_parsed(response.body), pointer) if is_json(kind) else MISSING


def _parsed(body: bytes) -> object:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return MISSING

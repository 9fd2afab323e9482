"""What travels through one step: the call, a refusal, an answer.

A `Call` lives for one step and is filled by the checks in their order; what a check will not let
pass it raises as `Refused`, and the step turns that into an answer in the API's own error format.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from generator.api.behaviours import FaultKind, Guard
from generator.api.exchange import Headers, Principal, Request
from generator.mock.state import State
from generator.mock.values import ABSENT
from generator.wire import format_challenge

NOBODY = Principal("", "", "", "")
"""Who calls where nobody is declared."""


class Call:
    """One request on its way: checks read the request and write what they found."""

    __slots__ = (
        "accepted",
        "body",
        "headers",
        "path",
        "principal",
        "query",
        "request",
        "state",
        "target",
    )

    def __init__(self, state: State, request: Request, headers: Mapping[str, str]) -> None:
        self.state = state
        self.request = request
        self.headers = headers
        self.target = request.target
        self.path: dict[str, str] = {}
        self.query: dict[str, Any] = {}
        self.principal = NOBODY
        self.accepted = ""
        self.body: Any = ABSENT


class Refused(Exception):
    """A check's refusal: which class of fault, about what, why; and fields for the answer."""

    headers: Headers = ()

    def __init__(
        self, kind: FaultKind, name: str = "", value: object = "", reason: str = ""
    ) -> None:
        super().__init__(kind, name, value, reason)
        self.kind: FaultKind = kind
        self.name = name
        self.value = value
        self.reason = reason


class Failed(msgspec.Struct, frozen=True):
    """A check that a request failed: the class of fault, about what, and why."""

    fault: str
    about: str
    reason: str


class Unauthenticated(Refused):
    """No credentials, or wrong ones; `stale` ones were right but for the age of their nonce.

    `error` is the code that a bearer challenge carries (RFC 6750, section 3.1).
    """

    def __init__(self, reason: str, stale: bool = False, error: str = "") -> None:
        super().__init__("unauthenticated", reason=reason)
        self.stale = stale
        self.error = error


class LesserScope(Refused):
    """A token that is right but for its scopes (RFC 6750, section 3.1)."""

    def __init__(self, realm: str, scopes: str) -> None:
        super().__init__("lesser-scope", scopes)
        told = {"realm": realm, "error": "insufficient_scope", "scope": scopes}
        self.headers = (("www-authenticate", format_challenge("Bearer", told)),)


class Guarded(Exception):
    """A guard's refusal."""

    def __init__(self, guard: Guard) -> None:
        super().__init__(guard)
        self.guard = guard


@dataclass(frozen=True, slots=True)
class Answer:
    """What a role answers: the body's value before it is wrapped and written, or ABSENT."""

    value: Any = ABSENT
    status: int = 0
    headers: Headers = ()


Check = Callable[[Call], None]
Handler = Callable[[Call], Answer]

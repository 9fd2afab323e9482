"""The types that siblings exchange through compose: calls, an executable model, a client's surface.

mock implements `Model`, contract steps it beside a target; plan makes a `Surface`, diff compares
two; contract writes `CallRecord`s, diff and replay read them. None of them imports another.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Request:
    """A request as it stands on the wire: `target` is the path with its query, still encoded."""

    method: str
    target: str
    headers: Headers = ()
    body: bytes = b""

    def header(self, name: str) -> str | None:
        """The header's values joined by commas, or None (RFC 9110, section 5.3)."""
        return find_header(self.headers, name)


@dataclass(frozen=True, slots=True)
class Response:
    """A response as it stands on the wire."""

    status: int
    headers: Headers = ()
    body: bytes = b""

    def header(self, name: str) -> str | None:
        """The header's values joined by commas, or None (RFC 9110, section 5.3)."""
        return find_header(self.headers, name)


def find_header(headers: Headers, name: str) -> str | None:
    """The values of a header, whatever its case, joined by commas; None where it is absent."""
    wanted = name.lower()
    values = [value for key, value in headers if key.lower() == wanted]
    return ", ".join(values) if values else None


@dataclass(frozen=True, slots=True)
class Determined:
    """What a model decides of its answer: the status, the error code, and body fields by pointer.

    `opaque` are the pointers whose values only correspond; `ordered` says whether a list's order
    counts; `crash` is a 5xx that counts as the same answer.
    """

    status: bool = True
    code: bool = True
    fields: frozenset[str] = frozenset()
    opaque: frozenset[str] = frozenset()
    ordered: bool = True
    crash: int | None = None


@dataclass(frozen=True, slots=True)
class Principal:
    """Somebody with credentials: `scheme` is the security scheme's name in the description."""

    name: str
    scheme: str
    user: str
    secret: str = field(repr=False)
    roles: tuple[str, ...] = ()
    tenant: str = ""


State = TypeVar("State")


class Model(Protocol[State]):
    """An executable model of an API: pure, so a step may be taken twice and compared."""

    def start(self, seed: int, principals: Sequence[Principal]) -> State:
        """The state before the first call."""
        ...

    def step(self, state: State, request: Request) -> tuple[State, Response, Determined]:
        """What the API would answer, the state after it, and what of the answer is decided."""
        ...


@dataclass(frozen=True, slots=True)
class CallRecord:
    """One recorded call: which operation, as whom, what was sent and what came back.

    One that is `beside` was made at the same time as the one that was recorded before it.
    """

    operation: str
    principal: str
    request: Request
    response: Response
    seconds: float
    part: str
    beside: bool = False


@dataclass(frozen=True, slots=True)
class ModelField:
    """A field of a model: its type as Python writes it, and whether callers have to give it."""

    annotation: str
    needed: bool


@dataclass(frozen=True, slots=True)
class Surface:
    """The public names of a generated client, its methods' signatures and its models' fields.

    All by the pointer of what they stand for.
    """

    names: Mapping[str, str]
    signatures: Mapping[str, str]
    fields: Mapping[str, ModelField] = field(default_factory=dict[str, ModelField])

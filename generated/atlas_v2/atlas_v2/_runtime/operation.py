# Part of the Lockstep runtime, copied here by the generator. Do not edit.
# fmt: off
"""Facts about operations, as generated modules state them.

These are values without behaviour, read by the modules that build requests and judge responses.
They are frozen Structs rather than dataclasses: a client states hundreds of them when it is
imported, and msgspec makes the class and each value several times faster.
"""

from typing import Any, Generic, Literal, TypeVar

from msgspec import Struct

from .paging import Paging

T = TypeVar("T")
I = TypeVar("I")  # noqa: E741 (the item of a page)


class Parameter(Struct, frozen=True):
    """One parameter and how its value is written; empty ``style`` is the default of OpenAPI."""

    name: str
    location: Literal["path", "query", "header", "cookie"]
    style: str = ""
    explode: bool | None = None
    media_type: str | None = None
    allow_reserved: bool = False
    argument: str = ""

    @property
    def key(self) -> str:
        """The name under which a call passes the value."""
        return self.argument or self.name


class Body(Struct, frozen=True):
    """The body an operation takes."""

    media_type: str
    required: bool = False
    omit: tuple[str, ...] = ()


class Answer(Struct, frozen=True):
    """What one status carries: ``type`` is None where there is no body."""

    status: str
    media_type: str | None = None
    type: Any = None


class ErrorFields(Struct, frozen=True):
    """JSON pointers into an error body; ``status`` is where it repeats the HTTP status."""

    code: str | None = None
    detail: str | None = None
    status: str | None = None


class Operation(Struct, Generic[T], frozen=True, kw_only=True):
    """One operation of an API; a call of it returns T."""

    id: str
    method: str
    path: str
    parameters: tuple[Parameter, ...] = ()
    accept: str = ""
    responses: tuple[Answer, ...] = ()
    error: ErrorFields | None = None
    security: tuple[tuple[str, ...], ...] = ()
    body: Body | None = None
    idempotency_key: str | None = None
    """Name of the header that makes a repeated call harmless."""


class PagedOperation(Operation[T], Generic[T, I], frozen=True, kw_only=True):
    """An operation that answers in pages of I."""

    page: Paging

# Part of the Lockstep runtime, copied here by the generator. Do not edit.
# fmt: off
"""Facts about operations, as generated modules state them.

These are values without behaviour, read by the modules that build requests and judge responses.
They are frozen Structs rather than dataclasses: a client states hundreds of them when it is
imported, and msgspec makes the class and each value several times faster.
"""

import re
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any, Generic, Literal, TypeGuard, TypeVar

import msgspec
from msgspec import UNSET, Struct

from .form_fields import FormFields
from .paging import Paging
from .uri import Base, encode_path, split_base

T = TypeVar("T")
I = TypeVar("I")  # noqa: E741 (the item of a page)

_PLACE = re.compile(r"\{([^{}]*)\}")


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
    """Pointers of fields that are never sent."""
    extra: bool = False
    """Whether fields that the description does not list may be sent."""
    fields: tuple[Parameter, ...] = ()
    """How fields of a form are written, where that is said: as parameters of a query are."""
    item_type: str = ""
    """The media type of each item of a body of parts, where that is said."""
    form: FormFields | None = None
    """What makes the body of its fields, where it is a form without a model."""

    def field(self, name: str) -> Parameter | None:
        """How a field of a form is written, None where nothing is said of it."""
        return next((each for each in self.fields if each.name == name), None)


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


class Operation(Struct, Generic[T], frozen=True, kw_only=True, dict=True):
    """One operation of an API; a call of it returns T.

    What is worked out from the facts of an operation again and again is kept beside them.
    """

    id: str
    method: str
    path: str
    parameters: tuple[Parameter, ...] = ()
    accept: str = ""
    responses: tuple[Answer, ...] = ()
    error: ErrorFields | None = None
    security: tuple[tuple[str, ...], ...] = ()
    body: Body | None = None
    bodies: tuple[Body, ...] = ()
    """Other bodies that it takes instead."""
    idempotency_key: str | None = None
    """Name of the header that makes a repeated call harmless."""
    server: str = ""
    """Where it is served, for clients whose base URL is one of ``instead_of``."""
    instead_of: tuple[str, ...] = ()

    def base(self, usual: Base) -> Base:
        """Where it is called by a client with this base URL."""
        return self._bases.get(usual, usual) if self.server else usual

    @cached_property
    def _bases(self) -> dict[Base, Base]:
        own = split_base(self.server)
        return {split_base(each): own for each in self.instead_of}

    @cached_property
    def pieces(self) -> tuple[str | Parameter, ...]:
        """The path: literal pieces, encoded, and the parameters between them."""
        facts = {fact.name: fact for fact in self.parameters if fact.location == "path"}
        parts = _PLACE.split(self.path)
        return tuple(facts[p] if at % 2 else encode_path(p) for at, p in enumerate(parts))

    @cached_property
    def in_query(self) -> tuple[Parameter, ...]:
        """The parameters of the query."""
        return tuple(each for each in self.parameters if each.location == "query")

    @cached_property
    def in_head(self) -> tuple[Parameter, ...]:
        """The parameters in header fields, cookies among them."""
        return tuple(each for each in self.parameters if each.location in ("header", "cookie"))

    def narrowed(
        self, *, accept: str | None = None, content_type: str | None = None
    ) -> "Operation[T]":
        """This operation with one media type for its answers, for its body, or for both."""
        key = accept, content_type
        if key not in self._narrowed:
            found = self._answering(accept)
            self._narrowed[key] = found if content_type is None else found._sent(content_type)
        return self._narrowed[key]

    def filled(
        self, body: object, model: Callable[..., object], fields: Mapping[str, Any], /, **more: Any
    ) -> object:
        """The body of a call: as it was given, or the model that fields make, but not both."""
        given = {k: v for k, v in {**fields, **more}.items() if v is not UNSET}
        if not given:
            return body
        if body is not UNSET:
            raise TypeError(f"{self.id} takes a body or its fields ({', '.join(given)}), not both")
        try:
            return model(**given)
        except (TypeError, ValueError) as error:
            raise TypeError(f"{self.id}: {' '.join(str(error).split())}") from None

    def formed(
        self,
        body: object,
        fields: Mapping[str, Any],
        content_type: str | None = None,
        model: Callable[..., object] = dict,
        /,
        **more: Any,
    ) -> object:
        """The body of a call: as `filled`, but of a form where the media type has one."""
        sent = (self if content_type is None else self.narrowed(content_type=content_type)).body
        make = sent.form if sent is not None and sent.form is not None else model
        return self.filled(body, make, fields, **more)

    @cached_property
    def _narrowed(self) -> dict[tuple[str | None, str | None], "Operation[T]"]:
        return {}

    def _sent(self, media_type: str) -> "Operation[T]":
        """The operation with the body of one media type."""
        for body in (self.body, *self.bodies):
            if body is not None and body.media_type == media_type:
                return msgspec.structs.replace(self, body=body)
        raise ValueError(f"{self.id} takes no body of {media_type!r}")

    def _answering(self, accept: str | None) -> "Operation[T]":
        """The operation as it is called where a media type is asked for, or none is."""
        return self if accept is None else self._answered(accept)

    def _answered(self, *media_types: str) -> "Operation[T]":
        """The operation with the successes of some media types, or of none, and all errors."""
        errors = [each for each in self.responses if not self.is_success(each)]
        good = [
            each
            for each in self.responses
            if self.is_success(each) and each.media_type in (*media_types, None)
        ]
        if not any(each.media_type for each in good):
            raise ValueError(f"{self.id} does not answer in {' or '.join(map(repr, media_types))}")
        accepted = [*media_types, *(each.media_type for each in errors if each.media_type)]
        accept = ", ".join(dict.fromkeys(accepted))
        return msgspec.structs.replace(self, accept=accept, responses=(*good, *errors))

    def is_success(self, answer: Answer) -> bool:
        """Whether an answer is a success; the default one is where there is no other."""
        if answer.status == "default":
            return not any(each.status.startswith("2") for each in self.responses)
        return answer.status.startswith("2")

    @cached_property
    def readings(self) -> dict[tuple[int, str | None], Any]:
        """What answers of a status and Content-Type were found to be; kept by who reads them."""
        return {}


class PagedOperation(Operation[T], Generic[T, I], frozen=True, kw_only=True):
    """An operation that answers in pages of I."""

    page: Paging
    whole: tuple[str, ...] = ()
    """Media types of successes that are no pages."""

    def _answering(self, accept: str | None) -> Operation[T]:
        """Where no media type is asked for, those of pages are."""
        if accept in self.whole:
            facts = {name: getattr(self, name) for name in Operation.__struct_fields__}
            return Operation[T](**facts)._answered(accept)
        return self._answered(*([accept] if accept else self._paged()))

    def _paged(self) -> list[str]:
        """The media types of pages."""
        good = [each.media_type or "" for each in self.responses if self.is_success(each)]
        return [each for each in dict.fromkeys(good) if each and each not in self.whole]


def is_paged(operation: Operation[Any]) -> TypeGuard[PagedOperation[Any, Any]]:
    """Whether an operation answers in pages."""
    return isinstance(operation, PagedOperation)

"""An operation: the method that calls it, its arguments and answers, and what is said of it."""

from __future__ import annotations

from msgspec import Struct

from generator.plan.code import Call
from generator.plan.views.models import StructView
from generator.plan.views.text import About, Lines, TypeView


class ArgumentView(Struct, frozen=True, kw_only=True):
    """An argument of a method, for its signature and its page of documentation."""

    name: str
    wire: str
    location: str
    declaration: str
    shown: TypeView
    required: bool
    text: str
    about: About


class AnswerView(Struct, frozen=True, kw_only=True):
    """An answer in the documentation: status, media types, type and error class."""

    status: str
    media_types: tuple[str, ...]
    shown: TypeView
    error: str
    text: str


class ReferenceView(Struct, frozen=True, kw_only=True):
    """What the documentation tells of a method.

    `sends` is the media type of its body; `arguments` has the fields of a body behind it; the calls
    are one with what is required and, where there is more, one with everything, and give `result`.
    """

    shown: TypeView
    sends: str
    arguments: tuple[ArgumentView, ...]
    answers: tuple[AnswerView, ...]
    required: Call
    full: Call | None
    result: str


class FormView(Struct, frozen=True, kw_only=True):
    """One way of calling a method, for type checkers: its signature and what it returns."""

    signature: Lines
    returns: str
    returns_async: str
    decorators: tuple[Call, ...] = ()


class MethodView(Struct, frozen=True, kw_only=True):
    """An operation: the fact that states it, the method that calls it, what is said of it.

    `forms` are the ways of calling it where there are several; `signature` takes them all.
    `headers` is the class of the header fields of its answers, or none.
    """

    name: str
    id: str
    label: str
    constant: str
    fact: Call
    forms: tuple[FormView, ...]
    signature: Lines
    returns: str
    returns_async: str
    call: Call
    paged: bool
    summary: str
    description: str
    doc: Lines
    roles: tuple[str, ...]
    arguments: tuple[ArgumentView, ...]
    headers: tuple[StructView, ...]
    reference: ReferenceView
    decorators: tuple[Call, ...] = ()

"""Webhooks and callbacks: what the API calls its users with, as decoders with names and types.

In: the incoming requests of an Api. Out: a module of webhooks and one of callbacks, each request a
fact that decodes its body, with what is said of it and how it is to be answered. What travels is
turned around: the API writes the body, so it is read here, and what answers it is written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from generator.api import Api, Content, Operation
from generator.diagnostics import Where
from generator.plan.answers import body_kind
from generator.plan.classes import Classes
from generator.plan.code import Call, Code, given
from generator.plan.models import imports
from generator.plan.names import Names, snake
from generator.plan.operations import constructor, section
from generator.plan.prose import first_sentence, paragraphs, sentence, shown
from generator.plan.resources import INCOMING, Resources
from generator.plan.types import ANY, NONE, Type, text, union, words_of
from generator.plan.views.methods import AnswerView
from generator.plan.views.text import Lines
from generator.plan.views.webhooks import WebhooksModule, WebhookView
from generator.wire import is_json

_NAMES_TAKEN = frozenset(("annotations", "models"))


class _Named(Struct, frozen=True):
    """A request of the API's with its name in Python, and what it is called in messages."""

    name: str
    label: str
    operation: Operation


def received_places(api: Api) -> Iterator[Where]:
    """The schemas of everything that the API calls its users with."""
    for _, _, operation in _incoming(api):
        for content in operation.body.content if operation.body else ():
            if content.schema is not None and is_json(content.media_type):
                yield content.schema


def answered_places(api: Api) -> Iterator[Where]:
    """The schemas of everything that users answer with."""
    for _, _, operation in _incoming(api):
        for response in operation.responses:
            for content in response.content:
                if content.schema is not None and is_json(content.media_type):
                    yield content.schema


class Webhooks:
    """Names the requests that an API makes, and plans their decoders."""

    def __init__(self, api: Api, resources: Resources, names: Names) -> None:
        self._api = api
        self._modules: dict[str, str] = {}
        self._named: dict[str, list[_Named]] = {}
        for kind in INCOMING:
            incoming = [each for each in _incoming(api) if each[0] == kind]
            if incoming:
                self._modules[kind] = resources.module(kind)
                self._named[kind] = _names(incoming, names)

    @property
    def names(self) -> Mapping[Where, str]:
        """What the requests are called, by the places of their operations."""
        named = (each for all_of_kind in self._named.values() for each in all_of_kind)
        return {each.operation.where: each.name for each in named}

    def plan(self, classes: Classes) -> tuple[WebhooksModule, ...]:
        """The modules that there are."""
        return tuple(
            self._module(kind, [_view(classes, each) for each in named])
            for kind, named in self._named.items()
        )

    def _module(self, kind: str, views: list[WebhookView]) -> WebhooksModule:
        used = {"Carried", "Webhook"}
        for view in views:
            used |= words_of(view.fact.function)
            used |= {word for kind in view.kinds for word in words_of(text(kind, "models."))}
        modules = (
            ("decimal", ("Decimal",)),
            ("typing", ("Any", "Union")),
            (".", ("models",)),
            ("._runtime", ("Carried", "Webhook")),
        )
        title = self._api.title or "the API"
        doc = f"{kind.title()} of {title}: what it calls its users with."
        return WebhooksModule(
            module=self._modules[kind],
            title=kind.title(),
            doc=paragraphs((doc, "`decode(body, headers)` reads what came."), 0),
            imports=imports(modules, used),
            webhooks=tuple(sorted(views, key=lambda each: each.name)),
        )


def _incoming(api: Api) -> Iterator[tuple[str, str, Operation]]:
    """Requests of the API's: webhook or callback, what it is called, and the operation."""
    for webhook in api.webhooks:
        for operation in webhook.operations:
            yield "webhooks", webhook.name, operation
    for owner in api.operations:
        for callback in owner.callbacks:
            for operation in callback.operations:
                yield "callbacks", f"{owner.name} {callback.name}", operation


def _names(incoming: list[tuple[str, str, Operation]], names: Names) -> list[_Named]:
    """The requests, each under the name of its webhook, or of its operation and callback.

    Where one name stands for several requests, their methods tell them apart.
    """
    scope = names.scope(_NAMES_TAKEN)
    labels = [label for _, label, _ in incoming]
    keys = [f"{kind[:-1]} {label}: {each.label}" for kind, label, each in incoming]
    scope.hold(dict.fromkeys(keys, ""))
    found: list[_Named] = []
    for key, (kind, label, operation) in zip(keys, incoming, strict=True):
        several = labels.count(label) > 1
        fold = snake(f"{label} {operation.method.lower()}" if several else label)
        name = scope.name(key, fold, operation.where)
        told = f"{kind[:-1]} {label!r}" + (f" ({operation.method})" if several else "")
        found.append(_Named(name, told, operation))
    return found


def _view(classes: Classes, named: _Named) -> WebhookView:
    operation = named.operation
    contents = operation.body.content if operation.body else ()
    bodies = [(each.media_type, body_kind(classes, each)) for each in contents]
    kinds = [kind for _, kind in bodies]
    wanted = union(*kinds) if kinds else NONE
    carried = tuple(
        Call("Carried", (media_type, Code(text(kind, "models.")))) for media_type, kind in bodies
    )
    answers = tuple(_answers(classes, operation))
    return WebhookView(
        name=named.name,
        label=named.label,
        fact=Call(
            constructor(named.name, "Webhook", [wanted]),
            keywords=given(name=named.label, bodies=carried),
        ),
        kinds=(wanted, *kinds),
        shown=shown(wanted),
        method=operation.method,
        media_types=tuple(media_type for media_type, _ in bodies),
        headers=tuple(e.name for e in operation.parameters if e.location == "header"),
        summary=operation.summary or f"The {named.label}.",
        description=operation.description,
        doc=_doc(operation, named, answers),
        answers=answers,
    )


def _doc(operation: Operation, named: _Named, answers: tuple[AnswerView, ...]) -> Lines:
    opening = paragraphs(
        (
            sentence(operation.summary) or f"The {named.label}.",
            "" if operation.description == operation.summary else operation.description,
            f"Comes as {operation.method}.",
        ),
        0,
    )
    said = {each.status: _answered(each) for each in answers}
    return (*opening, *section("Answers:", said, 0))


def _answered(answer: AnswerView) -> str:
    """What an answer carries, and what is said of it."""
    body = f"`{answer.shown.text}`, " if answer.media_types else ""
    return f"{body}{first_sentence(answer.text)}"


def _answers(classes: Classes, operation: Operation) -> Iterator[AnswerView]:
    for response in operation.responses:
        kinds = [_written_kind(classes, each) for each in response.content]
        yield AnswerView(
            status=response.status,
            media_types=tuple(each.media_type for each in response.content),
            shown=shown(union(*kinds) if kinds else NONE),
            error="",
            text=response.description.strip(),
        )


def _written_kind(classes: Classes, content: Content) -> Type:
    """What a user answers with, as a type."""
    if not is_json(content.media_type):
        return body_kind(classes, content)
    return ANY if content.schema is None else classes.type(content.schema, "write")

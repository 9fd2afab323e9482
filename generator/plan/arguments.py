"""Arguments of a method: parameters and body of an operation, as a signature and as facts.

Path parameters and the body come first and by position, everything else by name. Parameters that
only wrap or render the answer are not exposed, nor are headers that OpenAPI reserves
(https://spec.openapis.org/oas/v3.1.1.html#parameter-object).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import cast

from msgspec import Struct

from generator.api import Api, Content, Operation, Parameter
from generator.diagnostics import Diagnostics, Where
from generator.plan.classes import Classes
from generator.plan.code import Call, given
from generator.plan.media import FORM, MULTIPART, is_event_stream, is_xml, items_of, sent, textual
from generator.plan.models import optional
from generator.plan.names import Names, snake
from generator.plan.parts import FormPlanner, part_places
from generator.plan.prose import about, beyond, joined, shown, whole
from generator.plan.shapes import Shapes
from generator.plan.types import (
    ANY,
    NONE,
    STR,
    ClassRef,
    ListOf,
    Plain,
    Type,
    annotation,
    members,
    union,
)
from generator.plan.views.methods import ArgumentView
from generator.plan.views.models import FieldView
from generator.plan.views.text import About
from generator.wire import is_json

_STYLES = {"path": "simple", "query": "form", "header": "simple", "cookie": "form"}
_PLACE = re.compile(r"\{([^{}]*)\}")
_NAMES_TAKEN = frozenset(("self", "body", "options"))
CONTENT = Plain("Content")
"""Bytes, or what is read as bytes while it is sent."""
MAPPING = Plain("Mapping[str, Any]")
"""What a model may be given as, too."""


class Argument(Struct, frozen=True):
    """One argument: the view, its fact and the key it is sent under, and what it is given as.

    A body has neither fact nor key; `others` is what it is given as in other media types,
    `fields` are those of a form that has no model, `forms` all of these by media type.
    """

    view: ArgumentView
    fact: Call | None = None
    key: str = ""
    where: Where | None = None
    kind: Type = STR
    others: Mapping[str, Type] = {}
    fields: Mapping[str, FieldView] = {}
    forms: Mapping[str, Mapping[str, FieldView]] = {}

    @property
    def is_body(self) -> bool:
        """Whether it is the body."""
        return self.view.location == "body"


def exposed(operation: Operation) -> list[Parameter]:
    """The parameters a caller may give, those of the path in its order and first."""
    kept = [each for each in operation.parameters if _is_exposed(each)]
    places = _PLACE.findall(operation.path)
    path = {each.name: each for each in kept if each.location == "path"}
    return [path[name] for name in dict.fromkeys(places) if name in path] + [
        each for each in kept if each.location != "path"
    ]


def missing_places(operation: Operation) -> list[str]:
    """Places in the path that no parameter describes."""
    named = {each.name for each in operation.parameters if each.location == "path"}
    return [name for name in dict.fromkeys(_PLACE.findall(operation.path)) if name not in named]


def write_places(api: Api, shapes: Shapes) -> Iterator[Where]:
    """The schemas of everything that requests carry."""
    for operation in api.operations:
        for parameter in exposed(operation):
            place = _schema(parameter)
            if place is not None:
                yield place
        for content in operation.body.content if operation.body else ():
            items = _items_sent(content)
            if items is not None:
                yield items
            elif content.schema is not None and _is_typed(content.media_type):
                yield content.schema
            else:
                yield from part_places(shapes, content)


class ArgumentsPlanner:
    """Plans the arguments of operations."""

    def __init__(self, api: Api, classes: Classes, names: Names, diagnostics: Diagnostics) -> None:
        self._api = api
        self._classes = classes
        self._names = names
        self._forms = FormPlanner(api, classes, names)
        self._diagnostics = diagnostics

    def _key(self, operation: Operation, location: str, name: str) -> str:
        """The key of an argument in the table of names."""
        return self._names.key(operation.where.at("parameters", f"{location}:{name}"))

    def plan(self, operation: Operation) -> list[Argument]:
        """The arguments in the order of the signature, the body among them."""
        scope = self._names.scope(_NAMES_TAKEN)
        parameters = exposed(operation)
        keys = {id(each): self._key(operation, each.location, each.name) for each in parameters}
        missing = {
            place: self._key(operation, "path", place) for place in missing_places(operation)
        }
        scope.hold(dict.fromkeys((*keys.values(), *missing.values()), ""))
        counts = [each.name for each in parameters]
        made: list[Argument] = []
        for each in parameters:
            name = scope.name(keys[id(each)], snake(each.name), each.where, suffix=each.location)
            made.append(self._parameter(each, name, twice=counts.count(each.name) > 1))
        for place, key in missing.items():
            name = scope.name(key, snake(place), operation.where)
            made.append(self._undeclared(operation, place, name))
        path = [each for each in made if each.view.location == "path"]
        rest = [each for each in made if each.view.location != "path"]
        return path + self._body(operation) + sorted(rest, key=lambda each: not each.view.required)

    def _parameter(self, parameter: Parameter, name: str, *, twice: bool) -> Argument:
        place = _schema(parameter)
        if self._is_finished_text(parameter) or place is None:
            kind: Type = STR
        else:
            kind = self._classes.type(place, "write")
        kind = union(*(each for each in members(kind) if each != NONE)) if kind != NONE else ANY
        key = f"{parameter.location}:{parameter.name}" if twice else parameter.name
        said = about(
            self._api, place, self._said(parameter, place), deprecated=parameter.deprecated
        )
        return Argument(
            view=_view(name, parameter, kind, said),
            fact=_fact(parameter, key),
            key=key,
            where=parameter.where,
            kind=kind,
        )

    def _said(self, parameter: Parameter, place: Where | None) -> str:
        if parameter.description or place is None:
            return parameter.description
        return beyond(parameter.name, self._api.schema(place).description)

    def _is_finished_text(self, parameter: Parameter) -> bool:
        """Whether a caller writes the value in its media type, which is said then."""
        content = parameter.content
        if content is None or is_json(content.media_type):
            return False
        message = f"parameter {parameter.name!r} is given as text of {content.media_type}"
        self._diagnostics.report("body-as-text", message, content.where)
        return True

    def _undeclared(self, operation: Operation, place: str, name: str) -> Argument:
        """A place in the path that nothing describes takes text."""
        fact = Call("Parameter", (place, "path"))
        view = ArgumentView(
            name=name,
            wire=place,
            location="path",
            declaration=f"{name}: str",
            shown=shown(STR),
            required=True,
            text="",
            about=About(),
        )
        return Argument(view=view, fact=fact, key=place, where=operation.where)

    def _body(self, operation: Operation) -> list[Argument]:
        body = operation.body
        content = sent(body.content) if body else None
        if body is None or content is None:
            return []
        kinds = {each.media_type: self._body_kind(each) for each in body.content}
        kind = kinds.pop(content.media_type)
        text = joined((body.description.strip() or "What is sent.", *_parts(content)))
        view = ArgumentView(
            name="body",
            wire="",
            location="body",
            declaration=declared_argument("body", kind, required=body.required),
            shown=shown(kind),
            required=body.required,
            text=text,
            about=About(text=text),
        )
        forms = {each.media_type: self._forms.fields(each) for each in body.content}
        forms = {media_type: fields for media_type, fields in forms.items() if fields}
        return [
            Argument(
                view=view,
                where=body.where,
                kind=kind,
                others=kinds,
                fields=forms.get(content.media_type, {}),
                forms=forms,
            )
        ]

    def _body_kind(self, content: Content) -> Type:
        if is_xml(content.media_type):
            self._classes.note_bytes(content.where)
        items = _items_sent(content)
        if items is not None:
            return union(ListOf(self._classes.type(items, "write")), CONTENT)
        return self.body_type(content.media_type, content.schema)

    def body_type(self, media_type: str, place: Where | None) -> Type:
        """What a body is given as."""
        if not _is_typed(media_type):
            if media_type.startswith(MULTIPART):
                return MAPPING
            return union(STR, CONTENT) if textual(media_type) else CONTENT
        kind = ANY if place is None else self._classes.type(place, "write")
        is_record = any(isinstance(each, ClassRef) and not each.base for each in members(kind))
        return union(kind, MAPPING) if is_record else kind


def _items_sent(content: Content) -> Where | None:
    """The schema of the items that a body is given as; events are written by the caller."""
    return None if is_event_stream(content.media_type) else items_of(content)


def _is_typed(media_type: str) -> bool:
    return is_json(media_type) or media_type.startswith(FORM)


def _is_exposed(parameter: Parameter) -> bool:
    if parameter.behaviours.envelope or parameter.behaviours.representation:
        return False
    return not parameter.ignored


def _parts(content: Content) -> Iterator[str]:
    """What is said of the parts of a multipart form: their media types and header fields."""
    for name, said in content.encoding.items() if content.media_type.startswith(MULTIPART) else ():
        headers = said.get("headers")
        named = list(cast("dict[str, object]", headers)) if isinstance(headers, dict) else []
        fields = ", ".join(f"`{each}`" for each in named)
        kind = f" is `{said['contentType']}`" if "contentType" in said else ""
        more = f"{' and' if kind else ''} has header fields {fields}" if fields else ""
        if kind or more:
            yield f"Part `{name}`{kind}{more}."


def _schema(parameter: Parameter) -> Where | None:
    return parameter.content.schema if parameter.content else parameter.schema


def _fact(parameter: Parameter, key: str) -> Call:
    is_default = parameter.style == _STYLES[parameter.location]
    spread = parameter.style in ("form", "cookie")
    said = given(
        style="" if is_default else parameter.style,
        media_type=parameter.content.media_type if parameter.content else None,
        allow_reserved=parameter.allow_reserved,
        argument=key if key != parameter.name else "",
    )
    explode = {} if parameter.explode is spread else {"explode": parameter.explode}
    return Call("Parameter", (parameter.name, parameter.location), {**said, **explode})


def _view(name: str, parameter: Parameter, kind: Type, said: About) -> ArgumentView:
    return ArgumentView(
        name=name,
        wire=parameter.name,
        location=parameter.location,
        declaration=declared_argument(name, kind, required=parameter.required),
        shown=shown(kind),
        required=parameter.required,
        text=whole(said),
        about=said,
    )


def declared_argument(name: str, kind: Type, *, required: bool) -> str:
    """The declaration of an argument; what is not required may be UNSET."""
    kind = kind if required else optional(kind)
    after = "" if required else " = UNSET"
    written = annotation(kind, "models.", len(name) + 2, len(after) + 1, 8)
    return f"{name}: {written}{after}"

"""Answers of an operation: what each status carries, what a call returns, what is accepted.

JSON bodies have the type of their schema, text is str, anything else bytes. A description that says
which statuses may come anywhere, and as what, adds those to every operation.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from msgspec import Struct

from generator.api import Api, Content, Operation
from generator.api.model import Response
from generator.diagnostics import Where
from generator.plan.classes import Classes
from generator.plan.code import Call, Code, Value
from generator.plan.media import (
    data_of,
    is_event_stream,
    is_mixed,
    is_xml,
    items_of,
    textual,
    told_of,
)
from generator.plan.types import ANY, BYTES, NONE, STR, EventOf, ListOf, Type, members, text, union
from generator.wire import is_json, may_be_json

_SUCCESS = re.compile(r"2(?:XX|\d\d)")


@dataclass(frozen=True, slots=True)
class Answer:
    """One media type of one status: its schema and type, both None where there is no body."""

    status: str
    media_type: str = ""
    where: Where | None = field(default=None, compare=False)
    kind: Type | None = None

    @property
    def fact(self) -> Call:
        """The answer as generated code states it."""
        if self.kind is None:
            return Call("Answer", (self.status,))
        return Call("Answer", (self.status, self.media_type, Code(self._read_as(self.kind))))

    def _read_as(self, kind: Type) -> str:
        """What the body is decoded as: of an event whose data may be text, the JSON alone."""
        if isinstance(kind, ListOf) and isinstance(kind.item, EventOf):
            return f"list[Event[{text(kind.item.data, 'models.')}]]"
        return text(kind, "models.")


class Answers(Struct, frozen=True):
    """All answers of one operation."""

    success: tuple[Answer, ...]
    errors: tuple[Answer, ...]
    accept: str

    @property
    def returns(self) -> Type:
        """What a call returns."""
        kinds = [NONE if answer.kind is None else answer.kind for answer in self.success]
        return union(*kinds) if kinds else NONE

    def facts(self, common: Common | None) -> tuple[Value, ...]:
        """The answers as generated code states them; those in common by the name of them all."""
        shared = set(common.answers) if common else set[Answer]()
        own = [answer for answer in (*self.success, *self.errors) if answer not in shared]
        stated: list[Value] = [answer.fact for answer in own]
        return (*stated, Code(f"*{common.name}")) if common else tuple(stated)


class Common(Struct, frozen=True):
    """Errors that every operation of a module has, stated once."""

    name: str
    answers: tuple[Answer, ...]

    @property
    def constant(self) -> tuple[str, Value]:
        """The name and the errors as generated code states them."""
        return self.name, tuple(answer.fact for answer in self.answers)


def in_common(all_answers: Sequence[Answers]) -> Common | None:
    """The errors that all operations have, where naming them saves lines."""
    if len(all_answers) < 2:
        return None
    first, *rest = all_answers
    shared = tuple(each for each in first.errors if all(each in other.errors for other in rest))
    return Common("_COMMON_ERRORS", shared) if len(shared) > 1 else None


def read_places(api: Api) -> Iterator[Where]:
    """The schemas of every body that is decoded as JSON."""
    for operation in api.operations:
        for response in operation.responses:
            for content in response.content:
                items = data_of(api, content) or items_of(content) or told_of(content)
                if items is not None:
                    yield items
                elif content.schema is not None and may_be_json(content.media_type):
                    yield content.schema
    common = error_schema(api)
    if common is not None:
        yield common


def error_schema(api: Api) -> Where | None:
    """The schema that errors have everywhere."""
    errors = api.behaviours.errors
    if errors is None or not errors.schema.startswith("#"):
        return None
    place = Where(api.where.document, errors.schema[1:])
    return place if place in api.schemas else None


def plan_answers(api: Api, classes: Classes, operation: Operation) -> Answers:
    """The answers of an operation."""
    success, errors = _parted(operation)
    good = [answer for response in success for answer in _answers(classes, response)]
    bad = [answer for response in errors for answer in _answers(classes, response)]
    bad = sorted([*bad, *_everywhere(api, classes, operation)], key=lambda each: each.status)
    return Answers(tuple(good), tuple(bad), _accept(api, good, bad))


def answering(api: Api, answers: Answers, media_types: Collection[str]) -> Answers:
    """The answers with the successes of some media types, and of none, alone."""
    good = [each for each in answers.success if each.kind is None or each.media_type in media_types]
    return Answers(tuple(good), answers.errors, _accept(api, good, answers.errors))


def _parted(operation: Operation) -> tuple[list[Response], list[Response]]:
    """Successes and the rest; `default` is a success only where no other is declared."""
    success = [each for each in operation.responses if _SUCCESS.fullmatch(each.status)]
    if not success:
        success = [each for each in operation.responses if each.status == "default"]
    return success, [each for each in operation.responses if each not in success]


def _answers(classes: Classes, response: Response) -> Iterator[Answer]:
    if not response.content or response.status in ("204", "205", "304"):
        yield Answer(response.status)
    else:
        ordered = sorted(response.content, key=lambda each: not is_json(each.media_type))
        for content in ordered:
            kind = body_kind(classes, content)
            yield Answer(response.status, content.media_type, content.schema, kind)


def body_kind(classes: Classes, content: Content) -> Type:
    """What a body that comes in is read as."""
    items, data = items_of(content), data_of(classes.shapes.api, content)
    if data is not None:
        return ListOf(EventOf(classes.type(data, "read")))
    if items is not None:
        return ListOf(classes.type(items, "read"))
    if content.items is not None and is_mixed(content.media_type):
        return ListOf(BYTES)
    if is_json(content.media_type):
        return ANY if content.schema is None else classes.type(content.schema, "read")
    if content.schema is not None and may_be_json(content.media_type):
        # Servers that write JSON are described so by what is generated from their code.
        kind = classes.type(content.schema, "read")
        return kind if _holds_json(kind) else BYTES
    told = told_of(content)
    if told is not None and _holds_json(kind := classes.type(told, "read")):
        return _sequence(kind, content.media_type)
    if is_xml(content.media_type):
        classes.note_bytes(content.where)
    return STR if textual(content.media_type) else BYTES


def _holds_json(kind: Type) -> bool:
    return not set(members(kind)) <= {ANY, BYTES, NONE, STR}


def _sequence(kind: Type, media_type: str) -> Type:
    """What a sequence is read as whose schema is that of all of it, or of one item.

    https://spec.openapis.org/oas/v3.2.0.html#sequential-media-types has it an array; without that
    it is widely what a line is, or the data of an event.
    """
    if isinstance(kind, ListOf):
        return kind
    return ListOf(EventOf(kind) if is_event_stream(media_type) else kind)


def _everywhere(api: Api, classes: Classes, operation: Operation) -> Iterator[Answer]:
    """Statuses that any operation may answer with, but for those it declares."""
    errors, schema = api.behaviours.errors, error_schema(api)
    if errors is None or schema is None:
        return
    declared = {response.status for response in operation.responses}
    for status in map(str, errors.everywhere):
        if status not in declared:
            yield Answer(status, errors.media_type, schema, classes.type(schema, "read"))


def _accept(api: Api, success: Sequence[Answer], errors: Sequence[Answer]) -> str:
    """Media types of successes, then of errors; the versioned one where a success has no body."""
    wanted = [answer.media_type for answer in success if answer.media_type]
    version = api.behaviours.version
    if not wanted and version is not None:
        wanted = [version.template.replace("{version}", version.current)]
    wanted += [answer.media_type for answer in errors if answer.media_type]
    return ", ".join(dict.fromkeys(wanted))

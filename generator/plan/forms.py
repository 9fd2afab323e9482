"""Forms of a method: the ways of calling it that type checkers tell apart.

In: the arguments of an operation, the model of its body and the media types of its answers. Out: a
signature for each form and the one of the method itself, which takes them all. A body is given as
it is, by the fields of its model, or in another media type that `content_type` names; an answer of
several media types is typed by the one that `accept` asks for; where some of them are pages, these
are asked for unless it says otherwise. Where there is one form, the method is that form.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from generator.plan.answers import Answers
from generator.plan.arguments import MAPPING, Argument, declared_argument
from generator.plan.code import Call, Code, Value
from generator.plan.prose import joined
from generator.plan.types import NONE, UNSET, ClassRef, Type, annotation, members, union
from generator.plan.views.methods import ArgumentView
from generator.plan.views.models import FieldView, StructView
from generator.plan.views.text import Lines

_OPTIONS = "options: Options | None = None"
_METHOD_NAMES = frozenset(("self", "body", "options"))
# https://www.rfc-editor.org/rfc/rfc6838#section-4.2 ; short enough for one line of a signature.
_NAME = r"[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]*"
_MEDIA_TYPE = re.compile(rf"(?=.{{1,56}}\Z){_NAME}/{_NAME}")
_MOST_MEDIA_TYPES = 6
_NO_FIELDS: Mapping[str, FieldView] = {}
_NO_FORMS: Mapping[str, Mapping[str, FieldView]] = {}


class Keywords(Struct, frozen=True):
    """The fields of a body, by the names of their arguments; `name` gathers them.

    A form has no `model`; `forms` are those that the body may be in another media type.
    """

    name: str
    model: str
    fields: Mapping[str, FieldView]
    forms: Mapping[str, Mapping[str, FieldView]] = {}

    @property
    def every(self) -> dict[str, FieldView]:
        """The fields of the body, then those that it has in other media types."""
        every: dict[str, FieldView] = {}
        for fields in (self.fields, *self.forms.values()):
            every |= {name: each for name, each in fields.items() if name not in every}
        return every

    @property
    def renamed(self) -> dict[str, Value]:
        """Arguments by field, where a field cannot have its own name."""
        items = self.every.items()
        return {each.name: Code(name) for name, each in items if name != each.name}


class Choice(Struct, frozen=True):
    """An argument that chooses a media type, and what answers or the body are for each."""

    name: str
    kinds: Mapping[str, Type]

    @property
    def open(self) -> list[str]:
        """Its declaration where it may say anything."""
        return [f"{self.name}: str | None = None"] if self.kinds else []

    def said(self, media_type: str) -> list[str]:
        """Its declaration where it says this media type, or nothing."""
        if media_type:
            return [f'{self.name}: Literal["{media_type}"]']
        return [f"{self.name}: None = None"] if self.kinds else []


class Form(Struct, frozen=True):
    """A way of calling a method: the media type it asks for, where it does, and what that is.

    `before` says that arguments have the names that they had.
    """

    signature: Lines
    media_type: str
    kind: Type
    before: bool


class Forms(Struct, frozen=True):
    """A method's arguments, and the ways of giving them."""

    arguments: list[Argument]
    keywords: Keywords | None
    accept: Choice
    content_type: Choice
    former: Mapping[str, str] = {}
    """Arguments by the names that they had."""

    @property
    def signature(self) -> Lines:
        """The signature of the method, which takes every form."""
        positional = [self._open(each) for each in self.arguments if _is_positional(each)]
        named = [each.view.declaration for each in self.arguments if not _is_positional(each)]
        named += [*self.accept.open, *self.content_type.open]
        if self.keywords is None:
            return _signature(positional, named)
        renamed = [name for name, each in self.keywords.every.items() if name != each.name]
        named += [f"{name}: Any = UNSET" for name in renamed]
        return (*_signature(positional, named), f"**{self.keywords.name}: Any")

    def _open(self, argument: Argument) -> str:
        """The declaration of an argument that another form leaves out."""
        if not argument.is_body or (self.keywords is None and not self.content_type.kinds):
            return argument.view.declaration
        kind = union(argument.kind, *self.content_type.kinds.values())
        is_required = argument.view.required and self.keywords is None
        return declared_argument("body", kind, required=is_required)

    def form(self, media_type: str) -> Mapping[str, FieldView]:
        """The fields of a body that has no model."""
        forms = next((each.forms for each in self.arguments if each.is_body), _NO_FORMS)
        return forms.get(media_type, _NO_FIELDS)

    @property
    def narrows(self) -> bool:
        """Whether a call may name a media type."""
        return bool(self.accept.kinds or self.content_type.kinds)

    def each(self, returns: Type) -> tuple[Form, ...]:
        """The ways of calling the method; none where there is only one.

        Those with names of before come last, and say so.
        """
        path = [e.view for e in self.arguments if e.view.location == "path"]
        bodies = [(*each, False) for each in self._bodies([e.declaration for e in path], [])]
        if self.former:
            bodies += [(*each, True) for each in self._bodies(*_as_before(path, self.former))]
        asked = [("", returns), *self.accept.kinds.items()]
        if len(bodies) * len(asked) == 1:
            return ()
        return tuple(
            Form(_signature(positional, [*named, *self.accept.said(asks)]), asks, kind, before)
            for asks, kind in asked
            for positional, named, before in bodies
        )

    def _bodies(self, path: list[str], more: list[str]) -> Iterator[tuple[list[str], list[str]]]:
        """Positional and named declarations: with the body, with its fields, in other types."""
        bodies = [each for each in self.arguments if each.is_body]
        rest = [each.view.declaration for each in self.arguments if not _is_positional(each)]
        named = [*more, *rest]
        usual = [*named, *self.content_type.said("")]
        yield [*path, *(each.view.declaration for each in bodies)], usual
        if self.keywords is not None and self.keywords.fields:
            yield path, [*_by_name(self.keywords.fields), *usual]
        for media_type, kind in self.content_type.kinds.items():
            body = declared_argument("body", kind, required=True)
            so = [*named, *self.content_type.said(media_type)]
            yield [*path, body], so
            if self.keywords is not None and media_type in self.keywords.forms:
                yield path, [*_by_name(self.keywords.forms[media_type]), *so]

    def described(self) -> dict[str, str]:
        """What is said of each argument, a body's fields behind the body."""
        said: dict[str, str] = {}
        for each in self.arguments:
            said[each.view.name] = each.view.text
            if each.is_body and self.keywords is not None:
                said[each.view.name] = joined((each.view.text, "Or its fields, by name:"))
                fields = self.keywords.every.items()
                said |= {name: f"In the body. {' '.join(field.doc)}" for name, field in fields}
        if self.accept.kinds:
            said[self.accept.name] = f"What to be answered in: {_listed(self.accept)}."
        if self.content_type.kinds:
            said[self.content_type.name] = (
                f"What the body is instead: {_listed(self.content_type)}."
            )
        return said

    def call(self, constant: str, *, paged: bool) -> Call:
        """The call of the runtime that the method makes."""
        sent_as: dict[str, Value] = {
            each.key: Code(each.view.name) for each in self.arguments if each.fact is not None
        }
        choices = {"accept": self.accept, "content_type": self.content_type}
        chosen: dict[str, Value] = {k: Code(each.name) for k, each in choices.items() if each.kinds}
        operation = Call(f"{constant}.narrowed", (), chosen) if chosen else Code(constant)
        way = "call" if not paged else "page_or_whole" if chosen else "page"
        return Call(
            f"self._caller.{way}",
            (operation, sent_as, *self._body(constant)),
            {"options": Code("options")},
        )

    def _body(self, constant: str) -> tuple[Value, ...]:
        if self.keywords is None:
            return tuple(Code("body") for each in self.arguments if each.view.location == "body")
        words = self.keywords
        model = [Code(f"models.{words.model}")] if words.model else []
        given: list[Value] = [Code("body"), *model, Code(words.name)]
        if words.forms:
            given = [Code("body"), Code(words.name), Code(self.content_type.name), *model]
        function = "filled" if model and not words.forms else "formed"
        return (Call(f"{constant}.{function}", tuple(given), words.renamed),)


def plan_forms(
    arguments: list[Argument],
    answers: Answers,
    structs: Mapping[str, StructView],
    former: Mapping[str, str],
) -> Forms:
    """The forms of a method; `former` has arguments by the names that they had."""
    taken = _METHOD_NAMES | {each.view.name for each in arguments} | former.keys()
    accept = Choice(_free("accept", "accept_type", taken), _media_types(answers))
    body = next((each for each in arguments if each.is_body), None)
    others: Mapping[str, Type] = {}
    if body is not None and _is_offered(body.others):
        others = body.others
    content_type = Choice(_free("content_type", "body_content_type", taken), others)
    if body is None:
        return Forms(arguments, None, accept, content_type, former)
    keywords = _keywords(body, structs, taken | {accept.name, content_type.name}, others)
    return Forms(arguments, keywords, accept, content_type, former)


def _is_offered(media_types: Collection[str]) -> bool:
    """Whether a signature may name these media types."""
    named = all(_MEDIA_TYPE.fullmatch(each) for each in media_types)
    return named and len(media_types) <= _MOST_MEDIA_TYPES


def _listed(choice: Choice) -> str:
    return " or ".join(f"`{each}`" for each in choice.kinds)


def _keywords(
    body: Argument,
    structs: Mapping[str, StructView],
    taken: Collection[str],
    offered: Collection[str],
) -> Keywords | None:
    """The fields of a body, None where it is not given so."""
    struct = None if body.fields else _model(body.kind, structs)
    views = struct.fields if struct is not None else tuple(body.fields.values())
    forms = {media_type: each for media_type, each in body.forms.items() if media_type in offered}
    # An argument has one name, whichever form its field is of.
    names = {each.name for each in views}.union(*forms.values())
    named = {media_type: _named(each.values(), taken, names) for media_type, each in forms.items()}
    found = Keywords("", struct.name if struct else "", _named(views, taken, names), named)
    name = _free("fields", "body_fields", {*taken, *found.every})
    return replace(found, name=name) if found.every else None


def _named(
    views: Iterable[FieldView], taken: Collection[str], names: Collection[str]
) -> dict[str, FieldView]:
    """Fields by the names of their arguments."""
    fields: dict[str, FieldView] = {}
    for each in views:
        clash = {*taken, *fields, *(set(names) - {each.name})}
        fields[_free(each.name, f"body_{each.name}", clash)] = each
    return fields


def _model(kind: Type, structs: Mapping[str, StructView]) -> StructView | None:
    """The one model that a body may be, None where there are several or none."""
    kinds = [each for each in members(kind) if each not in (MAPPING, UNSET)]
    if len(kinds) != 1 or not isinstance(kinds[0], ClassRef):
        return None
    return structs.get(kinds[0].name)


def _as_before(path: list[ArgumentView], former: Mapping[str, str]) -> tuple[list[str], list[str]]:
    """Declarations with the names that arguments had; from the first of them on, by name alone."""
    had = {now: old for old, now in former.items()}
    first = next(at for at, each in enumerate(path) if each.name in had)
    renamed = [
        had.get(each.name, each.name) + each.declaration.removeprefix(each.name)
        for each in path[first:]
    ]
    return [each.declaration for each in path[:first]], renamed


def _free(name: str, other: str, taken: Collection[str]) -> str:
    """A name, or another where it is taken."""
    if name not in taken:
        return name
    while other in taken:
        other += "_"
    return other


def _by_name(fields: Mapping[str, FieldView]) -> Iterator[str]:
    """The declarations of fields, those first that must be given."""
    for name, view in sorted(fields.items(), key=lambda each: each[1].default is not None):
        yield _declared(name, view)


def _declared(name: str, view: FieldView) -> str:
    """A field as an argument; a default that is a fact of the model stays there."""
    after = (
        "" if view.default is None else " = UNSET" if view.default == Code("UNSET") else " = ..."
    )
    written = annotation(view.kind, "models.", len(name) + 2, len(after) + 1, 8)
    return f"{name}: {written}{after}"


def _media_types(answers: Answers) -> dict[str, Type]:
    """What each media type of the successes is read as, where there are several to ask for."""
    found: dict[str, Type] = {}
    for answer in answers.success:
        if answer.kind is not None:
            before = [found[answer.media_type]] if answer.media_type in found else []
            found[answer.media_type] = union(*before, answer.kind)
    if len(found) < 2 or not _is_offered(found):
        return {}
    empty = [NONE] if any(answer.kind is None for answer in answers.success) else []
    return {media_type: union(kind, *empty) for media_type, kind in found.items()}


def _signature(positional: list[str], named: list[str]) -> Lines:
    return ("self", *positional, "*", *named, _OPTIONS)


def _is_positional(argument: Argument) -> bool:
    return argument.view.location in ("path", "body")

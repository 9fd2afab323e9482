"""Forms of a method: the ways of calling it that type checkers tell apart.

In: the arguments of an operation, the model of its body and the media types of its answers. Out: a
signature for each form and the one of the method itself, which takes them all. A body is given as
it is or by the fields of its model; an answer that has several media types is typed by the one that
`accept` asks for. Where there is one form, the method is that form.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from generator.plan.answers import Answers
from generator.plan.arguments import MAPPING, Argument
from generator.plan.code import Call, Code, Value
from generator.plan.package import FieldView, Lines, StructView
from generator.plan.types import NONE, UNSET, ClassRef, Type, annotation, members, union

_OPTIONS = "options: Options | None = None"
_METHOD_NAMES = frozenset(("self", "body", "options"))
# https://www.rfc-editor.org/rfc/rfc6838#section-4.2 ; short enough for one line of a signature.
_NAME = r"[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]*"
_MEDIA_TYPE = re.compile(rf"(?=.{{1,56}}\Z){_NAME}/{_NAME}")
_MOST_MEDIA_TYPES = 6


@dataclass(frozen=True, slots=True)
class Keywords:
    """The fields of a body's model, by the names of their arguments; `name` gathers them."""

    name: str
    model: str
    fields: Mapping[str, FieldView]

    @property
    def renamed(self) -> dict[str, Value]:
        """Arguments by field, where a field cannot have its own name."""
        items = self.fields.items()
        return {each.name: Code(name) for name, each in items if name != each.name}


@dataclass(frozen=True, slots=True)
class Choice:
    """What answers are typed as by the media type asked for, and the argument that asks."""

    name: str
    answers: Mapping[str, Type]


@dataclass(frozen=True, slots=True)
class Forms:
    """A method's arguments, and the ways of giving them."""

    arguments: list[Argument]
    keywords: Keywords | None
    choice: Choice

    @property
    def signature(self) -> Lines:
        """The signature of the method, which takes every form."""
        positional = [self._open(each) for each in self.arguments if _is_positional(each)]
        named = [each.view.declaration for each in self.arguments if not _is_positional(each)]
        if self.choice.answers:
            named.append(f"{self.choice.name}: str | None = None")
        if self.keywords is None:
            return _signature(positional, named)
        renamed = [name for name, each in self.keywords.fields.items() if name != each.name]
        named += [f"{name}: Any = UNSET" for name in renamed]
        return (*_signature(positional, named), f"**{self.keywords.name}: Any")

    def _open(self, argument: Argument) -> str:
        """The declaration of an argument that another form leaves out."""
        if self.keywords is None or not argument.is_body or not argument.view.required:
            return argument.view.declaration
        written = annotation(union(argument.kind, UNSET), "models.", len("body: "), 9, 8)
        return f"body: {written} = UNSET"

    def each(self, returns: Type) -> tuple[tuple[Lines, Type], ...]:
        """The signature of each form with what it returns; none where there is only one."""
        if self.keywords is None and not self.choice.answers:
            return ()
        asked = [("", returns), *self.choice.answers.items()]
        return tuple(
            (_signature(positional, [*named, *self._asking(media_type)]), kind)
            for media_type, kind in asked
            for positional, named in self._bodies()
        )

    def _asking(self, media_type: str) -> list[str]:
        name = self.choice.name
        if media_type:
            return [f'{name}: Literal["{media_type}"]']
        return [f"{name}: None = None"] if self.choice.answers else []

    def _bodies(self) -> list[tuple[list[str], list[str]]]:
        """Positional and named declarations: with the body, and with its fields."""
        positional = [each.view.declaration for each in self.arguments if _is_positional(each)]
        named = [each.view.declaration for each in self.arguments if not _is_positional(each)]
        if self.keywords is None:
            return [(positional, named)]
        path = [e.view.declaration for e in self.arguments if e.view.location == "path"]
        fields = sorted(self.keywords.fields.items(), key=lambda each: each[1].default is not None)
        return [(positional, named), (path, [*(_declared(*each) for each in fields), *named])]

    def described(self) -> dict[str, str]:
        """What is said of each argument, a body's fields behind the body."""
        said: dict[str, str] = {}
        for each in self.arguments:
            said[each.view.name] = each.view.text
            if each.is_body and self.keywords is not None:
                said[each.view.name] += " Or its fields, by name:"
                fields = self.keywords.fields.items()
                said |= {name: f"In the body. {' '.join(field.doc)}" for name, field in fields}
        if self.choice.answers:
            media_types = " or ".join(f"`{each}`" for each in self.choice.answers)
            said[self.choice.name] = f"What to be answered in: {media_types}."
        return said

    def call(self, constant: str, *, paged: bool) -> Call:
        """The call of the runtime that the method makes."""
        sent_as: dict[str, Value] = {
            each.key: Code(each.view.name) for each in self.arguments if each.fact is not None
        }
        operation: Value = Code(constant)
        if self.choice.answers:
            operation = Call(f"{constant}.accepting", (Code(self.choice.name),))
        return Call(
            f"self._caller.{'page' if paged else 'call'}",
            (operation, sent_as, *self._body(constant)),
            {"options": Code("options")},
        )

    def _body(self, constant: str) -> tuple[Value, ...]:
        if self.keywords is None:
            return tuple(Code("body") for each in self.arguments if each.view.location == "body")
        words = self.keywords
        given = (Code("body"), Code(f"models.{words.model}"), Code(words.name))
        return (Call(f"{constant}.filled", given, words.renamed),)


def plan_forms(
    arguments: list[Argument], answers: Answers, structs: Mapping[str, StructView], *, paged: bool
) -> Forms:
    """The forms of a method."""
    taken = _METHOD_NAMES | {each.view.name for each in arguments}
    offered = {} if paged else _media_types(answers)
    name = _free("accept", "accept_type", taken)
    bodies = [_keywords(e.kind, structs, taken | {name}) for e in arguments if e.is_body]
    keywords = bodies[0] if bodies else None
    return Forms(arguments, keywords, Choice(name, offered))


def _keywords(
    kind: Type, structs: Mapping[str, StructView], taken: Collection[str]
) -> Keywords | None:
    """The fields of the one model that a body may be, None where there are several or none."""
    kinds = [each for each in members(kind) if each not in (MAPPING, UNSET)]
    if len(kinds) != 1 or not isinstance(kinds[0], ClassRef) or kinds[0].name not in structs:
        return None
    struct = structs[kinds[0].name]
    names = {each.name for each in struct.fields}
    fields: dict[str, FieldView] = {}
    for each in struct.fields:
        clash = {*taken, *fields, *(names - {each.name})}
        fields[_free(each.name, f"body_{each.name}", clash)] = each
    name = _free("fields", "body_fields", {*taken, *fields})
    return Keywords(name, struct.name, fields) if fields else None


def _free(name: str, other: str, taken: Collection[str]) -> str:
    """A name, or another where it is taken."""
    if name not in taken:
        return name
    while other in taken:
        other += "_"
    return other


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
    named = all(_MEDIA_TYPE.fullmatch(each) for each in found)
    if not named or not 1 < len(found) <= _MOST_MEDIA_TYPES:
        return {}
    empty = [NONE] if any(answer.kind is None for answer in answers.success) else []
    return {media_type: union(kind, *empty) for media_type, kind in found.items()}


def _signature(positional: list[str], named: list[str]) -> Lines:
    return ("self", *positional, "*", *named, _OPTIONS)


def _is_positional(argument: Argument) -> bool:
    return argument.view.location in ("path", "body")

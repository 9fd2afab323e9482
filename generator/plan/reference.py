"""The reference of a method: its arguments, answers and example calls, for the documentation.

In: an operation with its forms and answers. Out: a ReferenceView, in which types name the model
that they lead to and text is still text of the description.
"""

from __future__ import annotations

import keyword
from collections.abc import Iterator

from generator.api import Operation
from generator.plan.answers import Answers
from generator.plan.examples import ExamplesPlanner
from generator.plan.forms import Choice, Forms
from generator.plan.media import sent
from generator.plan.names import snake
from generator.plan.prose import shown
from generator.plan.statuses import error_name
from generator.plan.types import NONE, ClassRef, Type, union
from generator.plan.views.methods import AnswerView, ArgumentView, ReferenceView
from generator.plan.views.text import About, TypeView

_NAMES_TAKEN = frozenset(("client", "errors", "models", "os", "print"))


class ReferencePlanner:
    """Plans the references of one Api."""

    def __init__(self, examples: ExamplesPlanner) -> None:
        self._examples = examples

    def plan(
        self, operation: Operation, forms: Forms, answers: Answers, item: Type | None, name: str
    ) -> ReferenceView:
        """The reference of a method; `name` is what stands behind `client.`."""
        content = sent(operation.body.content) if operation.body else None
        calls = self._examples.plan(operation, forms, name)
        return ReferenceView(
            shown=shown(answers.returns) if item is None else shown(item, "Page[{}]"),
            sends=content.media_type if content else "",
            arguments=tuple(_arguments(forms)),
            answers=tuple(_answer(operation, answers, each) for each in _statuses(answers)),
            required=calls.required,
            full=calls.full,
            result="page" if item else _result(answers.returns),
        )


def _arguments(forms: Forms) -> Iterator[ArgumentView]:
    """The arguments, the fields of a body behind it, and those that choose a media type."""
    for each in forms.arguments:
        yield each.view
        if each.is_body and forms.keywords is not None:
            for name, field in forms.keywords.every.items():
                yield ArgumentView(
                    name=name,
                    wire=field.wire,
                    location="field of the body",
                    declaration="",
                    shown=field.shown,
                    required=field.default is None,
                    text="",
                    about=field.about,
                )
    for choice in (forms.accept, forms.content_type):
        if choice.kinds:
            yield _choosing(choice, forms.described()[choice.name])


def _choosing(choice: Choice, text: str) -> ArgumentView:
    """An argument that chooses a media type."""
    return ArgumentView(
        name=choice.name,
        wire=choice.name,
        location="header",
        declaration="",
        shown=TypeView(text="str"),
        required=False,
        text="",
        about=About(text=text),
    )


def _answer(operation: Operation, answers: Answers, status: str) -> AnswerView:
    of_status = [a for a in (*answers.success, *answers.errors) if a.status == status]
    response = next((each for each in operation.responses if each.status == status), None)
    kinds = [NONE if answer.kind is None else answer.kind for answer in of_status]
    return AnswerView(
        status=status,
        media_types=tuple(a.media_type for a in of_status if a.media_type),
        shown=shown(union(*kinds)),
        error=error_name(status) if of_status[0] in answers.errors else "",
        text=response.description.strip() if response else "May come from any operation.",
    )


def _statuses(answers: Answers) -> list[str]:
    return list(dict.fromkeys(a.status for a in (*answers.success, *answers.errors)))


def _result(kind: Type) -> str:
    """What an example calls the answer; nothing where there is none."""
    if kind == NONE:
        return ""
    name = snake(kind.name) if isinstance(kind, ClassRef) else ""
    return "answer" if not name or name in _NAMES_TAKEN or keyword.iskeyword(name) else name

"""Operations as methods: the fact each states, its signature, its call and what is said of it.

In: an operation with its arguments, answers and pages. Out: a MethodView, in which nothing is left
to decide. A server of its own is said: the call goes to the base URL of the client it is made on.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urljoin

from generator.api import Api, Content, Operation, RequestBody, Server
from generator.api.walk import child
from generator.diagnostics import Diagnostics, Where
from generator.plan.answers import Answers, Common, answering, plan_answers
from generator.plan.arguments import ArgumentsPlanner
from generator.plan.classes import Classes
from generator.plan.code import Call, Code, Value, given
from generator.plan.constructions import Constructions
from generator.plan.examples import ExamplesPlanner
from generator.plan.former import Former
from generator.plan.forms import Form, Forms, plan_forms
from generator.plan.headers import HeadersPlanner
from generator.plan.media import form_fields, item_type, items_of, sent
from generator.plan.names import Names
from generator.plan.omit import read_only_pointers
from generator.plan.paging import Pages, plan_pages
from generator.plan.parts import form_fact
from generator.plan.prose import first_sentence, paragraphs, sentence, wrapped
from generator.plan.reference import ReferencePlanner
from generator.plan.statuses import error_name
from generator.plan.types import WIDTH, Type, annotation, text
from generator.plan.views.methods import FormView, MethodView
from generator.plan.views.models import ModelsModule
from generator.plan.views.text import Lines

_INDENT = 8
_NAMES_TAKEN = frozenset(("self", "body", "options"))


_URL = re.compile(r"https?://[\w.:\[\]-]+(?:/[^?#{}\s]*)?", re.ASCII)
"""An address that a client takes as its base URL."""


class OperationPlanner:
    """Plans the methods of one Api."""

    def __init__(
        self,
        api: Api,
        classes: Classes,
        models: ModelsModule,
        names: Names,
        former: Former,
        diagnostics: Diagnostics,
    ) -> None:
        self._api = api
        self._classes = classes
        self._structs = {each.name: each for each in models.structs}
        self._reference = ReferencePlanner(ExamplesPlanner(api, Constructions(models)))
        self._arguments = ArgumentsPlanner(api, classes, names, diagnostics)
        self._headers = HeadersPlanner(api, classes)
        self._former = former
        self._diagnostics = diagnostics
        self._answers: dict[Where, Answers] = {}

    def answers(self, operation: Operation) -> Answers:
        """The answers of an operation."""
        if operation.where not in self._answers:
            self._answers[operation.where] = plan_answers(self._api, self._classes, operation)
        return self._answers[operation.where]

    def plan(
        self, operation: Operation, name: str, attribute: str, common: Common | None
    ) -> MethodView:
        """The method of an operation; `attribute` is where its resource stands on a client."""
        self._report_server(operation)
        arguments = self._arguments.plan(operation)
        answers = self.answers(operation)
        pages = plan_pages(self._api, self._classes, operation, answers)
        places = {e.view.wire: e.view.name for e in arguments if e.view.location == "path"}
        taken = _NAMES_TAKEN | {each.view.name for each in arguments}
        former = self._former.arguments(operation, f"{attribute}.{name}", places, taken)
        forms = plan_forms(arguments, answers, self._structs, former)
        if pages is not None and not forms.accept.kinds:
            answers = answering(self._api, answers, pages.items)
        access = operation.behaviours.access
        roles = tuple(access.roles) if access else ()
        constant = f"_{name.upper()}"
        item = pages.item() if pages else None
        kinds = [answers.returns] if item is None else [answers.returns, item]
        generic = "Operation" if pages is None else "PagedOperation"
        made = constructor(constant, generic, kinds)
        shown, shown_async = _returns(answers.returns, item)
        if pages is not None and forms.narrows:
            shown = shown_async = "Any"  # which only the forms tell
        return MethodView(
            name=name,
            id=operation.id,
            label=operation.label,
            constant=constant,
            fact=self._fact(operation, made, forms, answers, common, pages),
            forms=tuple(_form(each, pages, former) for each in forms.each(answers.returns)),
            signature=forms.signature,
            returns=shown,
            returns_async=shown_async,
            call=forms.call(constant, paged=pages is not None),
            paged=pages is not None,
            summary=operation.summary or _title(name),
            description=operation.description,
            doc=_doc(operation, name, forms, own_server(self._api, operation), roles),
            roles=roles,
            arguments=tuple(each.view for each in arguments),
            headers=self._headers.plan(operation, name),
            decorators=_renaming(former),
            reference=self._reference.plan(operation, forms, answers, item, f"{attribute}.{name}"),
        )

    def _report_server(self, operation: Operation) -> None:
        """Say that the operation is called where the client's other operations are."""
        server = own_server(self._api, operation)
        if server is not None and not own_address(self._api, operation):
            message = f"{operation.label} is served at {server.url!r}, which is no whole URL"
            self._diagnostics.report("server-of-its-own", message, server.where)

    def _fact(
        self,
        operation: Operation,
        function: str,
        forms: Forms,
        answers: Answers,
        common: Common | None,
        pages: Pages | None,
    ) -> Call:
        parameters = tuple(each.fact for each in forms.arguments if each.fact is not None)
        security = tuple(tuple(each.schemes) for each in operation.security)
        said = given(
            id=operation.name,
            method=operation.method,
            path=operation.path,
            parameters=parameters,
            accept=answers.accept,
            **self._bodies(operation, forms),
            responses=answers.facts(common),
            **_paged(answers, pages),
            error=Code("_ERROR_FIELDS") if error_fields(self._api) else None,
            security=security,
            idempotency_key=_idempotency_key(operation),
            **own_address(self._api, operation),
        )
        return Call(function, keywords=said, exploded=True)

    def _bodies(self, operation: Operation, forms: Forms) -> dict[str, Value]:
        """The body that is sent unasked, and those of other media types."""
        body = operation.body
        content = sent(body.content) if body else None
        if body is None or content is None:
            return {}
        others = [each for each in body.content if each.media_type in forms.content_type.kinds]
        return {
            "body": self._body(operation, body, content, forms),
            "bodies": tuple(self._body(operation, body, each, forms) for each in others),
        }

    def _body(
        self, operation: Operation, body: RequestBody, content: Content, forms: Forms
    ) -> Call:
        omit = read_only_pointers(self._classes, items_of(content) or content.schema)
        extra = operation.method in ("PUT", "PATCH") and self._is_open(content.schema)
        said = given(
            required=body.required,
            omit=omit,
            extra=extra,
            fields=tuple(form_fields(self._api, content)),
            item_type=item_type(content),
            form=form_fact(forms.form(content.media_type)),
        )
        return Call("Body", (content.media_type,), said)

    def _is_open(self, place: Where | None) -> bool:
        """Whether a body may hold fields that are not listed; a branch may still say no."""
        if place is None:
            return False
        closing = [
            child(self._api, place, name)
            for name in ("additionalProperties", "unevaluatedProperties")
        ]
        return not any(each is not None and self._api.schema(each).never for each in closing)


def own_address(api: Api, operation: Operation) -> dict[str, Value]:
    """Where an operation with a server of its own is called, and instead of which servers."""
    server = own_server(api, operation)
    ours = [each.url for each in api.servers if _URL.fullmatch(each.url)]
    if server is None or not ours:
        return {}
    url = urljoin(ours[0], server.url)
    return given(server=url, instead_of=tuple(ours)) if _URL.fullmatch(url) else {}


def own_server(api: Api, operation: Operation) -> Server | None:
    """The server of an operation that is none of the API's."""
    ours = {server.url for server in api.servers}
    if any(server.url in ours for server in operation.servers):
        return None
    return next(iter(operation.servers), None)


def error_fields(api: Api) -> dict[str, Value]:
    """Where the code, detail and status stand in an error body."""
    errors = api.behaviours.errors
    if errors is None:
        return {}
    # An empty pointer says something: that the whole body is the word.
    told = {"code": errors.code, "detail": errors.detail, "status": errors.status}
    return {name: pointer for name, pointer in told.items() if pointer is not None}


def constructor(constant: str, generic: str, kinds: list[Type]) -> str:
    """What makes the fact: its class with the types that a call of it returns."""
    line = f"{generic}[{', '.join(text(kind, 'models.') for kind in kinds)}]"
    if len(f"{constant} = {line}(") <= WIDTH:
        return line
    comma = "," if len(kinds) > 1 else ""
    rows = [annotation(kind, "models.", 0, len(comma), 4) + comma for kind in kinds]
    return f"{generic}[\n" + "".join(f"    {row}\n" for row in rows) + "]"


def _returns(kind: Type, item: Type | None) -> tuple[str, str]:
    """What the method returns, and what its awaited twin does."""
    if item is None:
        written = annotation(kind, "models.", len(") -> "), 1, 4)
        return written, written
    return _page("Page", item), _page("AsyncPage", item)


def _page(name: str, item: Type) -> str:
    line = f"{name}[{text(item, 'models.')}]"
    if 4 + len(f") -> {line}:") <= 88:
        return line
    return f"{name}[\n        {annotation(item, 'models.', 0, 0, 8)}\n    ]"


def _paged(answers: Answers, pages: Pages | None) -> dict[str, Value]:
    """How pages are asked for, and the media types of successes that are none."""
    if pages is None:
        return {}
    kinds = [each.media_type for each in answers.success if each.media_type not in pages.items]
    whole = tuple(dict.fromkeys(filter(None, kinds)))
    return given(page=pages.declaration, whole=whole)


def _form(form: Form, pages: Pages | None, former: Mapping[str, str]) -> FormView:
    returns, returns_async = _returns(form.kind, pages.item(form.media_type) if pages else None)
    told = ", ".join(f"{old!r} is {now!r} now" for old, now in former.items())
    return FormView(
        signature=form.signature,
        returns=returns,
        returns_async=returns_async,
        decorators=(Call("deprecated", (told,)),) if form.before else (),
    )


def _renaming(former: Mapping[str, str]) -> tuple[Call, ...]:
    """What takes arguments under the names that they had."""
    return (Call("renamed_arguments", (dict(former),)),) if former else ()


def _idempotency_key(operation: Operation) -> str:
    names = (each.name for each in operation.parameters if each.location == "header")
    return next((name for name in names if name.lower() == "idempotency-key"), "")


def _title(name: str) -> str:
    """What a method is called in words, for want of a summary."""
    return name.strip("_").replace("_", " ").capitalize()


def _doc(
    operation: Operation,
    name: str,
    forms: Forms,
    server: Server | None,
    roles: tuple[str, ...],
) -> Lines:
    opening = paragraphs(
        (
            sentence(operation.summary or _title(name)),
            "" if operation.description == operation.summary else operation.description,
            f"Needs the role {' or '.join(roles)}." if roles else "",
            "Deprecated." if operation.deprecated else "",
            f"Served at {server.url} for clients with the usual base URL." if server else "",
            operation.label,
        ),
        _INDENT,
    )
    return (
        *opening,
        *section("Args:", forms.described()),
        *section("Raises:", _raised(operation)),
    )


def section(title: str, said: Mapping[str, str], indent: int = _INDENT) -> list[str]:
    """A part of a docstring: a title, and below it names with what is said of them."""
    lines: list[str] = []
    for name, words in said.items():
        text = " ".join(words.split())
        block = wrapped(f"{name}: {text}" if text else name, indent + 4, "    ")
        lines += [f"    {line}" for line in block]
    return ["", title, *lines] if lines else []


def _raised(operation: Operation) -> dict[str, str]:
    """Error classes with what the description says of their status."""
    raised: dict[str, str] = {}
    for response in operation.responses:
        name = "" if response.status.startswith("2") else error_name(response.status)
        if name:
            raised.setdefault(name, first_sentence(response.description))
    return raised

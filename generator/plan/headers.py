"""Header fields of answers: a class for each operation whose successes declare some, or for many.

In: an operation. Out: a struct of numbers, texts and lists of these, as the `simple` style writes
them, or nothing. Values of an enumeration are what they are made of, and what the style cannot
write plainly is text. A field is required where the only success requires it.
"""

from __future__ import annotations

import keyword
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from generator.api import Api, Header, Operation
from generator.diagnostics import Where
from generator.plan.classes import Classes
from generator.plan.code import Call, Code, Value
from generator.plan.models import optional
from generator.plan.names import pascal, snake
from generator.plan.package import FieldView, MethodView, StructView
from generator.plan.prose import about, paragraphs, shown, whole
from generator.plan.shapes import Array, Enumeration, Scalar
from generator.plan.types import STR, ListOf, Plain, Type, annotation

_BASE = "HeaderFields"
_NAMES_TAKEN = frozenset((*keyword.kwlist, "bool", "float", "int", "list", "str"))
_IGNORED = frozenset(("content-type",))  # https://spec.openapis.org/oas/v3.1.1.html#response-object


class HeadersPlanner:
    """Plans the header fields of one Api."""

    def __init__(self, api: Api, classes: Classes) -> None:
        self._api = api
        self._classes = classes
        self._fields: dict[tuple[Header, str], FieldView] = {}

    def plan(self, operation: Operation, method: str) -> tuple[StructView, ...]:
        """The class of the header fields of an operation, nothing where it declares none."""
        declared = _declared(operation)
        if not declared:
            return ()
        fields: dict[str, FieldView] = {}
        for each in declared.values():
            name = _free(snake(each.name), fields)
            if (each, name) not in self._fields:
                # Most answers share the header fields of components.
                self._fields[each, name] = self._field(each, name)
            fields[name] = self._fields[each, name]
        told = f"Header fields of answers of {operation.label}."
        return (_struct(f"{pascal(method)}Headers", told, tuple(fields.values())),)

    def _field(self, header: Header, name: str) -> FieldView:
        kind = self._type(header.schema)
        kind = kind if header.required else optional(kind)
        default = None if header.required else Code("UNSET")
        said = about(self._api, header.schema, header.description, deprecated=False)
        return FieldView(
            name=name,
            wire=header.name,
            annotation=annotation(kind, "", len(name) + 2, len(" = UNSET"), 4),
            shown=shown(kind),
            default=default,
            doc=paragraphs((whole(said),), 4),
            kind=kind,
            about=said,
        )

    def _type(self, place: Where | None) -> Type:
        shape = None if place is None else self._classes.shapes[place]
        if isinstance(shape, Array) and shape.item is not None:
            item = self._type(shape.item)
            return ListOf(item) if isinstance(item, Plain) else STR
        if isinstance(shape, Scalar):
            return Plain(shape.name)
        return Plain(shape.base) if isinstance(shape, Enumeration) else STR


def shared(name: str, methods: Sequence[MethodView]) -> list[MethodView]:
    """The methods of a resource: those with the most common header fields share one class."""
    counts = Counter(method.headers[0].fields for method in methods if method.headers)
    fields, count = next(iter(counts.most_common(1)), ((), 0))
    if count < 2:
        return list(methods)
    told = "Header fields of answers of several operations."
    common = _struct(f"{name}Headers", told, fields)
    return [
        replace(method, headers=(common,)) if _has(method, fields) else method for method in methods
    ]


def _has(method: MethodView, fields: tuple[FieldView, ...]) -> bool:
    return bool(method.headers) and method.headers[0].fields == fields


def _struct(name: str, told: str, fields: tuple[FieldView, ...]) -> StructView:
    rename: Value = {each.name: each.wire for each in fields}
    head: dict[str, Value] = {"frozen": True, "kw_only": True, "rename": rename}
    return StructView(
        name=name,
        head=Call(f"class {name}", (Code(_BASE),), head),
        doc=paragraphs((told,), 4),
        fields=fields,
    )


def _free(fold: str, taken: Iterable[str]) -> str:
    """A name of a field: headers are few, so no table keeps what they are called."""
    while fold in {*taken, *_NAMES_TAKEN}:
        fold += "_"
    return fold


def _declared(operation: Operation) -> dict[str, Header]:
    """Header fields by name, each once; what one of several successes has is not required."""
    successes = [each for each in operation.responses if each.status.startswith("2")]
    found: dict[str, Header] = {}
    for response in successes:
        for each in response.headers:
            if each.name.lower() not in {name.lower() for name in found} | _IGNORED:
                required = each.required and len(successes) == 1
                found[each.name] = replace(each, required=required)
    return found

"""Header fields of answers: a class for each operation whose successes declare some, or for many.

In: an operation. Out: a struct of numbers, texts, enumerations, and lists and objects of these, as
the `simple` style writes them, or nothing. An object is a mapping, of texts where its properties
differ; what the style cannot write plainly is text. A field is required where the only success
requires it.
"""

from __future__ import annotations

import keyword
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from generator.api import Api, Header, Operation
from generator.diagnostics import Where
from generator.plan.classes import Classes
from generator.plan.code import Call, Code, Value
from generator.plan.models import optional
from generator.plan.names import pascal, snake
from generator.plan.prose import about, paragraphs, shown, whole
from generator.plan.shape import Array, Enumeration, Mapped, Record, Scalar
from generator.plan.shapes import Shapes
from generator.plan.types import STR, ClassRef, ListOf, MapOf, Plain, Type, annotation
from generator.plan.views.methods import MethodView
from generator.plan.views.models import FieldView, StructView

_BASE = "HeaderFields"
_NAMES_TAKEN = frozenset((*keyword.kwlist, *"bool dict float int list models str".split()))
_IGNORED = frozenset(("content-type",))  # https://spec.openapis.org/oas/v3.1.1.html#response-object


def header_places(api: Api, shapes: Shapes) -> Iterator[Where]:
    """The schemas in header fields that have a class: enumerations."""
    for operation in api.operations:
        for header in _declared(operation).values():
            if header.schema is not None:
                for place in (header.schema, *_inside(shapes, header.schema)):
                    if isinstance(shapes[place], Enumeration):
                        yield place


def _inside(shapes: Shapes, place: Where) -> tuple[Where, ...]:
    """The schemas of what a list or an object holds."""
    shape = shapes[place]
    if isinstance(shape, Record):
        return tuple(shape.properties.values())
    item = shape.item if isinstance(shape, Array) else None
    item = shape.value if isinstance(shape, Mapped) else item
    return () if item is None else (item,)


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
            annotation=annotation(kind, "models.", len(name) + 2, len(" = UNSET"), 4),
            shown=shown(kind),
            default=default,
            doc=paragraphs((whole(said),), 4),
            kind=kind,
            about=said,
        )

    def _type(self, place: Where | None) -> Type:
        if place is None:
            return STR
        shapes = self._classes.shapes
        held = dict.fromkeys(self._plain(each) for each in _inside(shapes, place))
        if None in held:
            return STR
        kinds = [each for each in held if each is not None]
        item = kinds[0] if len(kinds) == 1 else STR
        if isinstance(shapes[place], Array):
            return ListOf(item)
        if isinstance(shapes[place], Mapped | Record):
            return MapOf(item)
        return self._plain(place) or STR

    def _plain(self, place: Where) -> Type | None:
        """The type of what one text writes; None where that takes more."""
        shape = self._classes.shapes[place]
        if isinstance(shape, Enumeration):
            return ClassRef(self._classes.name(shape.where), shape.base)
        return Plain(shape.name) if isinstance(shape, Scalar) else None


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

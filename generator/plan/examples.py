"""Example calls for the documentation: with what is required, and with every argument.

In: an operation and the forms of its method. Out: two calls. Values are the description's own
examples, then defaults, then the first listed value, then one of the type. A body is given by the
fields of its model where it can be: the smallest example with what is required, the largest and
what it leaves out with every argument.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from msgspec import Struct

from generator.api import Api, Content, Operation
from generator.api.walk import keyword, properties, required
from generator.diagnostics import Where
from generator.plan.arguments import CONTENT, Argument
from generator.plan.code import Call, Value
from generator.plan.constructions import SOME_BYTES, Constructions
from generator.plan.forms import Forms, Keywords
from generator.plan.media import sent
from generator.plan.types import STR

_BY_TYPE: dict[str, Value] = {
    "integer": 1,
    "number": 1.0,
    "boolean": True,
    "array": [],
    "object": {},
}


class Examples(Struct, frozen=True):
    """The calls of one method; `full` is None where nothing is optional."""

    required: Call
    full: Call | None


class ExamplesPlanner:
    """Plans the example calls of one Api."""

    def __init__(self, api: Api, constructions: Constructions) -> None:
        self._api = api
        self._constructions = constructions

    def plan(self, operation: Operation, forms: Forms, name: str) -> Examples:
        """The calls of a method; `name` is what stands behind `client.`."""
        few = self._call(operation, forms, name, full=False)
        many = self._call(operation, forms, name, full=True)
        return Examples(few, None if many == few else many)

    def _call(self, operation: Operation, forms: Forms, name: str, *, full: bool) -> Call:
        positional: list[Value] = []
        fields: dict[str, Value] = {}
        keywords: dict[str, Value] = {}
        for argument in forms.arguments:
            if argument.view.location == "path":
                positional.append(self._parameter(operation, argument))
            elif argument.view.location == "body":
                given, fields = self._body(operation, argument, forms.keywords, full=full)
                positional += given
            elif argument.view.required or full:
                keywords[argument.view.name] = self._parameter(operation, argument)
        return Call(f"client.{name}", tuple(positional), {**fields, **keywords})

    def _parameter(self, operation: Operation, argument: Argument) -> Value:
        view = argument.view
        for each in operation.parameters:
            if (each.name, each.location) == (view.wire, view.location):
                place = each.content.schema if each.content else each.schema
                listed = [example.value for example in each.examples]
                value = _plain(listed[0]) if listed else self._value(place, view.wire)
                if argument.kind == STR and not isinstance(value, str):
                    return view.wire
                return self._constructions.of(value, argument.kind)
        return view.wire

    def _body(
        self, operation: Operation, argument: Argument, words: Keywords | None, *, full: bool
    ) -> tuple[list[Value], dict[str, Value]]:
        """The body by position, or its fields by name."""
        content = sent(operation.body.content) if operation.body else None
        if content is None or argument.kind == CONTENT:
            return [SOME_BYTES], {}
        bodies = self._bodies(content)
        body = max(bodies, key=_size) if full else min(bodies, key=_size)
        if words is None or not words.fields or not isinstance(body, dict):
            return [self._constructions.of(body, argument.kind)], {}
        body = self._sent(content, body)
        body = self._filled(content, words, body) if full else _needed(words, body)
        names = {field.wire: name for name, field in words.fields.items()}
        if not body or not body.keys() <= names.keys():
            return [body], {}
        return [], {
            names[wire]: self._constructions.of(value, words.fields[names[wire]].kind)
            for wire, value in body.items()
        }

    def _bodies(self, content: Content) -> list[Value]:
        """The description's examples of a body, or one that is made up."""
        listed = [_plain(example.value) for example in content.examples]
        objects: list[Value] = [each for each in listed if isinstance(each, dict)]
        return objects or [listed[0] if listed else self._value(content.schema, "", deep=True)]

    def _sent(self, content: Content, body: Mapping[str, Value]) -> dict[str, Value]:
        """A body without what only the server writes."""
        places = {} if content.schema is None else properties(self._api, content.schema)
        return {
            wire: value
            for wire, value in body.items()
            if wire not in places or keyword(self._api, places[wire], "readOnly") is not True
        }

    def _filled(
        self, content: Content, words: Keywords, body: Mapping[str, Value]
    ) -> dict[str, Value]:
        """A body with the fields that it leaves out."""
        places = {} if content.schema is None else properties(self._api, content.schema)
        left = [e.wire for e in words.fields.values() if e.wire in places and e.wire not in body]
        return {**body, **{wire: self._value(places[wire], wire, deep=True) for wire in left}}

    def _value(self, place: Where | None, name: str, *, deep: bool = False) -> Value:
        """An example of a schema: its own, its default, its first value, else one of its type."""
        if place is None:
            return name or "..."
        schema = self._api.schema(place)
        only = [schema.keywords["const"]] if "const" in schema.keywords else []
        listed = schema.examples or (schema.enum or ())[:1] or only
        if listed:
            return _plain(listed[0])
        default = keyword(self._api, place, "default")
        if default is not None:
            return _plain(default)
        fields = properties(self._api, place) if deep else {}
        if fields:
            needed = required(self._api, place)
            return {key: self._value(each, key) for key, each in fields.items() if key in needed}
        for branch in (*schema.many("anyOf"), *schema.many("oneOf")):
            if self._api.schema(branch).types != frozenset({"null"}):
                return self._value(branch, name, deep=deep)
        declared = sorted(schema.types - {"null"})
        return _BY_TYPE.get(declared[0] if declared else "string", name or "...")


def _needed(words: Keywords, body: Mapping[str, Value]) -> dict[str, Value]:
    """The required fields of a body, all of it where none is."""
    needed = {field.wire for field in words.fields.values() if field.default is None}
    return {wire: body[wire] for wire in body if wire in needed or not needed}


def _plain(value: object) -> Value:
    """JSON of a description as a value to print."""
    return cast("Value", value)


def _size(body: Value) -> int:
    """How many fields a body shows; one that is no object shows none."""
    return len(body) if isinstance(body, dict) else 0

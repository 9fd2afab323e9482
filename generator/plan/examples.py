"""Example calls for the documentation: required arguments with the description's own examples."""

from __future__ import annotations

from typing import cast

from generator.api import Api, Content, Operation
from generator.api.walk import keyword, properties, required
from generator.diagnostics import Where
from generator.plan.arguments import Argument
from generator.plan.code import Call, Value
from generator.plan.media import sent

_BY_TYPE: dict[str, Value] = {
    "integer": 1,
    "number": 1.0,
    "boolean": True,
    "array": [],
    "object": {},
}


def example_call(api: Api, operation: Operation, arguments: list[Argument], name: str) -> Call:
    """A call with everything that is required; `name` is the method behind `client.`."""
    positional: list[Value] = []
    keywords: dict[str, Value] = {}
    for argument in arguments:
        if argument.view.location == "path":
            positional.append(_parameter(api, operation, argument))
        elif argument.view.location == "body" and operation.body is not None:
            positional.append(_body(api, sent(operation.body.content)))
        elif argument.view.required:
            keywords[argument.view.name] = _parameter(api, operation, argument)
    return Call(f"client.{name}", tuple(positional), keywords)


def _parameter(api: Api, operation: Operation, argument: Argument) -> Value:
    for parameter in operation.parameters:
        if parameter.name == argument.view.wire and parameter.location == argument.view.location:
            for example in parameter.examples:
                return _plain(example.value)
            place = parameter.content.schema if parameter.content else parameter.schema
            return _value(api, place, argument.view.wire)
    return argument.view.wire


def _body(api: Api, content: Content | None) -> Value:
    if content is None:
        return None
    for example in content.examples:
        return _plain(example.value)
    return _value(api, content.schema, "", deep=True)


def _value(api: Api, place: Where | None, name: str, *, deep: bool = False) -> Value:
    """An example of a schema: its own, its default, its first value, else one of its type."""
    if place is None:
        return name or "..."
    schema = api.schema(place)
    listed = schema.examples or (schema.enum or ())[:1]
    if listed:
        return _plain(listed[0])
    default = keyword(api, place, "default")
    if default is not None:
        return _plain(default)
    fields = properties(api, place) if deep else {}
    if fields:
        needed = required(api, place)
        return {key: _value(api, child, key) for key, child in fields.items() if key in needed}
    declared = sorted(schema.types - {"null"})
    return _BY_TYPE.get(declared[0] if declared else "string", name or "...")


def _plain(value: object) -> Value:
    """JSON of a description as a value to print."""
    return cast("Value", value)

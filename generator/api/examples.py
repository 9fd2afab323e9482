"""Examples and defaults that do not fit their own schema, as diagnostics at their own line."""

from __future__ import annotations

from collections.abc import Iterator

from generator.api.conform import Conform, Direction
from generator.api.model import Api, Content, Example
from generator.diagnostics import Diagnostics, Where

Claim = tuple[Where, object, tuple[Where, ...], Direction]


def check_examples(api: Api, diagnostics: Diagnostics) -> None:
    """Report every example and default that its schema refuses."""
    conform = Conform(api)
    for where, value, schemas, direction in _claims(api):
        if any(conform.valid(schema, value, direction) for schema in schemas):
            continue
        for violation in conform.errors(schemas[0], value, direction)[:1]:
            diagnostics.report("invalid-example", violation.message, where, violation.where)


def _claims(api: Api) -> Iterator[Claim]:
    """Every example and default with the schemas of which it must fit one."""
    for operation in api.operations:
        for parameter in operation.parameters:
            if parameter.schema:
                yield from _examples(parameter.examples, (parameter.schema,), "request")
        if operation.body:
            for content in operation.body.content:
                yield from _of_content(content, "request")
        for response in operation.responses:
            for content in response.content:
                yield from _of_content(content, "response")
    for place, schema in api.schemas.items():
        for index, value in enumerate(schema.examples):
            yield place.at("examples", index), value, (place,), "response"
        if "default" in schema.keywords:
            yield place.at("default"), schema.keywords["default"], (place,), "response"


def _of_content(content: Content, direction: Direction) -> Iterator[Claim]:
    if content.schema:
        schemas = (content.schema, content.enveloped) if content.enveloped else (content.schema,)
        yield from _examples(content.examples, schemas, direction)


def _examples(
    examples: tuple[Example, ...], schemas: tuple[Where, ...], direction: Direction
) -> Iterator[Claim]:
    return ((each.where, each.value, schemas, direction) for each in examples)

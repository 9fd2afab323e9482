"""A description with text in every position that takes any, and the positions.

In: nothing. Out: `DOCUMENT`, plain data in which each text that may be anything is a `Text`, and
`filled`, which puts strings in their place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Text:
    """A position that takes any text; `kept` stands around it where the format demands something."""

    position: str
    kept: str = "{}"


def _schema(at: str) -> dict[str, Any]:
    """A schema with text wherever a schema has it."""
    return {
        "type": "object",
        "title": Text(f"{at} title"),
        "description": Text(f"{at} description"),
        "x-any": Text(f"{at} extension"),
        "required": [Text(f"{at} property")],
        "properties": {
            Text(f"{at} property"): {
                "type": "string",
                "description": Text(f"{at} property description"),
                "default": Text(f"{at} default"),
                "format": Text(f"{at} format"),
                "pattern": Text(f"{at} pattern"),
                "examples": [Text(f"{at} example")],
            },
            Text(f"{at} enumerated"): {"enum": [Text(f"{at} first value"), Text(f"{at} second")]},
            Text(f"{at} constant"): {"const": Text(f"{at} constant value")},
            Text(f"{at} file"): {"type": "string", "contentMediaType": Text(f"{at} media type")},
        },
        "additionalProperties": {"type": "integer"},
    }


_OPERATION: dict[str, Any] = {
    "operationId": Text("operationId"),
    "summary": Text("summary"),
    "description": Text("operation description"),
    "tags": [Text("tag name")],
    "externalDocs": {"url": Text("docs url"), "description": Text("docs description")},
    "servers": [{"url": Text("operation server", "https://x.example/{}")}],
    "security": [{Text("scheme name"): [Text("scope")]}],
    "parameters": [
        {
            "name": Text(f"{place} parameter"),
            "in": place,
            "description": Text(f"{place} parameter description"),
            "schema": {"type": "string", "default": Text(f"{place} parameter default")},
            "example": Text(f"{place} parameter example"),
        }
        for place in ("query", "header", "cookie")
    ],
    "requestBody": {
        "description": Text("body description"),
        "content": {
            "application/json": {"schema": {"$ref": "#/components/schemas/Body"}},
            Text("request media type", "text/{}"): {"schema": {"type": "string"}},
        },
    },
    "responses": {
        "200": {
            "description": Text("answer description"),
            "headers": {Text("header name"): {"description": Text("header description")}},
            "content": {
                "application/json": {"schema": {"$ref": "#/components/schemas/Either"}},
                Text("answer media type", "application/x{}+json"): {
                    "schema": {"$ref": "#/components/schemas/Body"}
                },
            },
        },
        "4XX": {"description": Text("error description")},
    },
}

DOCUMENT: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {
        "title": Text("title"),
        "version": Text("version"),
        "description": Text("description"),
        "license": {"name": Text("licence")},
        "contact": {"name": Text("contact"), "email": Text("email")},
    },
    "servers": [
        {
            "url": Text("server", "https://{{host}}/{}"),
            "description": Text("server description"),
            "variables": {"host": {"default": Text("server variable")}},
        }
    ],
    "tags": [{"name": Text("tag name"), "description": Text("tag description")}],
    "paths": {Text("path", "/a{}"): {"post": _OPERATION}},
    "components": {
        "schemas": {
            "Body": _schema("body"),
            Text("component"): _schema("component"),
            "Other": _schema("other"),
            "Either": {
                "oneOf": [
                    {"$ref": "#/components/schemas/Body"},
                    {"$ref": "#/components/schemas/Other"},
                ],
                "discriminator": {
                    "propertyName": Text("discriminator"),
                    "mapping": {Text("tag of a variant"): "#/components/schemas/Body"},
                },
            },
        },
        "securitySchemes": {
            Text("scheme name"): {
                "type": "apiKey",
                "in": "header",
                "name": Text("key name"),
                "description": Text("scheme description"),
            }
        },
    },
    "x-any": Text("extension"),
}


def positions() -> list[str]:
    """Every position, once."""
    return list(dict.fromkeys(_positions(DOCUMENT)))


def filled(text_of: Callable[[str], str]) -> Any:
    """The description with a text in each position."""
    return _filled(DOCUMENT, text_of)


def _positions(value: object) -> Iterator[str]:
    if isinstance(value, Text):
        yield value.position
    elif isinstance(value, dict):
        for name, each in value.items():
            yield from _positions(name)
            yield from _positions(each)
    elif isinstance(value, list):
        for each in value:
            yield from _positions(each)


def _filled(value: object, text_of: Callable[[str], str]) -> Any:
    if isinstance(value, Text):
        return value.kept.format(text_of(value.position))
    if isinstance(value, dict):
        return {_filled(name, text_of): _filled(each, text_of) for name, each in value.items()}
    if isinstance(value, list):
        return [_filled(each, text_of) for each in value]
    return value

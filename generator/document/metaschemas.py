"""What a document and its Schema Objects must look like in each OpenAPI version.

In comes a version, out go validators that find every fault. Patterns are judged as ECMA-262 regular
expressions, as JSON Schema says; one that only Python's `re` takes passes as well, since many
descriptions were written against it. A URL may be relative and may hold letters that are not ASCII.
"""

from __future__ import annotations

import re
from functools import cache
from typing import cast

import jsonschema_rs
import openapi_spec_validator.schemas as published
from openapi_schema_validator import OAS30Validator

from generator.document.document import Json
from generator.document.narrowing import MASK

DIALECTS = (
    "https://json-schema.org/draft/2020-12/schema",
    "https://spec.openapis.org/oas/3.1/dialect/base",
)
"""The dialects of JSON Schema that `schema_checker` stands for from OpenAPI 3.1 on."""

_OUTLINES = {"2.0": "schema_v2", "3.0": "schema_v30", "3.1": "schema_v31", "3.2": "schema_v32"}

_TEXT: dict[str, Json] = {"type": "string"}
_BOOLEAN: dict[str, Json] = {"type": "boolean"}
# https://www.rfc-editor.org/rfc/rfc3986#appendix-A, and https://www.rfc-editor.org/rfc/rfc3987
_URL = re.compile(r"(?:[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=\x80-\U0010ffff]|%[0-9A-Fa-f]{2})*")
_PLACEHOLDER = re.compile(r"\{[^{}]*\}")

_XML: dict[str, Json] = {
    "type": "object",
    "properties": {
        "name": _TEXT,
        "namespace": _TEXT,
        "prefix": _TEXT,
        "attribute": _BOOLEAN,
        "wrapped": _BOOLEAN,
    },
}
# https://spec.openapis.org/oas/v3.2.0.html#xml-object, on attribute and wrapped
_XML_WITH_NODES: dict[str, Json] = {
    **_XML,
    "dependentSchemas": {"nodeType": {"properties": {"attribute": False, "wrapped": False}}},
}

# The base vocabulary of OpenAPI: https://spec.openapis.org/oas/v3.1.1.html#schema-object
_BASE_DIALECT: dict[str, Json] = {
    "$schema": DIALECTS[0],
    "$id": "urn:lockstep:schema-object",
    "$dynamicAnchor": "meta",
    "$ref": DIALECTS[0],
    "properties": {
        "discriminator": {
            "type": "object",
            "required": ["propertyName"],
            "properties": {
                "propertyName": _TEXT,
                "mapping": {"type": "object", "additionalProperties": _TEXT},
            },
        },
        "externalDocs": {
            "type": "object",
            "required": ["url"],
            "properties": {"url": _TEXT, "description": _TEXT},
        },
        "xml": _XML,
    },
}


@cache
def schema_checker(version: str) -> jsonschema_rs.Validator:
    """The validator of Schema Objects for an OpenAPI version."""
    return _checker(_schema_objects(version))


@cache
def outline_checker(version: str) -> jsonschema_rs.Validator:
    """The validator of a whole document against the schema that OpenAPI publishes."""
    return _checker(_outline(version))


def _checker(schema: dict[str, Json]) -> jsonschema_rs.Validator:
    formats = {"regex": is_pattern, "uri": is_url, "uri-reference": is_url}
    return jsonschema_rs.validator_for(
        schema, formats=formats, validate_formats=True, mask=MASK, offline=True
    )


def _outline(version: str) -> dict[str, Json]:
    return dict(cast("dict[str, Json]", getattr(published, _OUTLINES[version])))


def _schema_objects(version: str) -> dict[str, Json]:
    if version == "3.0":
        core = cast("dict[str, Json]", OAS30Validator.META_SCHEMA)
        known: Json = {"$ref": "#/definitions/Schema"}
        return {
            "$schema": core["$schema"],
            "definitions": _outline(version)["definitions"],
            "allOf": [{"$ref": core["id"]}, known],
        }
    if version == "3.1":
        return _BASE_DIALECT
    properties = cast("dict[str, Json]", _BASE_DIALECT["properties"])
    return {**_BASE_DIALECT, "properties": {**properties, "xml": _XML_WITH_NODES}}


def is_url(text: object) -> bool:
    """Whether a text is a URL or a reference to one, placeholders of servers taken out."""
    return not isinstance(text, str) or _URL.fullmatch(_PLACEHOLDER.sub("", text)) is not None


def is_pattern(text: object) -> bool:
    """Whether a text is a regular expression, in ECMA-262 or at least in Python."""
    return not isinstance(text, str) or _judge().is_valid(text) or _compiles(text)


@cache
def _judge() -> jsonschema_rs.Validator:
    return jsonschema_rs.validator_for(
        {"$schema": DIALECTS[0], "format": "regex"}, validate_formats=True
    )


def _compiles(text: str) -> bool:
    try:
        re.compile(text)
    except (re.error, RecursionError, OverflowError):
        return False
    return True

"""The grammar of the `x-lockstep-*` extensions: which exist, where each may stand, what fits it.

In: nothing. Out: `EXTENSIONS`, and the JSON Schema that `behaviours.schema.json` publishes; run
`python -m generator.api.grammar` after a change of the types, a test holds the file to them.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

import generator.api.behaviours as behaviours

GRAMMAR_FILE = Path(__file__).with_name("behaviours.schema.json")
GRAMMAR_ID = "urn:lockstep:behaviours:1"
PREFIX = "x-lockstep-"


class Extension(Struct, frozen=True):
    """One extension: its type, where it may stand, what it says, and a worked example."""

    type: object
    places: tuple[str, ...]
    says: str
    example: object


EXTENSIONS: dict[str, Extension] = {
    "x-lockstep-resources": Extension(
        dict[str, behaviours.Resource],
        ("document",),
        "The kinds of thing that the API keeps.",
        {
            "organization": {
                "schema": "#/components/schemas/Organization",
                "key": "id",
                "fields": {"isDeleted": {"value": False}},
                "seed": [{"fields": {"name": "acme"}}],
            }
        },
    ),
    "x-lockstep-resource": Extension(
        behaviours.ResourceUse,
        ("operation",),
        "What the operation does to which resource.",
        {"resource": "organization", "role": "read", "parameters": {"orgId": "organization"}},
    ),
    "x-lockstep-pagination": Extension(
        behaviours.Pagination,
        ("operation",),
        "How the list is cut into pages.",
        {"style": "page-number", "page": "pageNum", "size": "itemsPerPage", "items": "/results"},
    ),
    "x-lockstep-filter": Extension(
        behaviours.Filter,
        ("parameter",),
        "Which items of the list the parameter keeps.",
        {"field": "name", "match": "prefix-ignore-case"},
    ),
    "x-lockstep-visibility": Extension(
        behaviours.Visibility,
        ("operation",),
        "Which items the list shows to whom.",
        {"seeAll": ["ADMIN"], "public": {"visibility": "PUBLIC"}, "ownOnly": "onlyMine"},
    ),
    "x-lockstep-envelope": Extension(
        behaviours.Envelope,
        ("parameter",),
        "How a true value wraps the body.",
        {"status": "status", "content": "content", "lists": "beside"},
    ),
    "x-lockstep-enveloped": Extension(
        bool,
        ("schema",),
        "This branch of an answer's anyOf or oneOf is its enveloped form.",
        True,
    ),
    "x-lockstep-representation": Extension(
        behaviours.Representation,
        ("parameter",),
        "The parameter changes how a body is written, not what it says.",
        {"kind": "pretty"},
    ),
    "x-lockstep-guard": Extension(
        list[behaviours.Guard],
        ("operation",),
        "States in which the operation is refused.",
        [{"has": "project", "status": 409, "code": "ORG_NOT_EMPTY"}],
    ),
    "x-lockstep-errors": Extension(
        behaviours.Errors,
        ("document", "operation"),
        "The error format and what each class of fault gets; on an operation, what differs there.",
        {"code": "/errorCode", "faults": {"not-found": {"status": 404, "code": "NOT_FOUND"}}},
    ),
    "x-lockstep-version": Extension(
        behaviours.Version,
        ("document",),
        "How a version of the API is chosen.",
        {"template": "application/vnd.acme.{version}+json", "current": "2023-01-01"},
    ),
    "x-lockstep-auth": Extension(
        behaviours.Auth,
        ("securityScheme",),
        "Who may see what.",
        {"owned": "organization", "principals": [{"name": "owner", "roles": ["OWNER"]}]},
    ),
    "x-lockstep-access": Extension(
        behaviours.Access,
        ("operation",),
        "The roles of which the caller needs one.",
        {"roles": ["OWNER"]},
    ),
    "x-lockstep-opaque": Extension(
        behaviours.OpaqueKind,
        ("schema",),
        "The server chooses the value: compared by shape or correspondence, not by value.",
        "identifier",
    ),
    "x-lockstep-confirm": Extension(
        behaviours.Confirm,
        ("parameter",),
        "The value without which the call is refused.",
        {"value": "yes", "ignoreCase": True},
    ),
}


def grammar() -> dict[str, Any]:
    """The JSON Schema (2020-12) of all extensions, each as a property with its example."""
    types = [extension.type for extension in EXTENSIONS.values()]
    schemas, definitions = msgspec.json.schema_components(types, ref_template="#/$defs/{name}")
    properties = {
        name: {
            **schema,
            "description": f"{extension.says} Stands on: {', '.join(extension.places)}.",
            "examples": [extension.example],
        }
        for (name, extension), schema in zip(EXTENSIONS.items(), schemas, strict=True)
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": GRAMMAR_ID,
        "title": "The x-lockstep extensions",
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
        "$defs": definitions,
    }


def text() -> str:
    """The grammar as `behaviours.schema.json` holds it."""
    return json.dumps(grammar(), indent=2) + "\n"


if __name__ == "__main__":
    GRAMMAR_FILE.write_text(text(), encoding="utf-8")

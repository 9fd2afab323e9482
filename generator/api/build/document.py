"""`build`: a resolved description in, the neutral `Api` out, what is wrong as diagnostics.

Reads OpenAPI 3.0, 3.1 and 3.2. What the description declares is taken as it stands: the checks of
the specification itself are the document floor's. A name that an extension gives and nothing bears
is reported here, when all names are known.
"""

from __future__ import annotations

import re

from generator.api.build.extensions import Extensions
from generator.api.build.mentions import report_mismatches
from generator.api.build.node import Node
from generator.api.build.operations import OperationBuilder
from generator.api.build.schemas import SchemaTable
from generator.api.build.security import requirements, security_schemes
from generator.api.build.servers import servers
from generator.api.model import Api, Operation, Tag
from generator.diagnostics import Diagnostics, Where
from generator.document import Resolved

_SUPPORTED = re.compile(r"3\.[012]\.\d+")


def build(resolved: Resolved, diagnostics: Diagnostics) -> Api | None:
    """The neutral model of a description, or None where its version is not supported."""
    where = Where(resolved.root.name)
    root = Node(resolved, where, resolved.root.root)
    openapi = root.text("openapi")
    if not _SUPPORTED.match(openapi):
        message = f"declares {_declared(root)}; supported are OpenAPI 3.0, 3.1 and 3.2"
        diagnostics.report("version-unsupported", message, where)
        return None
    extensions = Extensions(diagnostics)
    schemas = SchemaTable(extensions, diagnostics, openapi)
    api = _api(root, openapi, extensions, schemas, diagnostics)
    extensions.report_unread(root)
    report_mismatches(api, diagnostics)
    return api


def _declared(root: Node) -> str:
    for key in ("openapi", "swagger"):
        if key in root.mapping:
            return f"{key}: {root.mapping[key]!r}"
    return "no version"


def _api(
    root: Node,
    openapi: str,
    extensions: Extensions,
    schemas: SchemaTable,
    diagnostics: Diagnostics,
) -> Api:
    info = root.get("info")
    base = servers(root)
    security = requirements(root.raw("security"))
    operations = OperationBuilder(schemas, extensions, security, base)
    components = root.get("components")
    for _, node in components.raw("schemas").raw_members():
        schemas.place(node)
    built = tuple(
        operation
        for path, item in root.get("paths").members()
        for operation in operations.path_item(path, item)
    )
    _report_duplicates(built, diagnostics)
    return Api(
        where=root.where,
        title=info.text("title"),
        version=info.text("version"),
        description=info.text("description"),
        openapi=openapi,
        servers=base,
        tags=_tags(root),
        operations=built,
        schemas=schemas.table(),
        security_schemes=security_schemes(components.get("securitySchemes")),
        behaviours=extensions.on_document(root),
        security=security,
        webhooks={name: node.where for name, node in root.get("webhooks").raw_members()},
    )


def _tags(root: Node) -> tuple[Tag, ...]:
    return tuple(
        Tag(name=each.text("name"), description=each.text("description"))
        for each in root.raw("tags").items()
    )


def _report_duplicates(operations: tuple[Operation, ...], diagnostics: Diagnostics) -> None:
    first: dict[str, Operation] = {}
    for operation in operations:
        if not operation.id:
            continue
        other = first.setdefault(operation.id, operation)
        if other is not operation:
            message = f"operationId {operation.id!r} is also that of {other.label}"
            diagnostics.report(
                "operation-id-duplicate", message, operation.where.at("operationId"), other.where
            )

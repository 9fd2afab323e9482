"""`build`: a resolved description in, the neutral `Api` out, what is wrong as diagnostics.

Reads Swagger 2.0 and OpenAPI 3.0, 3.1 and 3.2. What the description declares is taken as it stands:
the checks of the specification itself are the document floor's. A name that an extension gives and
nothing bears is reported here, when all names are known.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from generator.api.build.depth import report_depth
from generator.api.build.endless import report_endless
from generator.api.build.extensions import Extensions
from generator.api.build.mentions import report_mismatches
from generator.api.build.node import Node
from generator.api.build.operations import OperationBuilder
from generator.api.build.schemas import SchemaTable
from generator.api.build.security import requirements, security_schemes
from generator.api.build.servers import servers
from generator.api.build.swagger import SwaggerBuilder
from generator.api.build.swagger_root import swagger_schemes, swagger_servers
from generator.api.families import shape
from generator.api.model import Api, Operation, Tag
from generator.diagnostics import Diagnostics, Where
from generator.document import Resolved, declared_version


def build(resolved: Resolved, diagnostics: Diagnostics) -> Api | None:
    """The neutral model of a description, or None where its version is not supported."""
    where = Where(resolved.root.name)
    root = Node(resolved, where, resolved.root.root)
    version = declared_version(resolved.root)
    if version is None:
        message = f"declares {_declared(root)}; supported are OpenAPI 3.0 to 3.2 and Swagger 2.0"
        diagnostics.report("version-unsupported", message, where)
        return None
    openapi = root.text("openapi", version)
    extensions = Extensions(diagnostics)
    schemas = SchemaTable(extensions, diagnostics, openapi)
    api = _api(root, openapi, extensions, schemas, diagnostics)
    report_depth(api.schemas, diagnostics)
    report_endless(api.schemas, diagnostics)
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
    is_swagger = openapi == "2.0"
    base = swagger_servers(root) if is_swagger else servers(root)
    security = requirements(root.raw("security"))
    if is_swagger:
        operations: OperationBuilder = SwaggerBuilder(
            schemas, extensions, security, base, diagnostics, root
        )
        schemes = swagger_schemes(root.get("securityDefinitions"))
        named = root.raw("definitions")
    else:
        components = root.get("components")
        operations = OperationBuilder(schemas, extensions, security, base, diagnostics)
        schemes = security_schemes(components.get("securitySchemes"))
        named = components.raw("schemas")
    for _, node in named.raw_members():
        schemas.place(node)
    built = tuple(
        operation
        for path, item in root.get("paths").members()
        for operation in operations.path_item(path, item)
    )
    built = tuple(_with_own_names(built, diagnostics))
    _report_alike(built, diagnostics)
    webhooks = tuple(
        operations.webhook(name, node) for name, node in root.get("webhooks").raw_members()
    )
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
        security_schemes=schemes,
        behaviours=extensions.on_document(root),
        security=security,
        webhooks=webhooks,
    )


def _tags(root: Node) -> tuple[Tag, ...]:
    return tuple(
        Tag(name=each.text("name"), description=each.text("description"))
        for each in root.raw("tags").items()
    )


def _report_alike(operations: tuple[Operation, ...], diagnostics: Diagnostics) -> None:
    """Report operations whose paths differ in the names of their parameters alone."""
    first: dict[tuple[str, str], Operation] = {}
    for operation in operations:
        other = first.setdefault((operation.method, shape(operation.path)), operation)
        if other is not operation:
            message = f"{operation.label} has the same shape as {other.label}"
            diagnostics.report("paths-alike", message, operation.where, other.where)


def _with_own_names(
    operations: tuple[Operation, ...], diagnostics: Diagnostics
) -> Iterator[Operation]:
    """The operations; one whose operationId is taken has none, and so is known by its path."""
    first: dict[str, Operation] = {}
    for operation in operations:
        other = first.setdefault(operation.id, operation) if operation.id else operation
        if other is operation:
            yield operation
            continue
        message = f"operationId {operation.id!r} is also that of {other.label}"
        diagnostics.report(
            "operation-id-duplicate", message, operation.where.at("operationId"), other.where
        )
        yield replace(operation, id="")

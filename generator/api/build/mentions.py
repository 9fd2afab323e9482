"""Names that extensions mention: resources, parameters, operations and schemas that must exist."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from generator.api.behaviours import Fault, FaultKind
from generator.api.model import Api, Operation
from generator.api.walk import properties
from generator.diagnostics import Diagnostics, Where

Mention = tuple[str, str, Where]


def report_mismatches(api: Api, diagnostics: Diagnostics) -> None:
    """Report each name in an extension that nothing in the description bears."""
    errors = api.behaviours.errors
    known = {
        "resource": set(api.behaviours.resources),
        "operation": {operation.id for operation in api.operations},
        "error format": set(errors.formats if errors else ()),
        "security scheme": set(api.behaviours.auth),
    }
    for kind, name, where in _mentions(api):
        if name and name not in known[kind]:
            diagnostics.report("extension-mismatch", f"there is no {kind} {name!r}", where)
    for operation in api.operations:
        names = {parameter.name for parameter in operation.parameters}
        for name, where in _parameter_mentions(operation):
            if name and name not in names:
                message = f"{operation.label} has no parameter {name!r}"
                diagnostics.report("extension-mismatch", message, where)
    _report_stored_schemas(api, diagnostics)
    for operation in api.operations:
        _report_fields(api, operation, diagnostics)


def _mentions(api: Api) -> Iterator[Mention]:
    """Everything but parameters and fields that an extension names."""
    table = api.where.at("x-lockstep-resources")
    for name, resource in api.behaviours.resources.items():
        yield "resource", resource.parent, table.at(name, "parent")
        for field, source in resource.fields.items():
            for relation, linked in source.links.items():
                if not linked.startswith("/"):
                    yield "operation", linked, table.at(name, "fields", field, "links", relation)
    for scheme, auth in api.behaviours.auth.items():
        where = api.security_schemes[scheme].where.at("x-lockstep-auth")
        yield "resource", auth.owned, where.at("owned")
        yield "security scheme", auth.callers_of, where.at("callersOf")
    if api.behaviours.errors:
        yield from _formats(api.behaviours.errors.faults, api.where)
    for operation in api.operations:
        yield from _mentions_on(operation)


def _mentions_on(operation: Operation) -> Iterator[Mention]:
    use = operation.behaviours.resource
    if use:
        where = operation.where.at("x-lockstep-resource")
        yield "resource", use.resource, where.at("resource")
        for parameter, resource in use.parameters.items():
            yield "resource", resource, where.at("parameters", parameter)
    for index, guard in enumerate(operation.behaviours.guards):
        yield "resource", guard.has, operation.where.at("x-lockstep-guard", index, "has")
    yield from _formats(operation.behaviours.faults, operation.where)


def _formats(faults: Mapping[FaultKind, Fault], where: Where) -> Iterator[Mention]:
    for kind, fault in faults.items():
        place = where.at("x-lockstep-errors", "faults", kind, "format")
        yield "error format", fault.format, place


def _parameter_mentions(operation: Operation) -> Iterable[tuple[str, Where]]:
    use = operation.behaviours.resource
    if use:
        where = operation.where.at("x-lockstep-resource")
        for parameter in use.parameters:
            yield parameter, where.at("parameters", parameter)
        if use.by:
            yield use.by.parameter, where.at("by", "parameter")
    pagination = operation.behaviours.pagination
    if pagination:
        for key in ("page", "size", "offset", "cursor", "count"):
            yield getattr(pagination, key), operation.where.at("x-lockstep-pagination", key)
    visibility = operation.behaviours.visibility
    if visibility:
        yield visibility.own_only, operation.where.at("x-lockstep-visibility", "ownOnly")


def _report_stored_schemas(api: Api, diagnostics: Diagnostics) -> None:
    for name, resource in api.behaviours.resources.items():
        where = api.where.at("x-lockstep-resources", name)
        schema = api.schemas.get(stored_schema(api, resource.schema))
        if schema is None:
            message = f"there is no schema {resource.schema!r}"
            diagnostics.report("extension-mismatch", message, where.at("schema"))
            continue
        for field in (resource.key, *resource.alternative_keys, *resource.fields):
            if field and field not in properties(api, schema.where):
                message = f"{resource.schema} has no property {field!r}"
                diagnostics.report("extension-mismatch", message, where)
        for index, pointer in enumerate(resource.owner):
            if pointer.partition("/")[2].partition("/")[0] not in properties(api, schema.where):
                message = f"{resource.schema} has no member {pointer!r}"
                diagnostics.report("extension-mismatch", message, where.at("owner", index))


def _report_fields(api: Api, operation: Operation, diagnostics: Diagnostics) -> None:
    """Report each field named on an operation that its resource does not have."""
    use = operation.behaviours.resource
    resource = api.behaviours.resources.get(use.resource) if use else None
    schema = api.schemas.get(stored_schema(api, resource.schema)) if resource else None
    if resource is None or schema is None:
        return
    stored = properties(api, schema.where)
    for field, where in _field_mentions(operation):
        if field not in stored:
            message = f"{resource.schema} has no property {field!r}"
            diagnostics.report("extension-mismatch", message, where)


def _field_mentions(operation: Operation) -> Iterator[tuple[str, Where]]:
    use, visibility = operation.behaviours.resource, operation.behaviours.visibility
    if use and use.receipt:
        where = operation.where.at("x-lockstep-resource", "receipt", "fields")
        yield from ((field, where.at(member)) for member, field in use.receipt.fields.items())
    if visibility:
        where = operation.where.at("x-lockstep-visibility", "public")
        yield from ((field, where.at(field)) for field in visibility.public)


def stored_schema(api: Api, reference: str) -> Where:
    """The place that a resource's `schema` names: a pointer into the description's own file."""
    return Where(api.where.document, reference.removeprefix("#"))


__all__ = ["report_mismatches", "stored_schema"]

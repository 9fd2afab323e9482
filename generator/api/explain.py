"""The behaviours of an Api in sentences: what was declared or inferred, on which operation."""

from __future__ import annotations

from collections.abc import Iterator

from generator.api.infer import infer
from generator.api.model import Api, Operation, Parameter


def explanation(api: Api) -> Iterator[str]:
    """A sentence for each behaviour, and for each that the mock infers where none is declared."""
    for name, resource in api.behaviours.resources.items():
        below = f" below {resource.parent}" if resource.parent else ""
        kept = "one of" if resource.singleton else f"kept by {resource.key}"
        yield f"resource {name}{below}: {kept}, as {resource.schema} (x-lockstep-resources)"
    if api.behaviours.version:
        version = api.behaviours.version
        yield f"version {version.current} in {version.template} (x-lockstep-version)"
    for operation in api.operations:
        yield from _on_operation(operation)
    yield from infer(api).notes


def _on_operation(operation: Operation) -> Iterator[str]:
    behaviours = operation.behaviours
    if behaviours.resource:
        use = behaviours.resource
        by = f" by {use.by.field}" if use.by else ""
        yield f"{operation.name}: {use.role} {use.resource}{by} (x-lockstep-resource)"
    if behaviours.pagination:
        page = behaviours.pagination
        items = page.items or "the whole body"
        yield f"{operation.name}: {page.style} pages of {items} (x-lockstep-pagination)"
    if behaviours.visibility:
        roles = ", ".join(behaviours.visibility.see_all) or "nobody"
        yield f"{operation.name}: all is shown to {roles} only (x-lockstep-visibility)"
    for guard in behaviours.guards:
        answer = f"{guard.status} {guard.code}".strip()
        yield f"{operation.name}: {answer} while it has {guard.has} (x-lockstep-guard)"
    for parameter in operation.parameters:
        yield from _on_parameter(operation, parameter)


def _on_parameter(operation: Operation, parameter: Parameter) -> Iterator[str]:
    behaviours = parameter.behaviours
    name = f"{operation.name}, {parameter.name}"
    if behaviours.filter:
        kept = behaviours.filter
        yield f"{name}: keeps items by {kept.field}, {kept.match} (x-lockstep-filter)"
    if behaviours.envelope:
        yield f"{name}: wraps the body (x-lockstep-envelope)"
    if behaviours.representation:
        yield f"{name}: changes only how the body is written (x-lockstep-representation)"
    if behaviours.confirm:
        yield f"{name}: must be {behaviours.confirm.value!r} (x-lockstep-confirm)"

"""Reads the `x-lockstep-*` extensions of a description into their types.

In: nodes that may carry extensions. Out: behaviours. An extension that does not exist, stands where
it may not, or does not fit its grammar is a diagnostic at its own line, and is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple, TypeVar

import jsonschema_rs
import msgspec
from msgspec import Struct

from generator.api.behaviours import (
    Access,
    Auth,
    Behaviours,
    Confirm,
    Envelope,
    Errors,
    Filter,
    Guard,
    OperationBehaviours,
    Pagination,
    ParameterBehaviours,
    Representation,
    Resource,
    ResourceUse,
    Version,
    Visibility,
)
from generator.api.build.node import Node, is_mapping, is_sequence
from generator.api.grammar import EXTENSIONS, PREFIX, grammar
from generator.diagnostics import Diagnostics, Where

T = TypeVar("T")


class SchemaExtensions(Struct, frozen=True):
    """What is declared on a schema."""

    opaque: str = ""
    enveloped: bool = False


class Extensions:
    """Reads extensions, each once, and remembers which were read."""

    def __init__(self, diagnostics: Diagnostics) -> None:
        self._diagnostics = diagnostics
        self._read: set[Where] = set()
        self._validator: Any = None

    def on_document(self, root: Node) -> Behaviours:
        """The document's resources, errors and version; security schemes are read apart."""
        found = self._on(root, "document")
        schemes = root.get("components").get("securitySchemes")
        found_auth = {name: self._on(node, "securityScheme") for name, node in schemes.members()}
        return Behaviours(
            resources=_typed(found, "x-lockstep-resources", dict[str, Resource]) or {},
            errors=_typed(found, "x-lockstep-errors", Errors),
            version=_typed(found, "x-lockstep-version", Version),
            auth=_shared(
                {
                    name: declared
                    for name, each in found_auth.items()
                    if (declared := _typed(each, "x-lockstep-auth", Auth)) is not None
                }
            ),
        )

    def on_operation(self, node: Node) -> OperationBehaviours:
        """Everything declared on an operation."""
        found = self._on(node, "operation")
        errors = _typed(found, "x-lockstep-errors", Errors)
        return OperationBehaviours(
            resource=_typed(found, "x-lockstep-resource", ResourceUse),
            pagination=_typed(found, "x-lockstep-pagination", Pagination),
            guards=tuple(_typed(found, "x-lockstep-guard", list[Guard]) or ()),
            faults=errors.faults if errors else {},
            access=_typed(found, "x-lockstep-access", Access),
            visibility=_typed(found, "x-lockstep-visibility", Visibility),
        )

    def on_parameter(self, node: Node) -> ParameterBehaviours:
        """Everything declared on a parameter."""
        found = self._on(node, "parameter")
        return ParameterBehaviours(
            filter=_typed(found, "x-lockstep-filter", Filter),
            envelope=_typed(found, "x-lockstep-envelope", Envelope),
            representation=_typed(found, "x-lockstep-representation", Representation),
            confirm=_typed(found, "x-lockstep-confirm", Confirm),
        )

    def on_schema(self, node: Node) -> SchemaExtensions:
        """Everything declared on a schema."""
        found = self._on(node, "schema")
        return SchemaExtensions(
            opaque=_typed(found, "x-lockstep-opaque", str) or "",
            enveloped=_typed(found, "x-lockstep-enveloped", bool) or False,
        )

    def report_unread(self, root: Node) -> None:
        """Report every extension of ours that stands where none is read."""
        for node in _carriers(root):
            for key in _ours(node):
                if node.where.at(key) not in self._read:
                    self._report_misplaced(key, node.where.at(key))

    def _on(self, node: Node, place: str) -> dict[str, object]:
        """The valid extensions of ours on a node at a place of this kind."""
        found: dict[str, object] = {}
        for key in _ours(node):
            extension = EXTENSIONS.get(key)
            if extension is None or place not in extension.places:
                continue
            where = node.where.at(key)
            if where in self._read or self._fits(key, node.mapping[key], where):
                found[key] = node.mapping[key]
            self._read.add(where)
        return found

    def _fits(self, key: str, value: object, where: Where) -> bool:
        if self._validator is None:
            self._validator = jsonschema_rs.validator_for(grammar())
        fits = True
        for error in self._validator.iter_errors({key: value}):
            fits = False
            place = where.at(*error.instance_path[1:])
            self._diagnostics.report("extension-invalid", f"{key}: {error.message}", place)
        return fits

    def _report_misplaced(self, key: str, where: Where) -> None:
        extension = EXTENSIONS.get(key)
        if extension is None:
            known = ", ".join(sorted(EXTENSIONS))
            message = f"no extension is named {key}; there are {known}"
        else:
            message = f"{key} may not stand here; it belongs on: {', '.join(extension.places)}"
        self._diagnostics.report("extension-unknown", message, where)


def _typed(found: dict[str, object], key: str, kind: type[T]) -> T | None:
    return msgspec.convert(found[key], kind) if key in found else None


def _shared(auth: dict[str, Auth]) -> dict[str, Auth]:
    """The schemes with the callers that they take from another."""
    shared: dict[str, Auth] = {}
    for name, declared in auth.items():
        of = auth.get(declared.callers_of)
        shared[name] = declared if of is None else _with_callers(declared, of)
    return shared


def _with_callers(declared: Auth, of: Auth) -> Auth:
    return msgspec.structs.replace(
        declared, owned=of.owned, implies=of.implies, principals=of.principals
    )


def _ours(node: Node) -> Iterator[str]:
    return (key for key in node.mapping if key.startswith(PREFIX))


_DATA = frozenset(("example", "examples", "default", "enum", "const", "value"))


class _Step(NamedTuple):
    """One step of the walk; a place is put together only where it is asked for."""

    above: _Step | None
    key: str | int
    value: object
    names: bool

    def where(self, root: Where) -> Where:
        """The place of this step below the root."""
        keys: list[str | int] = []
        step: _Step = self
        while step.above is not None:
            keys.append(step.key)
            step = step.above
        return root.at(*reversed(keys))


def _carriers(root: Node) -> Iterator[Node]:
    """Every mapping of the root document that holds an extension of ours, data left out."""
    waiting = [_Step(None, "", root.value, False)]
    while waiting:
        step = waiting.pop()
        if is_mapping(step.value):
            mapping = step.value
            if not step.names and any(key.startswith(PREFIX) for key in mapping):
                yield Node(root.resolved, step.where(root.where), mapping)
            waiting.extend(_below(step, mapping))
        elif is_sequence(step.value):
            waiting.extend(_Step(step, *each, False) for each in enumerate(step.value))


def _below(step: _Step, mapping: dict[str, object]) -> Iterator[_Step]:
    for key, member in mapping.items():
        if isinstance(member, dict | list) and (
            step.names or not (key in _DATA or key.startswith("x-"))
        ):
            yield _Step(step, key, member, not step.names and key == "properties")

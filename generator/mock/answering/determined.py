"""What the model decides of an operation's success, told once for all its answers.

Pointers count from the body's root; `*` stands for every member of an array. Fields that the server
chooses at will (identifiers, times, secrets, addresses) are opaque: they only correspond.
"""

from __future__ import annotations

from dataclasses import replace

from generator.api import walk
from generator.api.behaviours import FieldSource, Receipt, ResourceUse
from generator.api.exchange import Determined
from generator.api.model import Operation
from generator.diagnostics.where import escape
from generator.mock.answering.frames import answer_schema
from generator.mock.blueprint import Blueprint, Kind

UNDECIDED = Determined(code=False)
UNSURE = Determined(status=False, code=False)
"""Of what was inferred nothing is decided, nor of what nothing is declared of."""


def determined(blueprint: Blueprint, operation: Operation) -> Determined:
    """What of the operation's success is decided."""
    use = operation.behaviours.resource
    kind = blueprint.kinds.get(use.resource) if use is not None else None
    if use is not None and kind is not None and kind.inferred:
        return _unsure(use, kind)
    if use is None and not _says_faults(blueprint, operation):
        return UNSURE
    if use is None or kind is None or use.role == "act":
        return UNDECIDED
    if answer_schema(operation) is None:
        return Determined()
    if use.receipt is not None and use.role != "read":
        return _receipt(blueprint, kind, use.receipt)
    at = _items(operation) if use.role == "list" else use.item
    fields = frozenset(
        f"{at}/{escape(name)}" for name in walk.properties(blueprint.api, kind.schema)
    )
    opaque = frozenset(f"{at}/{escape(name)}" for name in _opaque(blueprint, kind))
    ordered = bool(kind.resource.order) or not kind.resource.unordered
    return Determined(fields=fields | _total(operation), opaque=opaque, ordered=ordered)


def _unsure(use: ResourceUse, kind: Kind) -> Determined:
    """Nothing but that the keys of what was made correspond: both sides must mean one thing."""
    if use.role != "create" or use.receipt is not None or not kind.resource.key:
        return UNSURE
    key = frozenset({f"{use.item}/{escape(kind.resource.key)}"})
    return replace(UNSURE, fields=key, opaque=key)


def _says_faults(blueprint: Blueprint, operation: Operation) -> bool:
    """Whether the description says which answer is due when."""
    return blueprint.api.behaviours.errors is not None or bool(operation.behaviours.faults)


def _receipt(blueprint: Blueprint, kind: Kind, receipt: Receipt) -> Determined:
    """Of a receipt all is decided but what stands for the server's own choices."""
    named = {*receipt.created, *receipt.updated, *receipt.deleted, *receipt.fields}
    opaque = _opaque(blueprint, kind)
    return Determined(
        fields=frozenset(f"/{escape(name)}" for name in named),
        opaque=frozenset(
            f"/{escape(name)}" for name, field in receipt.fields.items() if field in opaque
        ),
    )


def _items(operation: Operation) -> str:
    use, pagination = operation.behaviours.resource, operation.behaviours.pagination
    items = pagination.items if pagination is not None else use.item if use is not None else ""
    return f"{items}/*"


def _total(operation: Operation) -> frozenset[str]:
    pagination = operation.behaviours.pagination
    total = pagination.total if pagination is not None else None
    return frozenset({total}) if total else frozenset()


def _opaque(blueprint: Blueprint, kind: Kind) -> frozenset[str]:
    """The fields whose values are the server's own: as declared, or as their schemas say."""
    properties = walk.properties(blueprint.api, kind.schema)
    sources = kind.resource.fields
    declared = {
        name
        for name, each in sources.items()
        if _chosen(each) or any(map(_chosen, each.members.values()))
    }
    marked = {name for name, child in properties.items() if blueprint.api.schemas[child].opaque}
    kept = {
        name
        for name, each in sources.items()
        if each.parent and each.parent in _keys(blueprint, kind)
    }
    return frozenset(declared | marked | kept)


def _chosen(source: FieldSource) -> bool:
    return bool(source.opaque or source.now or source.links or source.principal)


def _keys(blueprint: Blueprint, kind: Kind) -> frozenset[str]:
    """The parent's key, where the server chose it."""
    parent = blueprint.kinds.get(kind.ancestors[-1]) if kind.ancestors else None
    if parent is None:
        return frozenset()
    source = parent.resource.fields.get(parent.resource.key)
    return frozenset({parent.resource.key}) if source is not None and source.opaque else frozenset()

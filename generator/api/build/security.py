"""Security schemes and requirements of a description."""

from __future__ import annotations

from typing import cast

from generator.api.build.node import Node
from generator.api.model import Requirement, SecurityScheme


def requirements(node: Node) -> tuple[Requirement, ...]:
    """The alternatives of a `security` list; an empty one asks for nothing."""
    return tuple(
        Requirement(schemes={name: item.texts(name) for name in item.mapping})
        for item in node.raw_items()
        if isinstance(item.value, dict)
    )


def security_schemes(node: Node) -> dict[str, SecurityScheme]:
    """The schemes of `components.securitySchemes` by name."""
    return {name: _scheme(name, each) for name, each in node.members()}


def _scheme(name: str, node: Node) -> SecurityScheme:
    flows = node.raw("flows").mapping
    return SecurityScheme(
        where=node.where,
        name=name,
        kind=node.text("type"),
        scheme=node.text("scheme").lower(),
        location=node.text("in"),
        parameter=node.text("name"),
        flows=cast("dict[str, dict[str, object]]", flows),
        description=node.text("description"),
    )

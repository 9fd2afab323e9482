"""Servers of a description: their URLs, and the variables that stand in them."""

from __future__ import annotations

import re

from generator.api.build.node import Node
from generator.api.model import Server, ServerVariable

_VARIABLE = re.compile(r"\{([^{}]*)\}")


def servers(node: Node) -> tuple[Server, ...]:
    """The servers declared on a document, path item or operation."""
    return tuple(_server(each) for each in node.raw("servers").items() if each.text("url"))


def _server(node: Node) -> Server:
    template = node.text("url")
    found = {name: _variable(name, each) for name, each in node.get("variables").members()}
    variables = {name: found[name] for name in _VARIABLE.findall(template) if name in found}
    return Server(
        where=node.where,
        url=_VARIABLE.sub(lambda match: _default(variables, match[1]), template),
        description=node.text("description"),
        name=node.text("name"),
        template=template if variables else "",
        variables=tuple(variables.values()),
    )


def _variable(name: str, node: Node) -> ServerVariable:
    default = node.mapping.get("default")
    return ServerVariable(
        where=node.where,
        name=name,
        # YAML reads a port or a version without quotes as a number.
        default=str(default) if isinstance(default, str | int | float) else "",
        values=node.texts("enum"),
        description=node.text("description"),
    )


def _default(variables: dict[str, ServerVariable], name: str) -> str:
    return variables[name].default if name in variables else f"{{{name}}}"

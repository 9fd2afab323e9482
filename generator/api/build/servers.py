"""Servers of a description, their variables replaced by the defaults."""

from __future__ import annotations

import re

from generator.api.build.node import Node
from generator.api.model import Server

_VARIABLE = re.compile(r"\{([^{}]*)\}")


def servers(node: Node) -> tuple[Server, ...]:
    """The servers declared on a document, path item or operation."""
    return tuple(_server(each) for each in node.raw("servers").items() if each.text("url"))


def _server(node: Node) -> Server:
    variables = node.raw("variables")
    url = _VARIABLE.sub(
        lambda match: variables.get(match[1]).text("default", match[0]), node.text("url")
    )
    return Server(where=node.where, url=url, description=node.text("description"))

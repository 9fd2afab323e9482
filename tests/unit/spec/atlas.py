"""The committed description as plain data, for the tests beside: lookups, and schemas to hold to.

In: `spec/atlas-v2.yaml`. Out: its document, its operations with what their references lead to, and
validators that judge patterns as ECMA-262 does and assert formats.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, cast

import jsonschema_rs
import yaml

Node = dict[str, Any]
Direction = Literal["request", "response"]

FILE = Path(__file__).parents[3] / "spec" / "atlas-v2.yaml"
DOCUMENT: Node = yaml.safe_load(FILE.read_text("utf-8"))
VERSIONED = "application/vnd.atlas.2023-01-01+json"
HIDDEN = {"request": "readOnly", "response": "writeOnly"}


def at(reference: str) -> Any:
    """What a local reference or JSON pointer leads to; a KeyError where it leads nowhere."""
    found: Any = DOCUMENT
    for token in reference.removeprefix("#").split("/")[1:]:
        key = token.replace("~1", "/").replace("~0", "~")
        found = found[int(key) if isinstance(found, list) else key]
    return found


def resolved(node: Node) -> Node:
    """The node, or what its reference leads to with the node's own members over it."""
    if "$ref" not in node:
        return node
    own = {key: value for key, value in node.items() if key != "$ref"}
    return {**resolved(at(node["$ref"])), **own}


def operations() -> dict[str, Node]:
    """Every operation by its id, with its method, its path and all its parameters resolved."""
    found: dict[str, Node] = {}
    for path, item in DOCUMENT["paths"].items():
        for method, operation in item.items():
            if method != "parameters":
                shared = [*item.get("parameters", []), *operation.get("parameters", [])]
                parameters = [resolved(each) for each in shared]
                own = {"method": method.upper(), "path": path, "parameters": parameters}
                found[operation["operationId"]] = {**operation, **own}
    return found


def walk(node: Any, place: str = "#") -> Iterator[tuple[str, Node]]:
    """Every mapping of the document with its pointer."""
    if isinstance(node, dict):
        mapping = cast("Node", node)
        yield place, mapping
        for key, member in mapping.items():
            yield from walk(member, f"{place}/{key.replace('~', '~0').replace('/', '~1')}")
    elif isinstance(node, list):
        for index, member in enumerate(cast("list[object]", node)):
            yield from walk(member, f"{place}/{index}")


def properties(reference: str) -> Node:
    """The properties of the schema that a reference leads to."""
    return cast("Node", at(reference)["properties"])


def validator(schema: Node, direction: Direction) -> jsonschema_rs.Validator:
    """A validator of what travels in one direction, without what is hidden there."""
    components = copy.deepcopy(DOCUMENT["components"]["schemas"])
    for each in components.values():
        _hide(each, HIDDEN[direction], forbid=direction == "request")
    root = {"allOf": [schema], "components": {"schemas": components}}
    return jsonschema_rs.Draft202012Validator(root, validate_formats=True)


def _hide(schema: Node, attribute: str, *, forbid: bool) -> None:
    members = cast("Node", schema.get("properties", {}))
    absent = {name for name, member in members.items() if resolved(member).get(attribute)}
    schema["required"] = [name for name in schema.get("required", []) if name not in absent]
    if forbid:
        members.update(dict.fromkeys(absent, False))

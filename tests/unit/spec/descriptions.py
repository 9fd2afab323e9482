"""The committed descriptions as plain data, for the tests beside: lookups, and schemas to hold to.

In: the files in `spec`. Out: for each its document, its operations with what their references lead
to, and validators that judge patterns as ECMA-262 does and assert formats.
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

SPEC = Path(__file__).parents[3] / "spec"
METHODS = ("get", "post", "put", "patch", "delete")
HIDDEN = {"request": "readOnly", "response": "writeOnly"}


class Described:
    """One description: its file, its document, and its operations by id."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.file = SPEC / f"{name}.yaml"
        self.document: Node = yaml.safe_load(self.file.read_text("utf-8"))
        self.schemas: Node = self.document["components"]["schemas"]
        self.resources: Node = self.document["x-lockstep-resources"]
        self.errors: Node = self.document["x-lockstep-errors"]
        self.operations = dict(self._operations())

    def __repr__(self) -> str:
        return self.name

    def at(self, reference: str) -> Any:
        """What a local reference or JSON pointer leads to; a KeyError where it leads nowhere."""
        found: Any = self.document
        for token in reference.removeprefix("#").split("/")[1:]:
            key = token.replace("~1", "/").replace("~0", "~")
            found = found[int(key) if isinstance(found, list) else key]
        return found

    def resolved(self, node: Node) -> Node:
        """The node, or what its reference leads to with the node's own members over it."""
        if "$ref" not in node:
            return node
        own = {key: value for key, value in node.items() if key != "$ref"}
        return {**self.resolved(self.at(node["$ref"])), **own}

    def properties(self, reference: str) -> Node:
        """The properties of the schema that a reference leads to."""
        return cast("Node", self.at(reference)["properties"])

    def stored(self, resource: str) -> Node:
        """The properties of a resource as it is kept."""
        return self.properties(self.resources[resource]["schema"])

    def success(self, operation: Node) -> Node:
        """The first answer of an operation, resolved."""
        return self.resolved(next(iter(operation["responses"].values())))

    def having(self, extension: str) -> dict[str, Node]:
        """The operations that carry an extension."""
        return {name: each for name, each in self.operations.items() if extension in each}

    def seeds(self) -> Iterator[tuple[str, Node]]:
        """Every seed of every resource, with the resource's name."""
        for name, resource in self.resources.items():
            for seed in resource.get("seed", []):
                yield from _sown(name, seed)

    def validator(self, schema: Node, direction: Direction) -> jsonschema_rs.Validator:
        """A validator of what travels in one direction, without what is hidden there."""
        components = copy.deepcopy(self.schemas)
        for each in components.values():
            self._hide(each, HIDDEN[direction], forbid=direction == "request")
        root = {"allOf": [schema], "components": {"schemas": components}}
        return jsonschema_rs.Draft202012Validator(root, validate_formats=True)

    def _operations(self) -> Iterator[tuple[str, Node]]:
        for path, item in self.document["paths"].items():
            for method in METHODS:
                if method in item:
                    operation = item[method]
                    shared = [*item.get("parameters", []), *operation.get("parameters", [])]
                    parameters = [self.resolved(each) for each in shared]
                    own = {"method": method.upper(), "path": path, "parameters": parameters}
                    yield operation["operationId"], {**operation, **own}

    def _hide(self, schema: Node, attribute: str, *, forbid: bool) -> None:
        members = cast("Node", schema.get("properties", {}))
        absent = {name for name, member in members.items() if self.resolved(member).get(attribute)}
        schema["required"] = [name for name in schema.get("required", []) if name not in absent]
        if forbid:
            members.update(dict.fromkeys(absent, False))


def walk(node: Any, place: str = "#") -> Iterator[tuple[str, Node]]:
    """Every mapping of a document with its pointer."""
    if isinstance(node, dict):
        mapping = cast("Node", node)
        yield place, mapping
        for key, member in mapping.items():
            yield from walk(member, f"{place}/{key.replace('~', '~0').replace('/', '~1')}")
    elif isinstance(node, list):
        for index, member in enumerate(cast("list[object]", node)):
            yield from walk(member, f"{place}/{index}")


def path_names(operation: Node) -> list[str]:
    """The names of the path parameters of an operation, in their order; it may refine its path's."""
    return [*dict.fromkeys(e["name"] for e in operation["parameters"] if e["in"] == "path")]


def _sown(resource: str, seed: Node) -> Iterator[tuple[str, Node]]:
    yield resource, seed["fields"]
    for child, seeds in seed.get("children", {}).items():
        for each in seeds:
            yield from _sown(child, each)


ATLAS_V1 = Described("atlas-v1")
ATLAS_V2 = Described("atlas-v2")
CONCORD = Described("concord")
ALL = (ATLAS_V1, ATLAS_V2, CONCORD)
OPERATIONS = [(each, name) for each in ALL for name in each.operations]
"""Every description with the id of each of its operations."""

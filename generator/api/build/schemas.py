"""Schemas of a description, normalised to 2020-12, each built once under its canonical place.

In: nodes at schema positions. Out: the places of their schemas, and in the end the table of all
that was reached. A `$ref` alone is an edge to its target; with siblings (allowed since 3.1, and
their annotations kept before) it becomes an allOf of the target beside them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from generator.api.build.extensions import Extensions
from generator.api.build.node import Node
from generator.api.schema import Child, Discriminator, Schema
from generator.diagnostics import Diagnostics, Where

_SINGLE = frozenset(
    "items additionalProperties not if then else contains propertyNames"
    " unevaluatedItems unevaluatedProperties contentSchema".split()
)
_LISTS = frozenset(("allOf", "anyOf", "oneOf", "prefixItems"))
_MAPPINGS = frozenset(("properties", "patternProperties", "dependentSchemas"))
_HANDLED = frozenset(
    "$ref $defs definitions $id $schema $anchor $comment type nullable discriminator xml example"
    " externalDocs".split()
)
_KEPT_EXTENSIONS = frozenset(
    ("x-sunset", "x-stability-level", "x-extensible-enum", "x-ms-discriminator-value")
)
_ANNOTATIONS = frozenset(("description", "title", "readOnly", "writeOnly", "deprecated"))


class SchemaTable:
    """Builds schemas on demand; `table()` is everything that was reached."""

    def __init__(self, extensions: Extensions, diagnostics: Diagnostics, openapi: str) -> None:
        self._extensions = extensions
        self._diagnostics = diagnostics
        self.openapi = openapi
        self._siblings_count = not openapi.startswith(("2.", "3.0"))
        self._built: dict[Where, Schema] = {}
        self._waiting: list[Node] = []
        self._seen: set[Where] = set()

    def place(self, node: Node) -> Where | None:
        """The canonical place of the schema at this position; None where there is none."""
        if not isinstance(node.value, dict | bool):
            return None
        target = node if self._stands_alone(node) else node.deref()
        if target.where not in self._seen:
            self._seen.add(target.where)
            self._waiting.append(target)
        return target.where

    def add(self, schema: Schema) -> Where:
        """Add a schema that the description says in other words than those of a schema."""
        self._seen.add(schema.where)
        self._built[schema.where] = schema
        return schema.where

    def table(self) -> dict[Where, Schema]:
        """Every schema reached so far, with all that it leads to."""
        while self._waiting:
            node = self._waiting.pop()
            self._built[node.where] = self._build(node)
        return self._built

    def _stands_alone(self, node: Node) -> bool:
        """Whether the schema here is its own, not only an edge to another."""
        if not isinstance(node.mapping.get("$ref"), str):
            return True
        return any(self._counts_beside_reference(key) for key in node.mapping if key != "$ref")

    def _counts_beside_reference(self, key: str) -> bool:
        if key.startswith("x-"):
            return key.startswith("x-lockstep-")
        return self._siblings_count or key in _ANNOTATIONS

    def _build(self, node: Node) -> Schema:
        if isinstance(node.value, bool):
            return Schema(where=node.where, never=not node.value)
        beside = "$ref" in node.mapping
        keywords, children = self._split(node, beside)
        declared = self._extensions.on_schema(node)
        return Schema(
            where=node.where,
            name=_component_name(node.where),
            types=_types(node),
            keywords=_modern(keywords, node),
            children=children,
            discriminator=self._discriminator(node),
            opaque=declared.opaque,
            enveloped=declared.enveloped,
        )

    def _split(self, node: Node, beside: bool) -> tuple[dict[str, object], dict[str, Child]]:
        keywords: dict[str, object] = {}
        children: dict[str, Child] = {}
        for key, member in node.raw_members():
            if key in _HANDLED or (key.startswith("x-") and key not in _KEPT_EXTENSIONS):
                continue
            if beside and not self._counts_beside_reference(key):
                continue
            child = self._child(key, member)
            if child is None:
                keywords[key] = member.value
            else:
                children[key] = child
        if beside:
            target = node.deref()
            place = self.place(target)
            if place is not None:
                children["allOf"] = (place, *cast("tuple[Where, ...]", children.get("allOf", ())))
        return keywords, children

    def _child(self, key: str, node: Node) -> Child | None:
        """The places below a keyword that holds schemas; None for a plain keyword."""
        if key in _SINGLE:
            return self.place(node)
        if key in _LISTS and isinstance(node.value, list):
            places = (self.place(item) for item in node.raw_items())
            return tuple(place for place in places if place is not None)
        if key in _MAPPINGS and isinstance(node.value, dict):
            named = ((name, self.place(member)) for name, member in node.raw_members())
            return {name: place for name, place in named if place is not None}
        return None

    def _discriminator(self, node: Node) -> Discriminator | None:
        found = node.raw("discriminator")
        # https://spec.openapis.org/oas/v2.0.html#schema-object: there it is the name alone.
        name = found.value if isinstance(found.value, str) else found.text("propertyName")
        if not name:
            return None
        return Discriminator(property=name, mapping=self._mapping(found.raw("mapping")))

    def _mapping(self, node: Node) -> Mapping[str, Where]:
        """Discriminator values to schemas; a value is a reference or a component's bare name."""
        mapping: dict[str, Where] = {}
        for value, member in node.raw_members():
            reference = str(member.value)
            if "/" not in reference and "#" not in reference:
                reference = f"#/components/schemas/{reference}"
            target = node.resolved.find(node.where, reference)
            place = self.place(target_node(node, target)) if target else None
            if place is None:
                message = f"discriminator value {value!r} points at nothing: {reference}"
                self._diagnostics.report("invalid-openapi", message, member.where)
            else:
                mapping[value] = place
        return mapping


def target_node(node: Node, where: Where) -> Node:
    """The node at another place of the same description."""
    return Node(node.resolved, where, node.resolved.value(where))


def _component_name(where: Where) -> str:
    tokens = where.tokens()
    if tokens[:2] == ("components", "schemas") and len(tokens) == 3:
        return tokens[2]
    if tokens[:1] in (("definitions",), ("$defs",)) and len(tokens) == 2:
        return tokens[1]
    return ""


def _types(node: Node) -> frozenset[str]:
    declared = node.mapping.get("type")
    types = {declared} if isinstance(declared, str) else set(node.texts("type"))
    if types and (node.flag("nullable") or node.flag("x-nullable")):
        types.add("null")
    return frozenset("string" if each == "file" else each for each in types)


def _modern(keywords: dict[str, object], node: Node) -> dict[str, object]:
    """Keywords of the 2020-12 dialect for those of OpenAPI 3.0 and before."""
    for bound, exclusive in (("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")):
        flag = keywords.get(exclusive)
        if isinstance(flag, bool):
            del keywords[exclusive]
            if flag and bound in keywords:
                keywords[exclusive] = keywords.pop(bound)
    if node.mapping.get("type") == "file":
        keywords["format"] = "binary"
    if "example" in node.mapping and "examples" not in keywords:
        keywords["examples"] = [node.mapping["example"]]
    enum = keywords.get("enum")
    if isinstance(enum, list) and node.flag("nullable") and None not in enum:
        # https://spec.openapis.org/oas/v3.0.3#schema-nullable: nullable adds null to the type only,
        # yet documents that write both mean that null is allowed.
        keywords["enum"] = [*cast("list[object]", enum), None]
    return keywords

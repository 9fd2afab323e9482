"""A revision of a description, made by rule: some operations go and come, some schemas narrow."""

from __future__ import annotations

import random
from typing import Any

METHODS = ("get", "put", "post", "delete", "patch")


def revised(document: Any, seed: int = 0, share: float = 0.05) -> Any:
    """The description with about this share of operations and schemas changed, in place."""
    chance = random.Random(seed)
    for path in list(document["paths"]):
        for method in [name for name in document["paths"][path] if name in METHODS]:
            if chance.random() < share:
                _edit_operation(document["paths"][path], method, chance)
    schemas = document.get("components", {}).get("schemas", {})
    for name in list(schemas):
        if chance.random() < share:
            _edit_schema(schemas[name], chance)
    return document


def _edit_operation(path: Any, method: str, chance: random.Random) -> None:
    edit = chance.choice(("remove", "parameter", "move"))
    if edit == "remove":
        del path[method]
    elif edit == "parameter":
        added = {"name": "fresh", "in": "query", "required": True, "schema": {"type": "string"}}
        path[method].setdefault("parameters", []).append(added)
    else:
        path["head" if "head" not in path else "options"] = path.pop(method)


def _edit_schema(schema: Any, chance: random.Random) -> None:
    properties = schema.get("properties")
    if not isinstance(properties, dict) or not properties:
        return
    name = chance.choice(sorted(properties))
    if chance.random() < 0.5:
        properties[name] = {"type": "integer", "maximum": 3}
    else:
        del properties[name]
        schema["required"] = [each for each in schema.get("required", []) if each != name]

"""The description as plain OpenAPI: after overlays, without security or extensions if asked."""

from __future__ import annotations

from typing import cast

from generator.api.build.node import is_mapping, is_sequence
from generator.api.grammar import PREFIX
from generator.document import Document
from generator.document.methods import METHODS

_DATA = frozenset(("example", "examples", "default", "enum", "const", "value"))


def openapi(
    document: Document, *, without_security: bool = False, without_extensions: bool = False
) -> dict[str, object]:
    """The root document's data; the document itself is left as it is."""
    root = cast("dict[str, object]", document.root)
    if without_extensions:
        root = cast("dict[str, object]", _plain(root))
    return _open(root) if without_security else root


def _plain(value: object) -> object:
    """The value without our extensions; examples and other data are left alone."""
    if is_mapping(value):
        return {
            key: each if key in _DATA else _plain(each)
            for key, each in value.items()
            if not key.startswith(PREFIX)
        }
    if is_sequence(value):
        return [_plain(each) for each in value]
    return value


def _open(root: dict[str, object]) -> dict[str, object]:
    """An open API: no requirement anywhere, no scheme."""
    made = {key: value for key, value in root.items() if key != "security"}
    if "components" in root:
        made["components"] = _without(root["components"], "securitySchemes")
    paths = root.get("paths")
    if is_mapping(paths):
        made["paths"] = {path: _open_item(item) for path, item in paths.items()}
    return made


def _open_item(item: object) -> object:
    if not is_mapping(item):
        return item
    made = {k: _without(each, "security") if k in METHODS else each for k, each in item.items()}
    more = item.get("additionalOperations")
    if is_mapping(more):
        made["additionalOperations"] = {k: _without(each, "security") for k, each in more.items()}
    return made


def _without(value: object, key: str) -> object:
    if not is_mapping(value):
        return value
    return {name: each for name, each in value.items() if name != key}

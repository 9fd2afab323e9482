"""Whether a document declares an OpenAPI version that is supported."""

from __future__ import annotations

import re

from generator.diagnostics import Diagnostics, Where
from generator.document.document import Document

_SUPPORTED = ("2.0", "3.0", "3.1", "3.2")
_VERSION = re.compile(r"(\d+\.\d+)(?:\.\d+)?(?:-.+)?")


def declared_version(document: Document) -> str | None:
    """The major and minor version of OpenAPI that the document declares, where supported."""
    root = document.root
    if not isinstance(root, dict):
        return None
    if "openapi" not in root:
        return "2.0" if root.get("swagger") in ("2.0", 2.0) else None
    version = root["openapi"]
    match = _VERSION.fullmatch(version) if isinstance(version, str) else None
    return match[1] if match is not None and match[1] in _SUPPORTED[1:] else None


def check_version(document: Document, diagnostics: Diagnostics) -> bool:
    """Report a document that is no description of a supported version; whether it is one."""
    root, where = document.root, Where(document.name)
    if not isinstance(root, dict):
        diagnostics.report("not-a-mapping", "the top level must be a mapping", where)
        return False
    if declared_version(document) is not None:
        return True
    key = next((key for key in ("openapi", "swagger") if key in root), None)
    supported = ", ".join(_SUPPORTED)
    if key is None:
        message = f"the document has no `openapi` key; OpenAPI {supported} are supported"
        diagnostics.report("version-unsupported", message, where)
    else:
        message = f"{key} {_shown(root[key])} is not supported; OpenAPI {supported} are"
        diagnostics.report("version-unsupported", message, where.at(key))
    return False


def _shown(value: object) -> str:
    text = str(value)
    return text if len(text) <= 20 else text[:17] + "..."

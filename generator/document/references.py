"""Which values of a description are references, and where a reference string leads.

In comes a document's data, out come the mappings whose `$ref` OpenAPI follows. A `$ref` inside an
example, a default, an enum, a const or an extension is data, and a property may have that name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urljoin, urlsplit

from msgspec import Struct

from generator.diagnostics.where import escape
from generator.document.document import Json

_DATA = frozenset({"example", "default", "enum", "const", "value", "dataValue", "serializedValue"})
_MAPS = frozenset(
    {
        "$defs",
        "callbacks",
        "content",
        "definitions",
        "dependentSchemas",
        "encoding",
        "headers",
        "links",
        "mapping",
        "mediaTypes",
        "pathItems",
        "patternProperties",
        "properties",
        "requestBodies",
        "responses",
        "schemas",
        "scopes",
        "securitySchemes",
        "variables",
        "webhooks",
    }
)
# These names mean a map in one place and something else in another; the value's kind tells which.
_MAPS_WHERE_MAPPING = frozenset({"examples", "parameters"})
_EXTENSIBLE_MAPS = frozenset({"paths", "responses", "callbacks"})
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]+:")
_DYNAMIC = ("type-widened", "what it means depends on who refers here: read as plain JSON")
NAMING = {
    "$id": ("base-ignored", "references below count from the file, not from this $id"),
    "$dynamicRef": _DYNAMIC,
    "$recursiveRef": _DYNAMIC,
}
"""Keywords of JSON Schema that change or replace what a reference means, and what is said."""

_Path = tuple["_Path", str | int] | None


class Holder(Struct, frozen=True):
    """A mapping that holds `$ref` or another naming keyword, and the pointer of that mapping."""

    pointer: str
    value: dict[str, Json]


class Reference(Struct, frozen=True):
    """A reference string taken apart: what it names (empty: this document), and where in it."""

    file: str
    fragment: str

    @classmethod
    def parse(cls, text: str) -> Reference:
        """Take a `$ref` apart (RFC 3986); the fragment is decoded."""
        file, _, fragment = text.partition("#")
        return cls(file, unquote(fragment))

    def is_remote(self, name: str) -> bool:
        """Whether it leads from the document of that name to, or on, another host.

        A drive letter is no scheme.
        """
        leaves = self.file.startswith("//") or _SCHEME.match(self.file) is not None
        return leaves or (bool(self.file) and is_readable_url(name))

    def beside(self, name: str) -> str:
        """The name of the document meant, seen from the document of that name."""
        if not self.file:
            return name
        if self.is_remote(name):
            return urljoin(name if is_readable_url(name) else "", self.file)
        return normpath(join(dirname(name), unquote(self.file)))


def is_readable_url(name: str) -> bool:
    """Whether a document may be asked for at this address: by HTTP, and without credentials."""
    try:
        url = urlsplit(name)
    except ValueError:
        return False
    return url.scheme in ("http", "https") and bool(url.hostname) and "@" not in url.netloc


def holders(root: Json, pointer: str = "", seen: set[int] | None = None) -> Iterator[Holder]:
    """Every mapping at or below `root` that holds a reference; `seen` is what to pass over."""
    visited = set[int]() if seen is None else seen
    pending: list[tuple[Json, _Path, bool]] = [(root, None, False)]
    while pending:
        value, path, is_map = pending.pop()
        if not isinstance(value, (dict, list)) or id(value) in visited:
            continue
        visited.add(id(value))
        if isinstance(value, list):
            pending.extend((item, (path, index), False) for index, item in enumerate(value))
        elif is_map:
            pending.extend((member, (path, key), False) for key, member in value.items())
        else:
            if "$ref" in value or any(name in value for name in NAMING):
                yield Holder(pointer + _spelled(path), value)
            pending.extend(_members(value, path))


def anchors(root: Json) -> dict[str, str]:
    """The pointer of every schema that declares an `$anchor`."""
    found: dict[str, str] = {}
    pending: list[tuple[Json, _Path]] = [(root, None)]
    seen = set[int]()
    while pending:
        value, path = pending.pop()
        if not isinstance(value, (dict, list)) or id(value) in seen:
            continue
        seen.add(id(value))
        if isinstance(value, list):
            pending.extend((item, (path, index)) for index, item in enumerate(value))
            continue
        anchor = value.get("$anchor")
        if isinstance(anchor, str):
            found.setdefault(anchor, _spelled(path))
        pending.extend((member, (path, key)) for key, member in value.items())
    return found


def _members(value: dict[str, Json], path: _Path) -> Iterator[tuple[Json, _Path, bool]]:
    for key, member in value.items():
        if key in _DATA or key.startswith("x-"):
            continue
        if isinstance(member, list) and key != "examples":
            yield member, (path, key), False
        elif isinstance(member, dict):
            if key in _EXTENSIBLE_MAPS:
                yield from _extensible(member, (path, key))
            else:
                yield member, (path, key), key in _MAPS or key in _MAPS_WHERE_MAPPING


def _extensible(value: dict[str, Json], path: _Path) -> Iterator[tuple[Json, _Path, bool]]:
    for key, member in value.items():
        if not key.startswith("x-"):
            yield member, (path, key), False


def _spelled(path: _Path) -> str:
    tokens: list[str] = []
    while path is not None:
        path, token = path
        tokens.append(escape(token))
    return "".join(f"/{token}" for token in reversed(tokens))

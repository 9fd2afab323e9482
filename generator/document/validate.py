"""A description held against the OpenAPI specification by openapi-spec-validator.

In comes a resolved description, out go its faults as diagnostics, all of them and each at its
place. No file is read and no URL: the validator is served the documents that were read.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from posixpath import join, normpath
from typing import Any, cast
from urllib.parse import quote, unquote_to_bytes, urlsplit

from jsonschema_path import SchemaPath

from generator.diagnostics import Diagnostics, Where
from generator.document.checks import Fault, validator_class
from generator.document.document import Json
from generator.document.references import is_readable_url
from generator.document.resolve import Resolved
from generator.document.rules import broken
from generator.document.version import declared_version

_RESOLVED_PATHS = 100_000


def validate(resolved: Resolved, diagnostics: Diagnostics) -> None:
    """Report everything in which the description breaks the OpenAPI specification."""
    version = declared_version(resolved.root)
    if version is None:
        return
    before = len(diagnostics)
    try:
        _validate(resolved, version, diagnostics)
    except Exception as error:
        # The validator trips over what the outline's check has just refused: then all is said. It
        # raises whatever comes, so nothing narrower than Exception can be caught.
        if len(diagnostics) == before:
            message = f"the document cannot be validated ({type(error).__name__})"
            diagnostics.report("invalid-openapi", message, Where(resolved.root.name))
    for where, message in broken(resolved, version):
        diagnostics.report("invalid-openapi", message, where)


def _validate(resolved: Resolved, version: str, diagnostics: Diagnostics) -> None:
    files = _Files(resolved)
    uri = files.uri(resolved.root.name)
    path = SchemaPath.from_dict(
        cast(Any, resolved.root.root),
        base_uri=uri,
        handlers=files,
        resolved_cache_maxsize=_RESOLVED_PATHS,
    )
    outlined: set[Where] = set()
    for error in validator_class(version)(path, uri).iter_errors():
        fault = Fault.of(error)
        where = _place(resolved, fault)
        if fault.literal:
            outlined.add(where)
        elif where in outlined:
            # The outline of OpenAPI 3.0 holds schemas too; their own check says the same again.
            continue
        diagnostics.report(fault.code, fault.message, where)


def _place(resolved: Resolved, fault: Fault) -> Where:
    where = Where(resolved.root.name)
    for part in fault.parts:
        if not fault.literal:
            with suppress(LookupError):
                where = resolved.deref(where)
        where = where.at(part)
    return where


class _Files(dict[str, Callable[[str], Json]]):
    """Answers for every URI scheme, with the documents that were read and nothing else."""

    def __init__(self, resolved: Resolved) -> None:
        super().__init__()
        names = list(resolved.documents)
        # Names may climb out of the folder that they count from, but not out of this many.
        climbs = max(normpath(name).split("/").count("..") for name in names)
        self._folder = "/" + "_/" * climbs
        self._roots = {self.uri(name): each.root for name, each in resolved.documents.items()}

    def __contains__(self, scheme: object) -> bool:
        return True

    def __missing__(self, scheme: str) -> Callable[[str], Json]:
        return self._root

    def uri(self, name: str) -> str:
        """The URI that stands for a document: its own where it stands on another host."""
        if is_readable_url(name):
            return name
        return "file://" + quote(_octets(normpath(join(self._folder, name))))

    def _root(self, uri: str) -> Json:
        if uri in self._roots:
            return self._roots[uri]
        return self._roots["file://" + quote(unquote_to_bytes(urlsplit(uri).path))]


def _octets(name: str) -> bytes:
    """The bytes of a file's name, which may be no UTF-8."""
    return name.encode("utf-8", "surrogateescape")

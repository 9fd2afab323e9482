"""References resolved: every `$ref` by the canonical place that it leads to; a cycle is an edge.

In come a path and a callable that reads files, out goes a `Resolved`: the description and every
local file that it refers to. Reported, all at once and each at its `$ref`: what points to nowhere,
to another host, or in a circle. A URL is read only by a reader for remote documents that the caller
hands in, and nothing is copied.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from posixpath import normpath
from types import MappingProxyType

import generator.document.references as references
from generator.diagnostics import Diagnostics, Span, Where
from generator.document.document import Document, Json, follow
from generator.document.overlay import apply
from generator.document.reading import read
from generator.document.references import (
    Holder,
    Reference,
    holders,
    is_readable_url,
)
from generator.document.version import check_version

Reader = Callable[[str], bytes]
"""Reads the file of this name, or for remote documents what stands at this URL.

Raises OSError where it cannot, `Changed` where a remote document is not what it was."""


class Changed(ValueError):
    """A remote document is not what was recorded of it; the message says what to do."""


class Resolved:
    """A description with the files that it refers to."""

    def __init__(self, root: Document, documents: Mapping[str, Document]) -> None:
        self.root = root
        self._documents = documents
        self._anchors: dict[str, Mapping[str, str]] = {}
        self._steps: dict[tuple[str, str], Where] = {}
        self._ends: dict[Where, Where] = {}

    @property
    def documents(self) -> Mapping[str, Document]:
        """Every document by name, the root first."""
        return self._documents

    def value(self, where: Where) -> Json:
        """The value at a place; KeyError where there is none."""
        return follow(self._documents[where.document].root, where.tokens())

    def target(self, holder: Where) -> Where:
        """The place in which the chain of references that begins at this holder ends.

        LookupError where the reference was reported as faulty.
        """
        passed: dict[Where, None] = {}
        where = holder
        while where not in self._ends:
            if where in passed:
                raise LookupError(f"reference loop at {where}")
            passed[where] = None
            following = self.step(where)
            if self._reference(following) is None:
                self._ends[where] = following
            else:
                where = following
        end = self._ends[where]
        self._ends.update(dict.fromkeys(passed, end))
        return end

    def deref(self, where: Where) -> Where:
        """The place itself, or where its reference leads if a mapping with `$ref` stands there."""
        return where if self._reference(where) is None else self.target(where)

    def find(self, base: Where, reference: str) -> Where | None:
        """Where a reference string written at `base` leads in the end; None where nowhere."""
        try:
            return self.deref(self._locate(Reference.parse(reference), base.document))
        except LookupError:
            return None

    def _reference(self, where: Where) -> str | None:
        value = self.value(where)
        reference = value.get("$ref") if isinstance(value, dict) else None
        return reference if isinstance(reference, str) else None

    def step(self, holder: Where) -> Where:
        """The place that the reference at this holder names, which may hold another one."""
        text = self._reference(holder)
        if text is None:
            raise LookupError(f"no reference at {holder}")
        key = (holder.document, text)
        if (known := self._steps.get(key)) is None:
            known = self._steps[key] = self._locate(Reference.parse(text), holder.document)
        return known

    def _locate(self, reference: Reference, base: str) -> Where:
        """The place that a reference names; LookupError where nothing is there."""
        name = reference.beside(base)
        document = self._documents.get(name) or self._documents.get(normpath(name))
        if document is None and normpath(self.root.name) == normpath(name):
            document = self.root
        if document is None:
            raise LookupError(name)
        fragment = reference.fragment
        if fragment and not fragment.startswith("/"):
            fragment = self._anchor(document, fragment)
        where = Where(document.name, fragment)
        follow(document.root, where.tokens())
        return where

    def _anchor(self, document: Document, anchor: str) -> str:
        if document.name not in self._anchors:
            self._anchors[document.name] = references.anchors(document.root)
        return self._anchors[document.name][anchor]


def load(
    path: str,
    diagnostics: Diagnostics,
    *,
    reader: Reader,
    overlays: Sequence[str] = (),
    remote: Reader | None = None,
) -> Resolved | None:
    """Read a description, apply overlays to it and resolve its references.

    None where nothing usable is there; faulty references are fatal diagnostics on what is returned.
    Without a reader for remote documents a reference to one is a fault.
    """
    root = _read(path, "file-unreadable", Span(path), diagnostics, reader)
    changes = [_read(name, "file-unreadable", Span(name), diagnostics, reader) for name in overlays]
    if root is None or not check_version(root, diagnostics):
        return None
    if overlays:
        root = apply(root, [each for each in changes if each is not None], diagnostics)
    return resolve(root, diagnostics, reader=reader, remote=remote)


def resolve(
    root: Document, diagnostics: Diagnostics, *, reader: Reader, remote: Reader | None = None
) -> Resolved:
    """Resolve every reference of a document, reading the documents that they name."""
    return _Resolver(root, diagnostics, reader, remote).run()


class _Resolver:
    """Follows references from the root outwards until no new place is reached."""

    def __init__(
        self, root: Document, diagnostics: Diagnostics, reader: Reader, remote: Reader | None
    ) -> None:
        self._documents = {root.name: root}
        self._resolved = Resolved(root, MappingProxyType(self._documents))
        self._diagnostics = diagnostics
        self._reader = reader
        self._remote = remote
        self._steps: dict[Where, Where] = {}
        self._followed: set[tuple[str, str]] = set()
        self._unread: set[str] = set()
        self._seen: set[int] = set()
        self._pending: list[Where] = [Where(root.name)]

    def run(self) -> Resolved:
        """Resolve everything that can be reached."""
        while self._pending:
            start = self._pending.pop()
            value = self._resolved.value(start)
            for holder in holders(value, start.pointer, self._seen):
                self._check(holder, Where(start.document, holder.pointer))
        self._report_loops()
        return self._resolved

    def _check(self, holder: Holder, where: Where) -> None:
        for name, (code, message) in references.NAMING.items():
            if isinstance(holder.value.get(name), str):
                self._diagnostics.report(code, message, where.at(name))
        text = holder.value.get("$ref", "#")
        if not isinstance(text, str):
            message = "a $ref must be a string"
            self._diagnostics.report("invalid-openapi", message, where.at("$ref"))
        elif "$ref" in holder.value:
            self._follow(text, where)

    def _follow(self, text: str, where: Where) -> None:
        if (where.document, text) in self._followed:
            self._steps[where] = self._resolved.step(where)
            return
        at = where.at("$ref")
        if self._has_document(Reference.parse(text), text, at):
            try:
                target = self._steps[where] = self._resolved.step(where)
            except LookupError:
                message = f"{_shown(text)} points at nothing"
                self._diagnostics.report("reference-nowhere", message, at)
            else:
                self._pending.append(target)
                self._followed.add((where.document, text))

    def _has_document(self, reference: Reference, text: str, at: Where) -> bool:
        """Whether the document meant is there, now or already; reported where it is not."""
        name = reference.beside(at.document)
        known = {*self._documents, normpath(self._resolved.root.name)}
        if name in known or normpath(name) in known:
            return True
        remote = reference.is_remote(at.document)
        reader = self._remote if remote else self._reader
        if reader is None or (remote and not is_readable_url(name)):
            message = f"{_shown(text)} is on another host; remote references are not read"
            self._diagnostics.report("reference-remote", message, at)
        elif name in self._unread:
            self._diagnostics.report("reference-nowhere", f"{_shown(name)} cannot be read", at)
        else:
            document = _read(name, "reference-nowhere", at, self._diagnostics, reader)
            if document is not None:
                self._documents[name] = document
                return True
            self._unread.add(name)
        return False

    def _report_loops(self) -> None:
        """Report each holder that a chain of references comes back to."""
        closed: set[Where] = set()
        for holder in self._steps:
            passed: dict[Where, None] = {}
            where: Where | None = holder
            while where is not None and where not in closed and where not in passed:
                passed[where] = None
                where = self._steps.get(where)
            if where in passed:
                for member in list(passed)[list(passed).index(where) :]:
                    message = "the chain of references leads back to itself"
                    self._diagnostics.report("reference-loop", message, member.at("$ref"))
            closed.update(passed)


def _read(
    name: str, code: str, where: Where | Span, diagnostics: Diagnostics, reader: Reader
) -> Document | None:
    try:
        text = reader(name)
    except Changed as changed:
        diagnostics.report("reference-changed", f"{_shown(name)} {changed}", where)
        return None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "not a file name"
        diagnostics.report(code, f"{_shown(name)} cannot be read: {reason.lower()}", where)
        return None
    return read(name, text, diagnostics)


def _shown(text: str) -> str:
    return repr(text if len(text) <= 120 else text[:117] + "...")

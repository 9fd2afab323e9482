"""From a loaded description to the files of its client."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.api import Wanted, part
from generator.compose.configuration import ApiEntry
from generator.compose.load import Loaded
from generator.compose.verdict import exit_code
from generator.document import Resolved
from generator.emit import Files, Style, manifest_at, render
from generator.plan import Package, plan

WAIVED = frozenset(
    ("invalid-openapi", "invalid-example", "duplicate-key", "operation-id-duplicate")
)
"""Faults of a description that do not touch what is generated from it; they are said anyway."""


@dataclass(frozen=True, slots=True)
class Generated:
    """A planned package and its files by path."""

    package: Package
    files: Files


def generate(
    loaded: Loaded,
    entry: ApiEntry,
    *,
    style: Style,
    allow: frozenset[str] = frozenset(),
    passed: Callable[[str], None] = lambda stage: None,
) -> Generated | None:
    """Plan and render; None where a diagnostic that is not waived forbids it.

    `style` is Black; who hands it in pays for importing it. `passed` is told when a stage ends.
    """
    if loaded.api is None or loaded.resolved is None:
        return None
    wanted = Wanted(entry.include_tags, entry.include_operations, entry.include_paths)
    for what in wanted.unmet(loaded.api):
        loaded.diagnostics.report("part-unmet", f"no operation has {what}", loaded.api.where)
    package = plan(
        part(loaded.api, wanted),
        part=str(wanted),
        package=entry.name,
        names=_names(entry),
        digest=_digest(loaded.resolved),
        http=entry.http,
        license=entry.license,
        diagnostics=loaded.diagnostics,
    )
    passed("plan")
    if exit_code(loaded.diagnostics, allow | WAIVED):
        return None
    files = render(package, loaded.diagnostics, style)
    passed("render")
    if exit_code(loaded.diagnostics, allow | WAIVED):
        return None
    return Generated(package, files)


def _names(entry: ApiEntry) -> Mapping[str, str]:
    """The committed table of names, so that what has a name keeps it."""
    manifest = manifest_at(Path(entry.out), entry.name) if entry.out else None
    return manifest.names if manifest else {}


def _digest(resolved: Resolved) -> str:
    """The SHA-256 of everything that the description is written in."""
    digest = hashlib.sha256()
    for document in resolved.documents.values():
        for text in (document.text, *(each.text for each in document.overlays)):
            digest.update(text)
    return digest.hexdigest()

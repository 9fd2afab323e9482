"""From a loaded description to the files of its client."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

from generator.api import Api, Wanted, at_version, later_operations, part
from generator.compose.configuration import ApiEntry
from generator.compose.load import Loaded
from generator.compose.verdict import exit_code
from generator.diagnostics import Diagnostics
from generator.document import Resolved
from generator.emit import Files, Manifest, Style, manifest_at, render
from generator.plan import Before, Package, plan

WAIVED = frozenset(
    "invalid-openapi invalid-example duplicate-key operation-id-duplicate schema-endless".split()
)
"""Faults of a description that do not touch what is generated from it; they are said anyway."""


class Generated(Struct, frozen=True):
    """A planned package and its files by path."""

    package: Package
    files: Files


def generate(
    loaded: Loaded,
    entry: ApiEntry,
    *,
    style: Style,
    allow: frozenset[str] = frozenset(),
    forget: bool = False,
    passed: Callable[[str], None] = lambda stage: None,
) -> Generated | None:
    """Plan and render; None where a diagnostic that is not waived forbids it.

    `style` is Black; who hands it in pays for importing it. `passed` is told when a stage ends.
    `forget` drops the names of before.
    """
    if loaded.api is None or loaded.resolved is None:
        return None
    # What has a name keeps it.
    manifest = manifest_at(Path(entry.out), entry.name) if entry.out else None
    wanted = Wanted(entry.include_tags, entry.include_operations, entry.include_paths)
    package = plan(
        _part(loaded.api, wanted, entry.api_version, loaded.diagnostics),
        part=str(wanted),
        api_version=entry.api_version,
        package=entry.name,
        names=manifest.names if manifest else {},
        before=_before(manifest) if manifest and not forget else None,
        digest=_digest(loaded.resolved),
        http=entry.http,
        library=entry.models,
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


def _part(api: Api, wanted: Wanted, version: str, diagnostics: Diagnostics) -> Api:
    """The operations that are wanted, as of a version; what is missing or came later is said."""
    for what in wanted.unmet(api):
        diagnostics.report("part-unmet", f"no operation has {what}", api.where)
    some = part(api, wanted)
    if not version:
        return some
    later = later_operations(some, version)
    if later:
        more = ", ..." if len(later) > 3 else ""
        named = ", ".join(each.label for each in later[:3]) + more
        message = f"{len(later)} operation(s) came after {version}: {named}"
        diagnostics.report("version-later", message, later[0].where)
    found = at_version(some, version)
    if some.operations and not found.operations:
        diagnostics.report("part-unmet", f"no operation is as old as {version}", api.where)
    return found


def _before(manifest: Manifest) -> Before:
    """What was called how when the manifest was written, names given up before it included."""
    operations = {each["operation"]: each["python"] for each in manifest.operations}
    former = {name: tuple(each) for name, each in manifest.former.items()}
    return Before(operations, former)


def _digest(resolved: Resolved) -> str:
    """The SHA-256 of everything that the description is written in, as git keeps its lines."""
    digest = hashlib.sha256()
    for document in resolved.documents.values():
        for text in (document.text, *(each.text for each in document.overlays)):
            digest.update(text.replace(b"\r\n", b"\n"))
    return digest.hexdigest()

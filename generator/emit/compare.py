"""Fresh files against a project on disk: what differs, and why.

In: what is on disk, the manifest that stands there, fresh files. Out: differences, each with its
causes. A file whose hash is not the one in its manifest was edited by hand; else the manifests tell
which of description, template, tool, runtime and options changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

from generator.emit.manifest import Manifest, sha256
from generator.emit.render import Files

Kind = Literal["missing", "changed", "stale", "extra"]
HAND_EDIT = "hand edit"
_OTHERWISE = ("tool",)
"""With everything else equal only the code of the generator can have changed."""


class Difference(Struct, frozen=True, order=True):
    """One file that is not as it would be written: why it differs, as far as manifests tell."""

    path: str
    kind: Kind
    causes: tuple[str, ...]

    @property
    def by_hand(self) -> bool:
        """Whether writing would overwrite what somebody did."""
        return HAND_EDIT in self.causes

    @property
    def cause(self) -> str:
        """How and why it differs, in a few words."""
        return f"{self.kind} ({', '.join(self.causes)})"

    def __str__(self) -> str:
        return f"{self.path}: {self.cause}"


def differences(
    files: Files, standing: Mapping[str, str], manifest: Manifest | None
) -> list[Difference]:
    """What differs; `standing` are the texts on disk by path, generated or not."""
    changed = changes(manifest, files.manifest)
    sealed = manifest.files if manifest else {}
    found: list[Difference] = []
    for path, text in files.texts.items():
        if path not in standing:
            found.append(Difference(path, "missing", _missing(path, sealed, changed)))
        elif standing[path] != text:
            causes = _causes(path, files, standing[path], manifest, changed)
            found.append(Difference(path, "changed", causes))
    for path, text in standing.items():
        if path in files.texts:
            continue
        if path not in sealed:
            found.append(Difference(path, "extra", (HAND_EDIT,)))
        else:
            edited = sha256(text) != sealed[path]
            causes = (HAND_EDIT,) if edited else changed or _OTHERWISE
            found.append(Difference(path, "stale", causes))
    return sorted(found)


def changes(before: Manifest | None, after: Manifest) -> tuple[str, ...]:
    """What a package is made from that is not what it was."""
    if before is None:
        return ("no manifest",)
    pairs = {
        "description": (before.description, after.description),
        "options": (before.options, after.options),
        "template": (before.templates, after.templates),
        "tool": (before.tool, after.tool),
        "runtime": (before.runtime, after.runtime),
    }
    return tuple(name for name, (old, new) in pairs.items() if old != new)


def _missing(path: str, sealed: Mapping[str, str], changed: tuple[str, ...]) -> tuple[str, ...]:
    """A file that was generated and is gone was removed by hand."""
    return (HAND_EDIT,) if path in sealed else changed or _OTHERWISE


def _causes(
    path: str,
    files: Files,
    standing: str,
    manifest: Manifest | None,
    changed: tuple[str, ...],
) -> tuple[str, ...]:
    if path == files.manifest_path:
        intact = manifest is not None and manifest.is_intact and manifest.text() == standing
        return (changed or _OTHERWISE) if intact else (HAND_EDIT,)
    if manifest is None or sha256(standing) != manifest.files.get(path):
        return (HAND_EDIT,)
    in_runtime = path.startswith(f"{files.package}/_runtime/")
    relevant = tuple(each for each in changed if (each == "runtime") is in_runtime)
    return relevant or changed or _OTHERWISE

"""The project on disk: read, compare, write what changed, remove what is no longer generated.

Each file is replaced in one step and the manifest last, so a run that is cut short is seen by the
next; a file that it had begun is no part of the project. Refused are paths that leave the project,
and, unless forced, everything when one file was edited by hand. `custom/` and what tools leave
behind are not looked at.
"""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterator, Set
from pathlib import Path, PurePosixPath

from msgspec import Struct

from generator.emit.compare import Difference, differences
from generator.emit.manifest import Manifest, read_manifest
from generator.emit.render import Files

_NOT_OURS = frozenset(
    "__pycache__ .mypy_cache .pytest_cache .ruff_cache .venv .git build dist node_modules".split()
)

_BEGUN = ".new"


class Written(Struct, frozen=True):
    """What was written and removed; where `refused` says something, nothing was."""

    written: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    refused: tuple[Difference, ...] = ()

    def __str__(self) -> str:
        if self.refused:
            names = ", ".join(each.path for each in self.refused)
            return f"nothing written: changed by hand: {names}"
        return f"{len(self.written)} files written, {len(self.removed)} removed"


def compare(directory: Path, files: Files) -> list[Difference]:
    """What would be written, and why; nothing where the project is as it would be generated."""
    found = standing(directory, files.package, set(files.texts))
    return differences(files, found, manifest_at(directory, files.package))


def write(directory: Path, files: Files, force: bool = False) -> Written:
    """Make the project what was generated."""
    found = compare(directory, files)
    refused = tuple(each for each in found if each.by_hand and _loses_work(each))
    if refused and not force:
        return Written(refused=refused)
    fresh = [each.path for each in found if each.kind in ("missing", "changed")]
    gone = [each.path for each in found if each.kind == "stale"]
    for path in sorted(fresh, key=lambda each: each == files.manifest_path):
        _replace(_inside(directory, path), files.texts[path])
    for path in gone:
        _inside(directory, path).unlink(missing_ok=True)
        _remove_empty(directory, path)
    return Written(tuple(fresh), tuple(gone))


def manifest_at(directory: Path, package: str) -> Manifest | None:
    """The manifest of a generated project, whose names are an input of the next plan."""
    path = directory / package / "manifest.json"
    return read_manifest(path.read_bytes()) if path.is_file() else None


def difference(directory: Path, files: Files, path: str) -> str:
    """A unified diff from the file on disk to the fresh one."""
    place = _inside(directory, path)
    standing = place.read_text(encoding="utf-8", errors="replace") if place.is_file() else ""
    lines = difflib.unified_diff(
        standing.splitlines(keepends=True),
        files.texts.get(path, "").splitlines(keepends=True),
        f"{path} (on disk)",
        f"{path} (generated)",
    )
    return "".join(lines)


def _loses_work(difference: Difference) -> bool:
    """Whether writing would undo it: files of somebody's own are left where they are."""
    return difference.kind in ("changed", "stale")


def standing(directory: Path, package: str, paths: Set[str]) -> dict[str, str]:
    """The texts on disk: of these paths, and of all else in the folders that are ours.

    Ends of lines are as we write them: a checkout that has others holds no edit for that.
    """
    manifest = manifest_at(directory, package)
    known = paths | set(manifest.files if manifest else ())
    known |= {path for root in (package, "docs") for path in _below(directory, root)}
    custom = f"{package}/custom/"
    texts: dict[str, str] = {}
    for path in sorted(known):
        place = _inside(directory, path)
        if place.is_file() and not path.startswith(custom):
            text = place.read_bytes().replace(b"\r\n", b"\n")
            texts[path] = text.decode("utf-8", "surrogateescape")
    return texts


def _below(directory: Path, root: str) -> Iterator[str]:
    for folder, names, found in os.walk(directory / root):
        names[:] = [name for name in names if name not in _NOT_OURS]
        for name in found:
            if not (name.endswith((".pyc", ".pyo")) or _is_begun(name)):
                yield (Path(folder) / name).relative_to(directory).as_posix()


def _is_begun(name: str) -> bool:
    """Whether a file is one that another run is writing, or was when it was killed."""
    return name.startswith(".") and name.endswith(_BEGUN)


def _inside(directory: Path, path: str) -> Path:
    """The place of a path, which must be below the directory, links followed."""
    parts = PurePosixPath(path)
    if parts.is_absolute() or ".." in parts.parts or "\\" in path or ":" in path:
        raise ValueError(f"{path!r} leaves the project")
    place = directory.joinpath(*parts.parts)
    if not place.parent.resolve().is_relative_to(directory.resolve()):
        raise ValueError(f"{path!r} leaves the project by a link")
    return place


def _replace(place: Path, text: str) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    fresh = place.with_name(f".{place.name}.{os.getpid()}{_BEGUN}")
    try:
        fresh.write_bytes(text.encode())
        fresh.replace(place)
    finally:
        fresh.unlink(missing_ok=True)


def _remove_empty(directory: Path, path: str) -> None:
    """Remove the folders that removing a file left empty."""
    for parent in PurePosixPath(path).parents:
        folder = directory / parent
        if parent == PurePosixPath(".") or not folder.is_dir() or any(folder.iterdir()):
            return
        folder.rmdir()

"""Whether a generated project is exactly as its own manifest seals it.

In: a directory and the name of a package. Out: yes or no; no file is rendered for that.
"""

from __future__ import annotations

from pathlib import Path

from generator.emit.manifest import sha256
from generator.emit.write import manifest_at, standing


def is_sealed(directory: Path, package: str) -> bool:
    """Whether the manifest is intact, every file as it says, none missing and none besides."""
    manifest = manifest_at(directory, package)
    if manifest is None or not manifest.is_intact:
        return False
    texts = standing(directory, package, set(manifest.files))
    del texts[f"{package}/manifest.json"]
    if texts.keys() != manifest.files.keys():
        return False
    return all(sha256(text) == manifest.files[path] for path, text in texts.items())

"""Floor 5: from a planned package to files, and from files to disk."""

from generator.emit.compare import Difference
from generator.emit.format import Style
from generator.emit.manifest import Manifest
from generator.emit.render import Files, render
from generator.emit.write import (
    Written,
    compare,
    difference,
    manifest_at,
    write,
)

__all__ = [
    "Difference",
    "Files",
    "Manifest",
    "Style",
    "Written",
    "compare",
    "difference",
    "manifest_at",
    "render",
    "write",
]

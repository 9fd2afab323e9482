"""Floor 1: from bytes to a description whose references are resolved.

In come names, bytes and a callable that reads files, out go plain data, the places of things in it
and diagnostics. Nothing here touches the disk, the network or the terminal, and no fault of a
document is an exception.
"""

from generator.document.document import Document, Json, follow
from generator.document.overlay import apply
from generator.document.reading import read
from generator.document.resolve import Changed, Reader, Resolved, load, resolve
from generator.document.spans import Spans
from generator.document.version import declared_version

__all__ = [
    "Changed",
    "Document",
    "Json",
    "Reader",
    "Resolved",
    "Spans",
    "apply",
    "declared_version",
    "follow",
    "load",
    "read",
    "resolve",
]

"""A folder in memory, for tests that load descriptions."""

from __future__ import annotations

from generator.diagnostics import Diagnostics
from generator.document import Resolved, Spans, load

HEAD = "openapi: 3.1.0\ninfo: {title: t, version: '1'}\n"


class Folder:
    """Files by name; every name that is read is noted."""

    def __init__(self, **files: str) -> None:
        self.files = {name.replace("_", "."): text for name, text in files.items()}
        self.asked: list[str] = []
        self.diagnostics = Diagnostics()

    def read(self, name: str) -> bytes:
        """The bytes of a file."""
        self.asked.append(name)
        if name not in self.files:
            raise FileNotFoundError(2, "No such file or directory", name)
        return self.files[name].encode()

    def load(self, path: str = "main.yaml", *overlays: str) -> Resolved:
        """Load a description that is there."""
        resolved = load(path, self.diagnostics, reader=self.read, overlays=overlays)
        assert resolved is not None
        return resolved

    def reported(self, resolved: Resolved | None = None) -> list[tuple[str, str]]:
        """The code and line of each diagnostic, in the order of lines."""
        spans = Spans(resolved.documents.values() if resolved is not None else [])
        found = spans.find_all([each.where for each in self.diagnostics])
        return sorted(
            ((each.code, str(found[each.where])) for each in self.diagnostics),
            key=lambda pair: (pair[1].split(":")[0], *map(int, pair[1].split(":")[1:])),
        )

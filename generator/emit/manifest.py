"""The manifest: what a package was made from, by what, and the hash of each file.

It is read back to keep names stable, to say why a fresh package differs from the one on disk, and
to remove what is no longer generated. A manifest that cannot be read counts as none.
"""

from __future__ import annotations

import hashlib

import msgspec


class Source(msgspec.Struct, frozen=True):
    """The description: its file name and SHA-256."""

    name: str
    sha256: str


class Runtime(msgspec.Struct, frozen=True):
    """The vendored runtime."""

    contract: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True):
    """Everything about one generated package; `files` are hashes by path below the project."""

    tool: str
    description: Source
    options: dict[str, str]
    runtime: Runtime
    templates: str
    operations: list[dict[str, str]]
    names: dict[str, str]
    files: dict[str, str]
    former: dict[str, list[str]] = {}
    """Names that were given up, by the name that took their place; each is a deprecated alias."""
    seal: str = ""
    """The SHA-256 of the manifest without this field, which shows whether it was edited."""

    def sealed(self) -> Manifest:
        """The manifest with its seal."""
        return msgspec.structs.replace(self, seal=self._hash())

    @property
    def is_intact(self) -> bool:
        """Whether it is what was written."""
        return self.seal == self._hash()

    def text(self) -> str:
        """The manifest as it is written."""
        return msgspec.json.format(msgspec.json.encode(self), indent=2).decode() + "\n"

    def _hash(self) -> str:
        return sha256(msgspec.structs.replace(self, seal="").text())


def read_manifest(text: bytes) -> Manifest | None:
    """A manifest from its text."""
    try:
        return msgspec.json.decode(text, type=Manifest)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None


def sha256(text: str) -> str:
    """The hash of a file's text."""
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()

"""What need not be found out twice: the findings of the validator, by the hash of what it read.

In: a resolved description. Out: its findings, from a file in the user's cache folder where the same
text was validated by the same validator before. Where the folder cannot be used nothing is
remembered, and a file that cannot be read counts as none.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path

import msgspec

from generator import __version__
from generator.diagnostics import Diagnostic, Diagnostics, Where
from generator.document import Document, Resolved

_Finding = tuple[str, str, str, str]
"""Code, message, document and pointer."""


def cache_folder() -> Path:
    """Where to remember: `LOCKSTEP_CACHE`, else the folder that XDG names."""
    own = os.environ.get("LOCKSTEP_CACHE")
    if own:
        return Path(own)
    base = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    return Path(base).expanduser() / "lockstep"


def validate(resolved: Resolved, diagnostics: Diagnostics) -> None:
    """Report in what the description breaks the specification, as found now or before."""
    place = cache_folder() / "validated" / f"{_key(list(resolved.documents.values()))}.json"
    findings = _remembered(place)
    if findings is None:
        # Importing the validator takes longer than reading what it found.
        from generator.document.validate import validate as find

        fresh = Diagnostics()
        find(resolved, fresh)
        findings = [each for each in map(_finding, fresh) if each is not None]
        _remember(place, findings)
    for code, message, document, pointer in findings:
        diagnostics.report(code, message, Where(document, pointer))


def _finding(diagnostic: Diagnostic) -> _Finding | None:
    where = diagnostic.where
    if not isinstance(where, Where):
        return None
    return diagnostic.code, diagnostic.message, where.document, where.pointer


def _key(documents: Sequence[Document]) -> str:
    """The hash of everything that the findings depend on."""
    digest = hashlib.sha256(f"{__version__} {version('openapi-spec-validator')}\0".encode())
    for document in documents:
        for part in (document, *document.overlays):
            digest.update(f"{part.name}\0{len(part.text)}\0".encode("utf-8", "surrogateescape"))
            digest.update(part.text)
    return digest.hexdigest()


def _remembered(place: Path) -> list[_Finding] | None:
    try:
        return msgspec.json.decode(place.read_bytes(), type=list[_Finding])
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return None


def _remember(place: Path, findings: list[_Finding]) -> None:
    with suppress(OSError, UnicodeEncodeError):
        place.parent.mkdir(parents=True, exist_ok=True)
        fresh = place.with_suffix(f".{os.getpid()}")
        fresh.write_bytes(msgspec.json.encode(findings))
        fresh.replace(place)

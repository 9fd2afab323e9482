"""What need not be found out twice: the findings of the validator, by the hash of what it read.

In: a resolved description. Out: its findings, from a file in the user's cache folder where the same
text was validated by the same program before. What cannot be read counts as not remembered.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from contextlib import suppress

import msgspec

from generator.cli.cache import recall, remember
from generator.cli.program import program_stamp
from generator.diagnostics import Diagnostic, Diagnostics, Where
from generator.document import Document, Resolved

_Finding = tuple[str, str, str, str]
"""Code, message, document and pointer."""


def validate(resolved: Resolved, diagnostics: Diagnostics) -> None:
    """Report in what the description breaks the specification, as found now or before."""
    key = _key(list(resolved.documents.values()))
    findings = _remembered(key)
    if findings is None:
        # Importing the validator takes longer than reading what it found.
        from generator.document.validate import validate as find

        fresh = Diagnostics()
        find(resolved, fresh)
        findings = [each for each in map(_finding, fresh) if each is not None]
        with suppress(UnicodeEncodeError):
            remember("validated", key, msgspec.json.encode(findings))
    for code, message, document, pointer in findings:
        diagnostics.report(code, message, Where(document, pointer))


def _finding(diagnostic: Diagnostic) -> _Finding | None:
    where = diagnostic.where
    if not isinstance(where, Where):
        return None
    return diagnostic.code, diagnostic.message, where.document, where.pointer


def _key(documents: Sequence[Document]) -> str:
    """The hash of everything that the findings depend on."""
    digest = hashlib.sha256(program_stamp().encode())
    for document in documents:
        for part in (document, *document.overlays):
            digest.update(f"{part.name}\0{len(part.text)}\0".encode("utf-8", "surrogateescape"))
            digest.update(part.text)
    return digest.hexdigest()


def _remembered(key: str) -> list[_Finding] | None:
    text = recall("validated", key)
    try:
        return None if text is None else msgspec.json.decode(text, type=list[_Finding])
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None

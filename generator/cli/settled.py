"""Whether generating again can change nothing, known without reading the description.

After a run that left a project as generated, what it was made from is remembered: the text of every
document, the options, this program and the manifest. While all of that is the same and every file
is as the manifest seals it, the project is up to date, and what was said of the description is said
again. Documents on other hosts are asked for and held to the lock, as in every run.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import msgspec

from generator.cli.cache import recall, remember
from generator.cli.program import program_stamp
from generator.compose.configuration import ApiEntry
from generator.document import Reader, Resolved
from generator.document.references import is_readable_url
from generator.emit.sealed import is_sealed


class Settled(msgspec.Struct, frozen=True):
    """What a project was made from, and what was said: hashes by name, printed lines."""

    documents: dict[str, str]
    manifest: str
    said: list[str]


def settled(entry: ApiEntry, asked: Iterable[str], remote: Reader | None) -> Settled | None:
    """What is remembered of a project that is up to date; None where that is not known."""
    text = recall("settled", _key(entry, asked))
    if text is None:
        return None
    try:
        found = msgspec.json.decode(text, type=Settled)
        same = all(_text_hash(name, remote) == was for name, was in found.documents.items())
        manifest = Path(entry.out, entry.name, "manifest.json")
        if not same or _hash(manifest) != found.manifest:
            return None
    except (OSError, ValueError, msgspec.DecodeError):
        return None
    return found if is_sealed(Path(entry.out), entry.name) else None


def settle(entry: ApiEntry, asked: Iterable[str], resolved: Resolved, said: list[str]) -> None:
    """Remember that a project is as generated."""
    texts = (part for each in resolved.documents.values() for part in (each, *each.overlays))
    with suppress(OSError, ValueError):
        made = Settled(
            documents={part.name: hashlib.sha256(part.text).hexdigest() for part in texts},
            manifest=_hash(Path(entry.out, entry.name, "manifest.json")),
            said=said,
        )
        remember("settled", _key(entry, asked), msgspec.json.encode(made))


def _key(entry: ApiEntry, asked: Iterable[str]) -> str:
    """The hash of a project, its options, and this program as it is now."""
    digest = hashlib.sha256(repr((os.getcwd(), entry, sorted(asked))).encode())
    digest.update(program_stamp().encode())
    return digest.hexdigest()


def _text_hash(name: str, remote: Reader | None) -> str:
    """The hash of what a document says now; OSError where it cannot be read or may not be."""
    if not is_readable_url(name):
        return _hash(Path(name))
    if remote is None:
        raise OSError
    return hashlib.sha256(remote(name)).hexdigest()


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()

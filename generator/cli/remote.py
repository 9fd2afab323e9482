"""Documents on other hosts, for `--allow-remote-refs`: fetched, and held to a lock file of hashes.

In: URLs that a description refers to. Out: their bytes. The first time a URL is read its SHA-256 is
recorded in `lockstep.lock` beside the description, or in the working directory for one that git
shows; what is not the same later is refused. Refused are redirections too, answers without success,
and what takes too long or is too large.
"""

from __future__ import annotations

import hashlib
import os
import sys
import time
from pathlib import Path

import msgspec

from generator.cli.ending import Ending
from generator.document import Changed, Reader

LOCK = "lockstep.lock"
_SECONDS = 60.0
_MOST_BYTES = 64 * 1024 * 1024


class Lock(msgspec.Struct, forbid_unknown_fields=True):
    """The lock file: SHA-256 by URL."""

    documents: dict[str, str] = {}


def remote_reader(spec: str) -> Reader:
    """Reads documents on other hosts for a description, held to the lock file beside it."""
    folder = Path(spec).parent
    place = (folder if folder.is_dir() else Path()) / LOCK
    lock = _standing(place)

    def read(url: str) -> bytes:
        text = fetched(url)
        digest = hashlib.sha256(text).hexdigest()
        known = lock.documents.get(url)
        if known is None:
            lock.documents[url] = digest
            _write(place, lock)
            print(f"{place}: recorded {url}", file=sys.stderr)
        elif known != digest:
            raise Changed(f"changed; take its line out of {place} if that is right")
        return text

    return read


def _standing(place: Path) -> Lock:
    try:
        return msgspec.json.decode(place.read_bytes(), type=Lock)
    except FileNotFoundError:
        return Lock()
    except (OSError, msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Ending(2, f"{place}: {error}") from None


def _write(place: Path, lock: Lock) -> None:
    text = msgspec.json.format(msgspec.json.encode(lock, order="sorted"), indent=2) + b"\n"
    fresh = place.with_name(f".{place.name}.{os.getpid()}.new")
    try:
        fresh.write_bytes(text)
        fresh.replace(place)
    except OSError as error:
        raise Ending(2, f"{place}: {error.strerror}") from None
    finally:
        fresh.unlink(missing_ok=True)


def fetched(url: str) -> bytes:
    """The body of a successful answer; OSError says why there is none."""
    # An HTTP client takes longer to import than most descriptions take to read.
    import httpx2

    until = time.monotonic() + _SECONDS
    text = bytearray()
    try:
        with httpx2.stream("GET", url, timeout=_SECONDS / 2, follow_redirects=False) as answer:
            if answer.status_code != 200:
                raise OSError(0, f"answered {answer.status_code}")
            for chunk in answer.iter_bytes():
                text += chunk
                if len(text) > _MOST_BYTES or time.monotonic() > until:
                    raise OSError(0, "too large, or too slow")
    except httpx2.HTTPError as error:
        raise OSError(0, str(error) or type(error).__name__) from None
    except httpx2.InvalidURL:
        raise OSError(0, "not a URL") from None
    return bytes(text)

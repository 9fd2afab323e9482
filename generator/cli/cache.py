"""The user's cache folder: what runs remember for the next, by kind and key.

Where the folder cannot be used, or with `--no-cache`, nothing is remembered and nothing is known.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

import generator.cli.options as options


def cache_folder() -> Path:
    """Where to remember: `LOCKSTEP_CACHE`, else the folder that XDG names."""
    own = os.environ.get("LOCKSTEP_CACHE")
    if own:
        return Path(own)
    base = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    return Path(base).expanduser() / "lockstep"


def recall(kind: str, key: str) -> bytes | None:
    """What was remembered; None for nothing."""
    if options.asked("no_cache"):
        return None
    try:
        return _place(kind, key).read_bytes()
    except OSError:
        return None


def remember(kind: str, key: str, text: bytes) -> None:
    """Remember, in one step."""
    if options.asked("no_cache"):
        return
    with suppress(OSError):
        place = _place(kind, key)
        place.parent.mkdir(parents=True, exist_ok=True)
        # Not by the process's number, which two containers with one folder may share.
        fresh = place.with_suffix(f".{os.urandom(8).hex()}")
        fresh.write_bytes(text)
        fresh.replace(place)


def _place(kind: str, key: str) -> Path:
    return cache_folder() / kind / key

"""What was judged before is kept, so that a run that was broken off goes on where it was.

In come the parts of a key (code, fault, tool) and a way to judge; out comes text, from a folder of
the temporary one where it is there.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDER = Path(tempfile.gettempdir(), "lockstep-mutants")


def kept(key: tuple[str, ...], judge: Callable[[], str]) -> str:
    """The verdict under a key; judged now where it is not known."""
    path = FOLDER / sha256("\0".join(key).encode()).hexdigest()
    if not path.exists():
        text = judge()
        FOLDER.mkdir(exist_ok=True)
        part = path.with_suffix(f".{os.getpid()}")
        part.write_text(text, "utf-8")
        part.replace(path)
    return path.read_text("utf-8")


@cache
def mark(*places: str) -> str:
    """What tells one state of some files and folders of the project from another."""
    found = sha256()
    for place in places:
        path = ROOT / place
        for each in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
            found.update(each.read_bytes())
    return found.hexdigest()

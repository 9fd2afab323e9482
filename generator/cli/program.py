"""This program as it is now, in one hash: part of the key of whatever it remembers.

In: nothing. Out: a hash that is another one after any module or template of ours was changed, and
after a library was installed, removed or replaced. Files are told apart by when they were changed
and how long they are, because reading them all takes longer.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import generator

_PROGRAM = Path(generator.__file__).parent
_SUFFIXES = (".py", ".jinja", ".json")


@cache
def program_stamp() -> str:
    """The hash of this program, its libraries and the interpreter."""
    return stamp((_PROGRAM, _PROGRAM.parent / "templates"), sys.path)


def stamp(programs: Iterable[Path], libraries: Iterable[str]) -> str:
    """The hash of the files in these folders, and of what is installed in those."""
    parts = [sys.version]
    for program in programs:
        parts += sorted(_files(program))
    for library in libraries:
        parts += sorted(_installed(library))
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogateescape")).hexdigest()


def _files(folder: Path) -> Iterator[str]:
    for at, _, names in os.walk(folder):
        for name in names:
            if name.endswith(_SUFFIXES):
                stat = os.stat(path := f"{at}/{name}")
                yield f"{path} {stat.st_mtime_ns} {stat.st_size}"


def _installed(folder: str) -> list[str]:
    """The installed distributions in a folder of the import path, each with its version."""
    try:
        return [name for name in os.listdir(folder) if name.endswith(".dist-info")]
    except OSError:
        return []

"""The runtime as it is copied into a package: every module but the adapters of other transports."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

_CONTRACT = re.compile(r"^CONTRACT = (\d+)$", re.MULTILINE)
_HEADER = "# Part of the Lockstep runtime, copied here by the generator. Do not edit.\n# fmt: off\n"


@cache
def sources() -> Mapping[str, str]:
    """The modules of the runtime by file name."""
    folder = files("generator") / "runtime"
    return {
        entry.name: entry.read_text(encoding="utf-8")
        for entry in sorted(folder.iterdir(), key=lambda each: each.name)
        if entry.name.endswith(".py")
    }


def vendored(http: str) -> dict[str, str]:
    """The files of `_runtime` for one transport."""
    return {
        name: _HEADER + text
        for name, text in sources().items()
        if not name.startswith("over_") or name.startswith(f"over_{http}")
    }


def contract() -> int:
    """The number of the contract between generated code and runtime."""
    found = _CONTRACT.search(sources()["__init__.py"])
    return int(found[1]) if found else 0


@cache
def digest() -> str:
    """The SHA-256 of the whole runtime."""
    found = hashlib.sha256()
    for name, text in sources().items():
        found.update(f"{name}\0{text}\0".encode())
    return found.hexdigest()

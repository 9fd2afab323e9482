"""The runtime as it is copied into a package, for one transport and one library of models.

Every module is copied but the adapters of other transports. Where models are pydantic's, a module
``X_pydantic`` is copied as ``X``, and what only models of msgspec need is left out.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

_CONTRACT = re.compile(r"^CONTRACT = (\d+)$", re.MULTILINE)
_PYDANTIC = "_pydantic.py"
"""The end of modules that stand for those of the same name, where models are pydantic's."""
_MSGSPEC_ALONE = frozenset(("fitting.py", "learned.py", "shapes.py"))
"""Modules that only the models of msgspec need."""
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


def vendored(http: str, library: str) -> dict[str, str]:
    """The files of `_runtime` for one transport and one library of models."""
    return {
        name: _HEADER + text
        for name, text in _of(library).items()
        if not name.startswith("over_") or name.startswith(f"over_{http}")
    }


def _of(library: str) -> dict[str, str]:
    """The runtime for one library, whose own modules stand under the names that all have."""
    plain = {name: text for name, text in sources().items() if not name.endswith(_PYDANTIC)}
    if library == "msgspec":
        return plain
    return {name: text for name, text in plain.items() if name not in _MSGSPEC_ALONE} | {
        name.replace(_PYDANTIC, ".py"): text.replace("_pydantic import ", " import ")
        for name, text in sources().items()
        if name.endswith(_PYDANTIC)
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

"""The fenced Python of a generated project's documentation, and a namespace in which it runs.

A page is read once; its examples are its fenced blocks in order, each named by the heading above
it. What runs them is handed a mock, which every client that they make talks to in process.
"""

from __future__ import annotations

import ast
import asyncio
import contextlib
import importlib
import io
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

import pytest

from generator.mock import MockApp

_CALL = re.compile(r"(?<![\w.])client\.\w+\.\w+\(")


@dataclass(frozen=True, slots=True)
class Example:
    """A fenced block: the page it stands on, the heading above it, its code."""

    page: str
    heading: str
    code: str


def examples_of(page: Path) -> list[Example]:
    """The fenced Python blocks of a page."""
    found: list[Example] = []
    heading = ""
    block: list[str] | None = None
    for line in page.read_text().splitlines():
        if block is not None and line == "```":
            found.append(Example(page.name, heading, "\n".join(block)))
            block = None
        elif block is not None:
            block.append(line)
        elif line == "```python":
            block = []
        elif line.startswith("#"):
            heading = line.lstrip("# ")
    return found


@contextmanager
def talking_to(app: MockApp, package: ModuleType, patch: pytest.MonkeyPatch) -> Iterator[None]:
    """Clients of the package talk to the app, and credentials are in the environment."""
    asgi = importlib.import_module(f"{package.__name__}._runtime.asgi")
    client = importlib.import_module(f"{package.__name__}.client")
    who = app.principals[0]
    prefix = package.__name__.upper()
    with patch.context() as patched:
        patched.setattr(client, "Httpx2Transport", lambda: asgi.AsgiTransport(app))
        patched.setattr(client, "AsyncHttpx2Transport", lambda: asgi.AsyncAsgiTransport(app))
        for name, value in (
            *(("USER", who.user), ("SECRET", who.secret)),
            *(("KEY", who.secret), ("TOKEN", who.secret)),
        ):
            patched.setenv(f"{prefix}_{name}", value)
        yield


def run(code: str, names: dict[str, Any]) -> str:
    """Execute an example as it stands; gives what it printed."""
    return _executed(compile(code, "<example>", "exec"), names)


def run_awaited(code: str, names: dict[str, Any]) -> str:
    """Execute an example with its calls awaited, on a client that is asynchronous."""
    flag = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
    return _executed(compile(_CALL.sub(r"await \g<0>", code), "<example>", "exec", flag), names)


def _executed(code: CodeType, names: dict[str, Any]) -> str:
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        value = eval(code, names)
        if value is not None:
            asyncio.run(value)
    return printed.getvalue()


@contextmanager
def importable(folder: Path) -> Iterator[None]:
    """The packages of a folder can be imported."""
    sys.path.insert(0, str(folder))
    try:
        yield
    finally:
        sys.path.remove(str(folder))

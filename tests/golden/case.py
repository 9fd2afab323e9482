"""One golden case: what its input gives, and what it is expected to give.

A case whose name ends with `pydantic` has its models of that.
Files that are the same for every API are left out: the runtime, the manifest, and what offers them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.api import build
from generator.diagnostics import Diagnostics
from generator.document import Spans, load
from generator.emit import render
from generator.emit.black_style import black_style
from generator.plan import plan
from generator.plan.back_end import Library

CASES = Path(__file__).parent / "cases"
_SAME_FOR_ALL = (
    "_runtime/",
    "manifest.json",
    "errors.py",
    "__init__.py",
    "py.typed",
    "pyproject.toml",
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """Files by path, and diagnostics as the command line prints them."""

    files: dict[str, str]
    said: str


def outcome(case: Path) -> Outcome:
    """What the input of a case gives."""
    diagnostics = Diagnostics()
    resolved = load("input.yaml", diagnostics, reader=lambda name: (case / name).read_bytes())
    assert resolved is not None
    api = build(resolved, diagnostics)
    assert api is not None
    package = plan(api, package="acme", library=library_of(case), diagnostics=diagnostics)
    files = render(package, diagnostics, black_style)
    spans = Spans(resolved.documents.values())
    said = [f"{spans.find(each.where)} {each.code} {each.message}\n" for each in diagnostics]
    return Outcome(_own(files.texts), "".join(sorted(said)))


def library_of(case: Path) -> Library:
    """What models are made of, by the end of the case's name."""
    return "pydantic" if case.name.endswith("pydantic") else "msgspec"


def expected(case: Path) -> Outcome:
    """What is written down for a case."""
    root = case / "expected"
    texts = {
        path.relative_to(root).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }
    stderr = case / "stderr.txt"
    return Outcome(texts, stderr.read_text(encoding="utf-8") if stderr.is_file() else "")


def _own(texts: Mapping[str, str]) -> dict[str, str]:
    return {
        path: text
        for path, text in texts.items()
        if not any(mark in path for mark in _SAME_FOR_ALL)
    }

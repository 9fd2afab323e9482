"""Published descriptions read alike by every reader, resolve and validate.

A sample by default; `LOCKSTEP_CORPUS=all` takes every file.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from generator.diagnostics import Diagnostics, Severity, Where
from generator.document import Json, Spans, load, read
from generator.document.fast import NotRead, read_fast
from generator.document.marked import read_marked
from generator.document.validate import validate

CORPUS = Path(__file__).parents[3] / "shared" / "corpus" / "real"
SAMPLE_BYTES = 700_000
EVERYTHING = os.environ.get("LOCKSTEP_CORPUS") == "all"
FILES = sorted(
    path
    for path in (CORPUS.glob("*.*") if CORPUS.is_dir() else ())
    if path.suffix in {".yaml", ".yml", ".json"}
    and (EVERYTHING or path.stat().st_size <= SAMPLE_BYTES)
)

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not FILES, reason=f"no published descriptions at {CORPUS}"),
]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_all_readers_agree(path: Path) -> None:
    diagnostics = Diagnostics()
    text = path.read_text(encoding="utf-8")
    document = read(path.name, path.read_bytes(), diagnostics)
    assert document is not None
    marked = read_marked(path.name, text, Diagnostics())
    assert document.root == marked
    if path.suffix != ".json":
        try:
            assert read_fast(text) == marked
        except NotRead:
            return


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_reference_leads_somewhere_and_every_finding_has_a_place(path: Path) -> None:
    diagnostics = Diagnostics()
    resolved = load(str(path), diagnostics, reader=lambda name: Path(name).read_bytes())
    if resolved is None:
        assert [each.code for each in diagnostics] == ["version-unsupported"]
        return
    assert not diagnostics.fatal
    validate(resolved, diagnostics)
    assert diagnostics.worst < Severity.FATAL
    assert all("\n" not in each.message and len(each.message) <= 200 for each in diagnostics)
    spans = Spans(resolved.documents.values())
    found = spans.find_all([each.where for each in diagnostics])
    assert all(span.line > 1 or b"\n" not in resolved.root.text for span in found.values())


@pytest.mark.parametrize("path", FILES[:12], ids=lambda path: path.name)
def test_every_key_of_the_outline_has_its_own_position(path: Path) -> None:
    document = read(path.name, path.read_bytes(), Diagnostics())
    assert document is not None
    assert isinstance(document.root, dict)
    paths: Json = document.root.get("paths")
    assert isinstance(paths, dict)
    wheres = [Where(path.name).at("paths", key) for key in paths]
    found = Spans([document]).find_all(wheres)
    assert len(set(found.values())) == len(wheres)

"""Published descriptions generate whole, import, and give the same bytes under any hash seed.

A sample; `python -m tests.corpus` takes every document and says more.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.corpus.documents import CORPUS, documents, is_meant_to_fail
from tests.corpus.isolated import rows
from tests.corpus.run import Asked

SAMPLE = (
    "train-travel.yaml",
    "gitea.yaml",
    "azure-openai.json",
    "onepassword-connect.json",
    "scalar-galaxy.yaml",
    "xero-webhooks.yaml",
)
REAL = CORPUS / "real"

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not REAL.is_dir(), reason=f"no published descriptions at {CORPUS}"),
]


def test_a_sample_is_generated_whole(tmp_path: Path) -> None:
    paths = [(Path(name).stem.replace("-", "_"), REAL / name) for name in SAMPLE]
    found = list(rows(paths, Asked(tmp_path, formats=True), jobs=2, limit=60))
    assert [row.name for row in found if not row.is_good or row.outcome != "generated"] == []
    assert all(row.generated == row.declared for row in found)


def test_what_is_wrong_on_purpose_ends_in_diagnostics(tmp_path: Path) -> None:
    folder = CORPUS / "fixtures"
    wrong = [path for path in documents(folder) if is_meant_to_fail(path)]
    if os.environ.get("LOCKSTEP_CORPUS") != "all":
        wrong = wrong[::6]
    named = [(f"a{number}", path) for number, path in enumerate(wrong)]
    found = list(rows(named, Asked(tmp_path, validates=True), jobs=2, limit=120))
    paths = dict(named)
    assert [row.faults for row in found if row.faults] == []
    assert [paths[row.name] for row in found if row.is_silent] == []
    assert [paths[row.name] for row in found if row.accepted and row.codes] == []
    assert sum(bool(row.codes) for row in found) > len(found) / 2


def test_another_hash_seed_gives_the_same_bytes() -> None:
    command = [
        sys.executable,
        "-m",
        "tests.corpus",
        str(REAL),
        "--only",
        "train-travel|azure-openai.j",
        "--check",
        "imports",
    ]
    digests = {
        subprocess.run(
            [*command, "--digests", "--quiet"],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        )
        .stdout.rpartition("of rendering")[2]
        .partition("\n")[2]
        for seed in ("1", "2")
    }
    (only,) = digests
    assert only.count("\n") == 2

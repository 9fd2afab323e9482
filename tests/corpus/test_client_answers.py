"""The generated client sees what the answers of published descriptions say.

A sample of small descriptions; `LOCKSTEP_CORPUS=all` takes every one. For each operation and status
answers are drawn, and some that must be refused or outlived.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from generator.compose.calling.answers import Answers
from generator.compose.calling.drive import MODES, Client, drive
from generator.compose.configuration import ApiEntry
from generator.compose.generate import generate
from generator.compose.load import load_api
from generator.emit import write
from generator.emit.black_style import black_style
from tests.corpus.documents import CORPUS, documents

REAL = CORPUS / "real"
SAMPLE = {
    "azure-autorest-header.json": 200,
    "codat-commerce.json": 900,
    "firecracker.json": 500,
    "grafana-tempo.yaml": 200,
    "ms-cognitive.json": 250,
    "nytimes-books.json": 350,
    "onepassword-connect.json": 600,
    "scalar-galaxy.yaml": 500,
    "train-travel.yaml": 450,
    "xero-files.yaml": 400,
}
"""Descriptions, and how many answers at least are drawn from each."""

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not REAL.is_dir(), reason=f"no published descriptions at {CORPUS}"),
]


def _paths() -> list[Path]:
    if os.environ.get("LOCKSTEP_CORPUS") == "all":
        return documents(REAL)
    return [REAL / name for name in SAMPLE]


@pytest.mark.parametrize("path", _paths(), ids=lambda path: path.name)
def test_the_client_sees_every_answer_as_the_description_says(path: Path, tmp_path: Path) -> None:
    loaded = load_api(str(path), reader=lambda name: Path(name).read_bytes())
    name = "c_" + re.sub(r"\W+", "_", path.stem).lower()
    made = generate(loaded, ApiEntry(name=name, spec=str(path)), style=black_style)
    if loaded.api is None or made is None:
        pytest.skip(f"no client: {', '.join(sorted({each.code for each in loaded.diagnostics}))}")
    write(tmp_path, made.files)
    client = Client(tmp_path, made.package)
    drawn = Answers(loaded.api, 0, loaded.diagnostics)
    exchanges = list(drawn.exchanges(client.methods))
    assert len(exchanges) >= SAMPLE.get(path.name, 0)
    mode = MODES[len(path.name) % 2]
    came = drive(
        loaded.api, client, mode, "http://127.0.0.1:1", None, exchanges={"answers": exchanges}
    )
    tallies = came.exchanges["answers"]
    wrong = [f"{operation}: {each}" for operation, t in tallies.items() for each in t.faults]
    assert wrong[:20] == []
    assert sum(each.calls for each in tallies.values()) == len(exchanges)

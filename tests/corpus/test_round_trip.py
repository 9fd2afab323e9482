"""What published descriptions allow comes back from the generated models as it went in.

A sample; `python -m tests.corpus.round_trip` takes every description.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.corpus.documents import CORPUS
from tests.corpus.round_trip import Asked, trips

REAL = CORPUS / "real"
SAMPLE = {
    "train-travel.yaml": 10,
    "azure-openai-preview.json": 250,
    "opencode.yaml": 350,
    "star-trek.yaml": 200,
    "scalar-galaxy.yaml": 20,
}

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not REAL.is_dir(), reason=f"no published descriptions at {CORPUS}"),
]


def test_a_sample_of_records_comes_back(tmp_path: Path) -> None:
    paths = [(Path(name).stem.replace("-", "_"), REAL / name) for name in SAMPLE]
    found = list(trips(paths, Asked(tmp_path, count=4), jobs=2))
    assert [fault for each in found for fault in each.failures] == []
    assert len(found) == len(SAMPLE)
    assert sum(each.records for each in found) >= sum(SAMPLE.values())
    assert sum(each.values for each in found) >= 3 * sum(SAMPLE.values())

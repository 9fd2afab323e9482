"""The mock of the published Atlas description answers every operation's valid request validly."""

from __future__ import annotations

import pytest

from generator.api import Api
from tests.corpus.answers import outcomes, read
from tests.corpus.test_reading import CORPUS

PUBLISHED = CORPUS / "atlas-admin-v2.yaml"

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not PUBLISHED.is_file(), reason=f"no published description at {CORPUS}"),
]


@pytest.fixture(scope="module", name="published")
def _published() -> Api:
    return read(str(PUBLISHED), [])


@pytest.mark.parametrize("inferring", [True, False])
def test_every_operation_answers_validly(published: Api, inferring: bool) -> None:
    found = list(outcomes(published, inferring=inferring))
    assert [(each.operation.label, each.wrong) for each in found if each.wrong] == []
    assert len(found) == 514
    assert any(each.stateful for each in found) is inferring

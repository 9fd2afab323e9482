"""Every quick cell of the suite of transports, over both, blocking and awaited."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.benchmarks.transports.cells import CELLS
from tests.benchmarks.transports.driver import KINDS, DoesNotApply, NotClaimed


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("cell", CELLS, ids=lambda cell: cell.__name__)
def test_cell(cell: Callable[[str], None], kind: str) -> None:
    try:
        cell(kind)
    except (DoesNotApply, NotClaimed) as reason:
        pytest.skip(str(reason) or "has no meaning here")

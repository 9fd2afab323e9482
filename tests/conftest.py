"""No test depends on chance: not on load, on a proxy of the machine, nor on what hypothesis draws.

Property tests draw the same with every run, wherever and after whatever they run, and keep nothing;
`--hypothesis-seed=N` draws others.
"""

from __future__ import annotations

import os
import random

import hypothesis.internal.conjecture.providers as providers
import pytest
from hypothesis import HealthCheck, settings
from hypothesis.internal.constants_ast import Constants

settings.register_profile(
    "settled",
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("settled")


def _no_constants() -> Constants:
    return Constants()


# Some of what is drawn are numbers and texts that stand in whatever modules of ours are loaded,
# which differs by folder and by the tests that ran before. There is no setting against it.
providers._get_local_constants = _no_constants


@pytest.fixture(autouse=True)
def _marks(monkeypatch: pytest.MonkeyPatch) -> None:
    """What runs in this process are marked with is the same with every run of a test."""
    drawn = random.Random(0)
    for module in ("session", "replay"):
        monkeypatch.setattr(
            f"generator.contract.{module}.fresh_mark", lambda: "".join(drawn.choices("ghjkmn", k=6))
        )


for _name in ("http_proxy", "https_proxy", "all_proxy"):
    os.environ.pop(_name, None)
    os.environ.pop(_name.upper(), None)

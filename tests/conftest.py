"""No test depends on chance: not on load, on a proxy of the machine, nor on what hypothesis draws.

Property tests draw the same with every run, wherever and after whatever they run, and keep nothing;
`--hypothesis-seed=N` draws others.
"""

from __future__ import annotations

import os

import hypothesis.internal.conjecture.providers as providers
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

for _name in ("http_proxy", "https_proxy", "all_proxy"):
    os.environ.pop(_name, None)
    os.environ.pop(_name.upper(), None)

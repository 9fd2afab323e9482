"""For pytest: the fixture `lockstep_mock`, which starts mocks that end with the test.

In come a description and how the mock shall behave, as `generator.mock.running` takes them; out
comes the running mock. Nothing starts in tests that do not ask for the fixture.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import ExitStack
from typing import Any

import pytest

from generator.mock import RunningMock, running

StartMock = Callable[..., RunningMock]
"""Starts a mock; takes what `generator.mock.running` takes."""


@pytest.fixture
def lockstep_mock() -> Generator[StartMock]:
    """Start mocks on free ports: `lockstep_mock("openapi.yaml", auth=True).url`."""
    with ExitStack() as stack:

        def start(*arguments: Any, **options: Any) -> RunningMock:
            return stack.enter_context(running(*arguments, **options))

        yield start

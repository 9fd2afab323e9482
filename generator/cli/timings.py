"""What each stage of a command takes, printed when it ends where somebody asked."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from types import TracebackType
from typing import ParamSpec, Self, TypeVar

_P = ParamSpec("_P")
_R = TypeVar("_R")


class Timings:
    """A clock that is told when a stage ends."""

    def __init__(self, *, shown: bool) -> None:
        self._shown = shown
        self._stages: dict[str, float] = {}
        self._last = time.perf_counter()

    def passed(self, stage: str) -> None:
        """The stage that began when the last one ended has ended."""
        now = time.perf_counter()
        self._stages[stage] = self._stages.get(stage, 0.0) + now - self._last
        self._last = now

    def around(self, stage: str, function: Callable[_P, _R]) -> Callable[_P, _R]:
        """The function, counted as a stage of its own and not as part of the one around it."""

        def call(*arguments: _P.args, **named: _P.kwargs) -> _R:
            started = time.perf_counter()
            try:
                return function(*arguments, **named)
            finally:
                spent = time.perf_counter() - started
                self._stages[stage] = self._stages.get(stage, 0.0) + spent
                self._last += spent

        return call

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        total = sum(self._stages.values())
        if self._shown and total:
            for stage, spent in self._stages.items():
                print(f"{spent:8.3f} s {spent / total:4.0%}  {stage}", file=sys.stderr)

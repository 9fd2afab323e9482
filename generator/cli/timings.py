"""What each stage of a command takes, printed when it ends where somebody asked."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import ParamSpec, Self, TypeVar

_P = ParamSpec("_P")
_R = TypeVar("_R")


class Timings:
    """A clock that is told when a stage ends."""

    def __init__(self, *, shown: bool) -> None:
        self._shown = shown
        self._stages: dict[str, float] = {}
        self._parts: dict[str, float] = {}
        self._last = time.perf_counter()

    def passed(self, stage: str) -> None:
        """The stage that began when the last one ended has ended."""
        now = time.perf_counter()
        self._stages[stage] = self._stages.get(stage, 0.0) + now - self._last
        self._last = now

    def parts(self, seconds: Mapping[str, float]) -> None:
        """What the work of a stage was made of, on all cores together; shown beside the total."""
        for part, spent in seconds.items():
            self._parts[part] = self._parts.get(part, 0.0) + spent

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
            told = [*self._stages.items()]
            told += [(f"  of it, on all cores: {part}", s) for part, s in self._parts.items()]
            for stage, spent in told:
                print(f"{spent:8.3f} s {spent / total:4.0%}  {stage}", file=sys.stderr)

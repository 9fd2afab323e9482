"""Progress of a contract run on stderr, at a terminal only."""

from __future__ import annotations

import sys
from types import TracebackType

from rich.console import Console
from rich.status import Status

from generator.contract import Called, Event, Found, PartStarted, Started


class Progress:
    """Shows which part runs, how many calls were made and what was found."""

    def __init__(self, name: str = "") -> None:
        self._name = name
        self._console = Console(stderr=True)
        self._status: Status | None = None
        self._part = ""
        self._calls = 0
        self._found = 0

    def __enter__(self) -> Progress:
        if sys.stderr.isatty():
            self._status = self._console.status("starting")
            self._status.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._status is not None:
            self._status.stop()

    def show(self, event: Event) -> None:
        """Take in what the run tells."""
        if isinstance(event, Started) and self._status is not None:
            self._console.print(f"what this run makes carries {event.run} in its name")
        elif isinstance(event, PartStarted):
            self._part = event.part
        elif isinstance(event, Called):
            self._calls += 1
        elif isinstance(event, Found):
            self._found += 1
        if self._status is not None:
            counts = f"{self._calls} calls, {self._found} findings"
            self._status.update(f"{self._name} {self._part}: {counts}")

"""Runs in processes of their own: a description cannot take the report down, nor hang it.

Each run is a fork of a process in which everything is imported, so that it costs nothing to start.
"""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import cast

from tests.corpus.accepted import accepted
from tests.corpus.documents import is_meant_to_fail
from tests.corpus.row import Row
from tests.corpus.run import Asked, run

_FORK = multiprocessing.get_context("fork")


@dataclass(frozen=True, slots=True)
class _Running:
    path: Path
    name: str
    process: BaseProcess
    until: float

    def ended(self, answer: Connection) -> Row:
        """The row, or one that says how the process ended without any."""
        try:
            row = cast("Row", answer.recv())
        except EOFError:
            row = Row(self.name, faults=["the process ended"])
        self.process.join()
        row.meant_to_fail = is_meant_to_fail(self.path)
        row.accepted = accepted(self.path)
        return row

    def stopped(self, seconds: float) -> Row:
        """The row of a run that took too long."""
        self.process.kill()
        self.process.join()
        return Row(self.name, outcome="timeout", seconds=seconds)


def rows(paths: list[tuple[str, Path]], asked: Asked, *, jobs: int, limit: float) -> Iterator[Row]:
    """The rows of descriptions by name, as they come."""
    waiting = list(reversed(paths))
    running: dict[Connection, _Running] = {}
    while waiting or running:
        while waiting and len(running) < jobs:
            name, path = waiting.pop()
            answer, process = _started(path, name, asked)
            running[answer] = _Running(path, name, process, time.monotonic() + limit)
        ready = cast("list[Connection]", wait(list(running), timeout=0.5))
        for answer in ready:
            yield running.pop(answer).ended(answer)
        late = [each for each, run in running.items() if time.monotonic() > run.until]
        for answer in late:
            yield running.pop(answer).stopped(limit)


def _started(path: Path, name: str, asked: Asked) -> tuple[Connection, BaseProcess]:
    answer, question = _FORK.Pipe(duplex=False)
    process = _FORK.Process(target=_answer, args=(question, path, name, asked))
    process.start()
    question.close()
    return answer, process


def _answer(question: Connection, path: Path, name: str, asked: Asked) -> None:
    question.send(run(path, name, asked))

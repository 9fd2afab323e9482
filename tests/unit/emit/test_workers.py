"""Work is spread over processes, and comes out the same wherever it was done."""

from __future__ import annotations

import multiprocessing
import os
import signal

import pytest

from generator.emit.workers import cores, spread

HERE = os.getpid()


def _squared(number: int) -> tuple[int, int]:
    return number * number, os.getpid()


def test_results_are_in_order_and_come_from_several_processes() -> None:
    all_at_work = multiprocessing.get_context("fork").Barrier(3)

    def squared(number: int) -> tuple[int, int]:
        if number < 3:  # Each is held by another process, and holds it until all are there.
            all_at_work.wait(60)
        return _squared(number)

    done = spread(squared, range(20), processes=3)
    assert [square for square, _ in done] == [number * number for number in range(20)]
    assert len({process for _, process in done}) == 3


@pytest.mark.parametrize("processes", [0, 1])
def test_one_process_does_all_itself(processes: int) -> None:
    assert {process for _, process in spread(_squared, range(3), processes=processes)} == {HERE}
    assert cores() >= 1


def _dying(number: int) -> int:
    if os.getpid() != HERE:
        os.kill(os.getpid(), signal.SIGKILL)
    return number + 1


def test_what_a_killed_process_took_is_done_here() -> None:
    assert spread(_dying, range(30), processes=3) == list(range(1, 31))


def _refusing(number: int) -> int:
    if number == 7:
        raise ValueError("seven")
    return number


def test_a_fault_is_raised_here_and_no_process_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    forked: list[int] = []
    fork = os.fork

    def noting() -> int:
        forked.append(fork())
        return forked[-1]

    monkeypatch.setattr(os, "fork", noting)
    with pytest.raises(ValueError, match="seven"):
        spread(_refusing, range(12), processes=3)
    assert len(forked) == 2
    for process in forked:
        with pytest.raises(ChildProcessError):
            os.waitpid(process, os.WNOHANG)


def test_without_fork_all_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "fork")
    assert {process for _, process in spread(_squared, range(4), processes=2)} == {HERE}

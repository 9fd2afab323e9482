"""Work is spread over processes, and comes out the same wherever it was done."""

from __future__ import annotations

import os
import signal
import time

import pytest

from generator.emit.workers import cores, spread

HERE = os.getpid()


def _slowly(number: int) -> tuple[int, int]:
    time.sleep(0.02)
    return number * number, os.getpid()


def test_results_are_in_order_and_come_from_several_processes() -> None:
    done = spread(_slowly, range(20), processes=3)
    assert [square for square, _ in done] == [number * number for number in range(20)]
    assert len({process for _, process in done}) == 3


@pytest.mark.parametrize("processes", [0, 1])
def test_one_process_does_all_itself(processes: int) -> None:
    assert {process for _, process in spread(_slowly, range(3), processes=processes)} == {HERE}
    assert cores() >= 1


def _dying(number: int) -> int:
    if os.getpid() != HERE:
        os.kill(os.getpid(), signal.SIGKILL)
    time.sleep(0.01)
    return number + 1


def test_what_a_killed_process_took_is_done_here() -> None:
    assert spread(_dying, range(30), processes=3) == list(range(1, 31))


def _refusing(number: int) -> int:
    time.sleep(0.01)
    if number == 7:
        raise ValueError("seven")
    return number


def test_a_fault_is_raised_here_and_no_process_is_left() -> None:
    with pytest.raises(ValueError, match="seven"):
        spread(_refusing, range(12), processes=3)
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_without_fork_all_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "fork")
    assert {process for _, process in spread(_slowly, range(4), processes=2)} == {HERE}

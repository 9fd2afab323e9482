"""Ctrl-C counts behind what is under way; a second one, or one in a pause, at once."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator

import pytest

from generator.contract.calling.interrupts import PutOff


@pytest.fixture(autouse=True)
def as_python_does() -> Iterator[None]:
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def interrupted(body: Callable[[PutOff, list[str]], None]) -> list[str]:
    """What a block got done that was interrupted in one way or another."""
    done: list[str] = []
    block = PutOff()

    def run() -> None:
        with block:
            body(block, done)

    with pytest.raises(KeyboardInterrupt):
        run()
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    return done


def test_what_is_under_way_is_finished_first() -> None:
    def body(block: PutOff, done: list[str]) -> None:
        signal.raise_signal(signal.SIGINT)
        done.append("finished")

    assert interrupted(body) == ["finished"]


def test_a_second_one_breaks_it() -> None:
    def body(block: PutOff, done: list[str]) -> None:
        signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGINT)
        done.append("finished")

    assert interrupted(body) == []


def test_a_pause_is_broken() -> None:
    def body(block: PutOff, done: list[str]) -> None:
        with block.lifted():
            signal.raise_signal(signal.SIGINT)
            done.append("paused")

    assert interrupted(body) == []


def test_one_that_came_before_a_pause_breaks_it() -> None:
    def body(block: PutOff, done: list[str]) -> None:
        signal.raise_signal(signal.SIGINT)
        with block.lifted():
            done.append("paused")

    assert interrupted(body) == []


def test_the_next_block_knows_nothing_of_it() -> None:
    block = PutOff()
    with pytest.raises(KeyboardInterrupt), block:
        signal.raise_signal(signal.SIGINT)
    with block:
        pass


def test_an_ignored_one_stays_ignored_and_another_thread_touches_nothing() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with PutOff():
        signal.raise_signal(signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    told: list[object] = []

    def elsewhere() -> None:
        with PutOff():
            told.append(signal.getsignal(signal.SIGINT))

    thread = threading.Thread(target=elsewhere)
    thread.start()
    thread.join()
    assert told == [signal.SIG_IGN]

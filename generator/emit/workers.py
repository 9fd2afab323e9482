"""Work on many items on all cores, by forked processes: they see what stands, nothing is sent.

In: a function and items. Out: its results in the order of items. What a process did not bring back
(it was killed, or raised) is done here, so the outcome never depends on where something was done.
Where the system cannot fork everything is done here.
"""

from __future__ import annotations

import os
import pickle
import struct
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import Any, TypeVar

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")

_NUMBER = struct.Struct("=I")
_MOST_ITEMS = 16_384 // _NUMBER.size
"""The numbers that a pipe holds while nobody reads, on every system that can fork."""


def spread(
    function: Callable[[_Item], _Result], items: Sequence[_Item], *, processes: int
) -> list[_Result]:
    """The results; the first items are begun first, so the longest should stand there."""
    if processes < 2 or not 1 < len(items) <= _MOST_ITEMS or not hasattr(os, "fork"):
        return [function(item) for item in items]
    queue = _queue(len(items))
    others = [_forked(function, items, queue) for _ in range(processes - 1)]
    done: dict[int, _Result] = {}
    try:
        done.update((number, function(items[number])) for number in _taken(queue))
    finally:
        os.close(queue)
        for process, answer in others:
            done.update(_brought(process, answer))
    return [done[number] if number in done else function(item) for number, item in enumerate(items)]


def cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _queue(length: int) -> int:
    """A pipe that holds the number of every item; reading one takes it from all processes."""
    queue, entrance = os.pipe()
    os.write(entrance, b"".join(map(_NUMBER.pack, range(length))))
    os.close(entrance)
    return queue


def _taken(queue: int) -> Iterator[int]:
    while number := os.read(queue, _NUMBER.size):
        yield _NUMBER.unpack(number)[0]


def _forked(
    function: Callable[[_Item], _Result], items: Sequence[_Item], queue: int
) -> tuple[int, int]:
    """A process that takes from the queue: its id, and the pipe for what it made."""
    answer, mouth = os.pipe()
    process = os.fork()
    if process:
        os.close(mouth)
        return process, answer
    with suppress(BaseException):
        made = {number: function(items[number]) for number in _taken(queue)}
        with os.fdopen(mouth, "wb") as file:
            pickle.dump(made, file)
    # Nothing of the parent's is to be flushed or tidied a second time.
    os._exit(0)


def _brought(process: int, answer: int) -> dict[int, Any]:
    try:
        with os.fdopen(answer, "rb") as file:
            text = file.read()
    finally:
        os.waitpid(process, 0)
    with suppress(EOFError, pickle.UnpicklingError):
        return dict(pickle.loads(text))
    return {}

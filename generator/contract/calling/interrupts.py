"""Ctrl-C put off until what is under way is done.

A call that was sent is finished and recorded even when Ctrl-C comes: what it made would be unknown
otherwise, and stay. In comes a block to finish, out comes the interrupt behind it. A second one is
not put off, and nothing is where signals do not arrive: on another thread than the main one.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from types import FrameType
from typing import Any, Self


class PutOff:
    """A block that is finished before Ctrl-C counts; may be entered again and again."""

    def __init__(self) -> None:
        self._before: Callable[[int, FrameType | None], Any] | None = None
        self._came: tuple[int, FrameType | None] | None = None
        self._lifted = False

    def __enter__(self) -> Self:
        self._came = None
        self._before = None
        if threading.current_thread() is threading.main_thread():
            handler = signal.signal(signal.SIGINT, self._arrived)
            if callable(handler):
                self._before = handler
            else:
                # What is ignored, or handled by other than Python code, is left as it is.
                signal.signal(signal.SIGINT, handler)
        return self

    def __exit__(self, *_: object) -> None:
        if self._before is not None:
            # First this, so that none is lost that comes in between.
            signal.signal(signal.SIGINT, self._before)
            if self._came is not None:
                self._before(*self._came)

    @contextmanager
    def lifted(self) -> Generator[None, None, None]:
        """A pause within the block, in which nothing is under way."""
        self._lifted = True
        try:
            if self._before is not None and self._came is not None:
                self._before(*self._came)
            yield
        finally:
            self._lifted = False

    def _arrived(self, number: int, frame: FrameType | None) -> None:
        # It may come before what was there is known; then it is put off like any other.
        again = self._lifted or self._came is not None
        self._came = number, frame
        if again and self._before is not None:
            self._before(number, frame)

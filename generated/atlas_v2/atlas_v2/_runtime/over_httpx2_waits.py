# Part of the Lockstep runtime, copied here by the generator. Do not edit.
# fmt: off
"""How long one wait of the httpx2 transports may take: a timeout, and never beyond a deadline.

The engine takes the timeout of a request for each of its waits anew, so that a server which sends a
byte now and then would keep a call for ever. In comes a timeout that knows when its call ends, out
goes what is left of it. Refused is a wait behind the deadline.
"""

from collections.abc import Iterable
from time import monotonic

from .errors import TimeoutError_

_PIECE = 64 * 1024


class Until(float):
    """A timeout in seconds that ends with a point of the clock."""

    __slots__ = ("ends",)
    ends: float

    def __new__(cls, seconds: float, ends: float) -> "Until":
        """Make a timeout that is a number like others to the engine."""
        made = super().__new__(cls, seconds)
        made.ends = ends
        return made


def left(timeout: float | None) -> float | None:
    """What a wait that begins now may take."""
    if type(timeout) is not Until:
        return timeout
    seconds = timeout.ends - monotonic()
    if seconds <= 0:
        raise TimeoutError_("the deadline of the call has passed")
    return min(float(timeout), seconds)


def pieces(buffer: bytes, timeout: float | None) -> Iterable[bytes]:
    """What is sent in one wait each: all of it where only a server that stands still matters."""
    if type(timeout) is not Until or len(buffer) <= _PIECE:
        return (buffer,)
    return (buffer[at : at + _PIECE] for at in range(0, len(buffer), _PIECE))

# Part of the Lockstep runtime, copied here by the generator. Do not edit.
# fmt: off
"""The sans-IO core: one call as a sequence of requests sent and responses received.

``exchange`` yields steps to a driver and is sent responses, or has transport errors thrown in; it
returns the response that stands. Authentication, retries, their pauses and the deadline all happen
in here, so the blocking and the awaiting driver differ in nothing but how they wait.
"""

from collections.abc import Callable, Generator
from time import monotonic

from msgspec import Struct

from .auth import Auth
from .errors import TimeoutError_, TransportError
from .messages import Request, Response
from .retry import Retries


class Step(Struct, frozen=True):
    """What a driver does next: wait, then send within the timeout."""

    request: Request
    wait: float
    timeout: float | None


class Limits(Struct, frozen=True):
    """How long one wait and the whole call may take; ``deadline`` is a point of the clock."""

    timeout: float | None = None
    deadline: float | None = None
    clock: Callable[[], float] = monotonic

    def allows(self, pause: float) -> bool:
        """Whether there is time left after a pause."""
        return self.deadline is None or self.clock() + pause < self.deadline

    def left(self) -> float | None:
        """Seconds that the next wait may take."""
        if self.deadline is None:
            return self.timeout
        left = self.deadline - self.clock()
        if left <= 0:
            raise TimeoutError_("the deadline of the call has passed")
        return left if self.timeout is None else min(left, self.timeout)


Steps = Generator[Step, Response, Response]


def exchange(request: Request, auth: Auth | None, retries: Retries, limits: Limits) -> Steps:
    """Send until a response stands."""
    wait, attempt = 0.0, 0
    while True:
        try:
            response = yield from _attempt(request, auth, wait, limits)
        except TransportError as error:
            pause = retries.after_error(attempt, error)
            if pause is None or not limits.allows(pause):
                error.request = request
                raise
        else:
            pause = retries.after_response(attempt, response)
            if pause is None or not limits.allows(pause):
                return response
        wait, attempt = pause, attempt + 1


def _attempt(request: Request, auth: Auth | None, wait: float, limits: Limits) -> Steps:
    if auth is None:
        return (yield Step(request, wait, limits.left()))
    flow = auth.flow(request)
    sending = next(flow)
    while True:
        response = yield Step(sending, wait, limits.left())
        wait = 0.0
        try:
            sending = flow.send(response)
        except StopIteration:
            return response

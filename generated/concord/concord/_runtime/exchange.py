# Part of the Lockstep runtime, copied here by the generator. Do not edit.
# fmt: off
"""The sans-IO core: one call as a sequence of requests sent and responses received.

``exchange`` yields steps to a driver and is sent responses, or has transport errors thrown in; it
returns the response that stands. Authentication, retries, their pauses, hooks and the deadline all
happen in here, so the blocking and the awaiting driver differ in nothing but how they wait. A
driver that gives up closes the generator, which lets go of whatever others wait for.
"""

from collections.abc import Callable, Generator
from time import monotonic
from typing import cast

from msgspec import Struct

from .auth import Aside, Auth, Flow, Move
from .errors import BodySpent, TimeoutError_, TransportError
from .hooks import Hook
from .messages import Request, Response
from .retry import Retries
from .transport import Timeouts


class Step(Struct, frozen=True):
    """What a driver does next: send a request within the timeouts, or only wait."""

    request: Request | None
    timeouts: Timeouts = Timeouts()
    pause: float = 0.0
    aside: bool = False
    """Whether the answer is for the authentication alone."""


class Limits(Struct, frozen=True):
    """How long one wait and the whole call may take; ``deadline`` is a point of the clock."""

    timeout: float | None = None
    deadline: float | None = None
    clock: Callable[[], float] = monotonic

    def allows(self, pause: float) -> bool:
        """Whether there is time left after a pause."""
        return self.deadline is None or self.clock() + pause < self.deadline

    def left(self) -> Timeouts:
        """What the next sending may take."""
        if self.deadline is None:
            return Timeouts(self.timeout)
        left = self.deadline - self.clock()
        if left <= 0:
            raise TimeoutError_("the deadline of the call has passed")
        return Timeouts(left if self.timeout is None else min(left, self.timeout), left)


Steps = Generator[Step, Response | None, Response]


class Conduct(Struct, frozen=True):
    """How one call is held: when it is repeated, how long it may take, who is told."""

    retries: Retries
    limits: Limits = Limits()
    hooks: tuple[Hook, ...] = ()


def exchange(request: Request, auth: Auth | None, conduct: Conduct) -> Steps:
    """Send until a response stands."""
    attempt, retries, limits = 0, conduct.retries, conduct.limits
    while True:
        try:
            response = yield from _attempt(request, auth, conduct)
        except TransportError as error:
            pause = retries.after_error(attempt, error)
            if pause is None or not limits.allows(pause) or request.is_spent:
                error.request = request
                raise
        else:
            pause = retries.after_response(attempt, response)
            if pause is None or not limits.allows(pause) or request.is_spent:
                return response
        yield Step(None, pause=pause)
        attempt += 1


def _attempt(request: Request, auth: Auth | None, conduct: Conduct) -> Steps:
    if auth is None:
        return _sent(request, conduct)
    if auth.interactive:
        return _conversed(auth.flow(request), conduct)
    return _sent(auth.apply(request), conduct)


def _conversed(flow: Flow, conduct: Conduct) -> Steps:
    try:
        move = next(flow)
        while True:
            try:
                response = yield from _moved(move, conduct)
            except TransportError as error:
                move = flow.throw(error)
            else:
                move = flow.send(response)
    except StopIteration as done:
        answer: Response = done.value
        return answer
    finally:
        flow.close()


def _moved(move: Move, conduct: Conduct) -> Generator[Step, Response | None, Response | None]:
    if isinstance(move, Request):
        return (yield from _sent(move, conduct))
    if isinstance(move, Aside):
        return (yield from _sent(move.request, conduct, aside=True))
    if not conduct.limits.allows(move):
        raise TimeoutError_("the deadline of the call has passed")
    yield Step(None, pause=move)
    return None


def _sent(request: Request, conduct: Conduct, *, aside: bool = False) -> Steps:
    if request.is_spent:
        error = BodySpent("the body was read and must be sent again: give bytes or a file instead")
        error.request = request
        raise error
    if conduct.hooks:
        return (yield from _told(request, conduct, aside=aside))
    response = yield Step(request, conduct.limits.left(), aside=aside)
    assert response is not None, "a driver answers every request"
    return response


def _told(request: Request, conduct: Conduct, *, aside: bool) -> Steps:
    told: list[tuple[Hook, Request]] = []
    for hook in conduct.hooks:
        request = _changed(hook, request)
        told.append((hook, request))
    began = monotonic()
    try:
        response = yield Step(request, conduct.limits.left(), aside=aside)
        assert response is not None, "a driver answers every request"
    except BaseException as error:
        _tell(told, error, began)
        raise
    _tell(told, response, began)
    return response


def _changed(hook: Hook, request: Request) -> Request:
    given = cast("object", hook.before(request))
    if not isinstance(given, Request):
        raise TypeError(f"{type(hook).__name__}.before gives the request to send, not {given!r}")
    return given


def _tell(
    told: list[tuple[Hook, Request]], outcome: Response | BaseException, began: float
) -> None:
    for hook, request in reversed(told):
        hook.after(request, outcome, monotonic() - began)

# Part of the Lockstep runtime, copied here by the generator. Do not edit.
# fmt: off
"""Hooks: what is told of every request sent and of what came of it.

A hook sees each sending, challenge rounds and retries included, credentials on the request (kept
out of its ``repr``, ``redacted_url`` and ``curl``). It may change the request; it cannot change the
response. Hooks do not wait: the same hook serves blocking and awaited clients.
"""

import logging
from collections.abc import Callable
from typing import Any, Protocol

from .messages import Request, Response

_logger = logging.getLogger(__name__.partition(".")[0])


class Hook:
    """The base of hooks: changes nothing, notes nothing."""

    def before(self, request: Request) -> Request:
        """The request to send, called just before."""
        return request

    def after(self, request: Request, outcome: Response | BaseException, seconds: float) -> None:
        """Told what came, or what went wrong; the body of a streamed response is empty."""


class LogHook(Hook):
    """Writes a line for every sending to a logger, at level DEBUG."""

    def __init__(self, logger: logging.Logger = _logger) -> None:
        self._logger = logger

    def after(self, request: Request, outcome: Response | BaseException, seconds: float) -> None:
        """Method, address, status or error, and how long it took."""
        if isinstance(outcome, Response):
            came: object = outcome.status
            name = outcome.request_id
        else:
            came, name = type(outcome).__name__, None
        self._logger.debug(
            "%s %s -> %s in %.0f ms%s",
            request.method,
            request.redacted_url,
            came,
            seconds * 1000,
            f" (request {name!r})" if name else "",
        )


class Span(Protocol):
    """What is needed of a span of OpenTelemetry."""

    def set_attribute(self, key: str, value: Any) -> None:
        """Note a fact."""
        ...

    def end(self) -> None:
        """The span is over."""
        ...


class Tracer(Protocol):
    """What is needed of a tracer of OpenTelemetry."""

    def start_span(self, name: str) -> Any:
        """A span that starts now, child of the current one."""
        ...


class OpenTelemetryHook(Hook):
    """A span for every sending, named and filled as the conventions for HTTP clients say.

    ``inject``, usually ``opentelemetry.propagate.inject``, writes the headers of the context.
    """

    def __init__(
        self, tracer: Tracer, inject: Callable[[dict[str, str]], None] | None = None
    ) -> None:
        self._tracer = tracer
        self._inject = inject
        self._spans: dict[int, Span] = {}

    def before(self, request: Request) -> Request:
        """Start the span, and say so to the server."""
        span: Span = self._tracer.start_span(request.method)
        span.set_attribute("http.request.method", request.method)
        span.set_attribute("url.full", request.redacted_url)
        carrier: dict[str, str] = {}
        if self._inject is not None:
            self._inject(carrier)
        for name, value in carrier.items():
            request = request.with_header(name, value)
        # The request is kept alive by the call until it is told of below: its id is its own.
        self._spans[id(request)] = span
        return request

    def after(self, request: Request, outcome: Response | BaseException, seconds: float) -> None:
        """Note the outcome and end the span."""
        span = self._spans.pop(id(request), None)
        if span is None:
            return
        if isinstance(outcome, Response):
            span.set_attribute("http.response.status_code", outcome.status)
            if outcome.status >= 400:
                span.set_attribute("error.type", str(outcome.status))
        else:
            span.set_attribute("error.type", type(outcome).__name__)
        span.end()


_LOGGED = (LogHook(),)


def is_logging() -> bool:
    """Whether somebody listens to the lines about sendings."""
    return _logger.isEnabledFor(logging.DEBUG)


def with_logging(hooks: tuple[Hook, ...]) -> tuple[Hook, ...]:
    """The hooks, and the one that logs where somebody listens."""
    return hooks + _LOGGED if is_logging() else hooks

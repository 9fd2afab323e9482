# Part of the Lockstep runtime, copied here by the generator. Do not edit.
# fmt: off
"""What a call can end with besides its answer, but for the statuses (``status``).

Every error of this package is an ``Error`` and knows the request it ended, credentials blotted out.
Wrong arguments are ``ValueError`` and ``TypeError``, raised before anything is sent.
"""

import re

from .messages import Request, Response

_PATH = r" - at `([^`]*)`$"
_RUNTIME = __name__.rpartition(".")[0]
_PUBLIC = f"{_RUNTIME.removesuffix('._runtime')}.errors" if _RUNTIME.endswith("._runtime") else ""
"""The module that hands out these classes, so that a traceback names what can be imported."""


class Error(Exception):
    """The base of all errors of this package."""

    request: Request | None = None

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if _PUBLIC and cls.__module__.startswith(f"{_RUNTIME}."):
            cls.__module__ = _PUBLIC

    @property
    def curl(self) -> str | None:
        """A curl line that repeats the request, without its credentials."""
        return None if self.request is None else self.request.curl

    def __str__(self) -> str:
        return with_curl(super().__str__(), self.request)


if _PUBLIC:
    Error.__module__ = _PUBLIC


class TransportError(Error):
    """No response came, or not the whole of it."""


class ConnectError(TransportError):
    """No connection was made, so nothing was sent."""


class TimeoutError_(TransportError, TimeoutError):
    """Time ran out before the response was there."""


class ConnectTimeout(ConnectError, TimeoutError_):
    """Time ran out before there was a connection, so nothing was sent."""


class MissingCredentials(Error):
    """The client was given credentials, but none that this operation accepts."""


class TokenError(Error):
    """No token was to be had from the authorization server."""


class BodySpent(Error):
    """The body must be sent again, but was read and can be read only once."""


class PagingError(Error):
    """The next page is the same as one seen before, or lies on another server."""


class Misfit(ValueError):
    """A body is not what its type says, and why; whoever knows where it came from says so."""


class DecodeError(Error):
    """A body does not fit its description; ``path`` says where in it.

    ``response`` is the answer that it came in, None where it is a webhook's.
    """

    def __init__(
        self, reason: str, response: Response | None = None, request: Request | None = None
    ) -> None:
        self.reason = reason
        self.response = response
        self.request = request
        match = re.search(_PATH, reason)
        self.path = match.group(1) if match else "$"
        super().__init__(reason, response, request)

    def __str__(self) -> str:
        if self.response is None:
            return printable(self.reason)
        where = f"{self.request.method} {self.request.redacted_url}: " if self.request else ""
        name = self.response.request_id
        called = f" (request {printable(name)})" if name else ""
        says = (
            f"{where}answer {self.response.status} does not fit: {printable(self.reason)}{called}"
        )
        return with_curl(says, self.request)


def with_curl(message: str, request: Request | None) -> str:
    """A message, and below it a command that repeats the request without its credentials."""
    return message if request is None else f"{message}\n  {printable(request.curl, 2000)}"


def printable(text: str, limit: int = 300) -> str:
    """Text of a server made fit for a message: one line, no control characters, not too long."""
    shown = "".join(c if c.isprintable() else " " for c in text[: limit + 1])
    return shown if len(text) <= limit else shown[:limit] + "..."

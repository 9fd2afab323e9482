# Part of the Lockstep runtime, copied here by the generator. Do not edit.
# fmt: off
"""Responses that are errors: one class a status.

In comes a response that is not the success an operation declares, out goes the most specific class
with what the declared error body says. A 2xx status that the description does not list is an error
too (``UnexpectedStatus``), as are redirects, which are never followed.
"""

from collections.abc import Mapping
from typing import Any

from .errors import Error, printable, with_curl
from .messages import Request, Response


class StatusError(Error):
    """The server answered, but not with a declared success."""

    def __init__(
        self,
        request: Request,
        response: Response,
        *,
        body: Any = None,
        code: str | None = None,
        detail: str | None = None,
    ) -> None:
        super().__init__(request, response)
        self.request = request
        self.response = response
        self.body = body
        """The decoded error body, None where it is not the declared one (see ``response.body``)."""
        self.code = code
        self.detail = detail

    @property
    def status(self) -> int:
        """The HTTP status."""
        return self.response.status

    @property
    def request_id(self) -> str | None:
        """What the server calls this exchange."""
        return self.response.request_id

    def __str__(self) -> str:
        asked = f"{self.request.method} {self.request.redacted_url}: " if self.request else ""
        says = [f"{asked}{self.status}"]
        says += [printable(word) for word in (self.code, self.detail) if word]
        if self.request_id:
            says.append(f"(request {printable(self.request_id)})")
        return with_curl(" ".join(says), self.request)


class UnexpectedStatus(StatusError):
    """A status below 400 that the operation does not declare."""


class ClientError(StatusError):
    """4xx."""


class BadRequest(ClientError):
    """400."""


class Unauthorized(ClientError):
    """401."""


class PaymentRequired(ClientError):
    """402."""


class Forbidden(ClientError):
    """403."""


class NotFound(ClientError):
    """404."""


class MethodNotAllowed(ClientError):
    """405."""


class NotAcceptable(ClientError):
    """406."""


class RequestTimeout(ClientError):
    """408."""


class Conflict(ClientError):
    """409."""


class Gone(ClientError):
    """410."""


class PreconditionFailed(ClientError):
    """412."""


class UnsupportedMediaType(ClientError):
    """415."""


class UnprocessableEntity(ClientError):
    """422."""


class TooManyRequests(ClientError):
    """429."""


class ServerError(StatusError):
    """5xx."""


class InternalServerError(ServerError):
    """500."""


class BadGateway(ServerError):
    """502."""


class ServiceUnavailable(ServerError):
    """503."""


class GatewayTimeout(ServerError):
    """504."""


CLASSES: Mapping[int, type[StatusError]] = {
    400: BadRequest,
    401: Unauthorized,
    402: PaymentRequired,
    403: Forbidden,
    404: NotFound,
    405: MethodNotAllowed,
    406: NotAcceptable,
    408: RequestTimeout,
    409: Conflict,
    410: Gone,
    412: PreconditionFailed,
    415: UnsupportedMediaType,
    422: UnprocessableEntity,
    429: TooManyRequests,
    500: InternalServerError,
    502: BadGateway,
    503: ServiceUnavailable,
    504: GatewayTimeout,
}
"""The statuses that have a class of their own."""


def error_class(status: int) -> type[StatusError]:
    """The most specific class of a status."""
    if status in CLASSES:
        return CLASSES[status]
    if status < 400:
        return UnexpectedStatus
    return ClientError if status < 500 else ServerError

"""The error classes of the runtime by status, for documentation; a test holds both tables equal."""

from __future__ import annotations

ERRORS = {
    400: "BadRequest",
    401: "Unauthorized",
    402: "PaymentRequired",
    403: "Forbidden",
    404: "NotFound",
    405: "MethodNotAllowed",
    406: "NotAcceptable",
    408: "RequestTimeout",
    409: "Conflict",
    410: "Gone",
    412: "PreconditionFailed",
    415: "UnsupportedMediaType",
    422: "UnprocessableEntity",
    429: "TooManyRequests",
    500: "InternalServerError",
    502: "BadGateway",
    503: "ServiceUnavailable",
    504: "GatewayTimeout",
}


def error_name(status: str) -> str:
    """The class raised for a status or range; empty for what is no error."""
    if status.isdigit() and int(status) in ERRORS:
        return ERRORS[int(status)]
    families = {"3": "UnexpectedStatus", "4": "ClientError", "5": "ServerError"}
    return families.get(status[:1], "StatusError" if status == "default" else "")

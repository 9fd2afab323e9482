"""What schemathesis sent and got, as this suite's own requests and responses."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from schemathesis.core.transport import Response as SentResponse

from generator.api.exchange import Headers, Request, Response


def request_of(method: str, url: str, headers: Mapping[str, list[str]], body: object) -> Request:
    """A request of the engine's, by what it says of it."""
    parts = urlsplit(url)
    target = parts.path + (f"?{parts.query}" if parts.query else "")
    octets = body if isinstance(body, bytes) else str(body or "").encode()
    return Request(method, target, _headers(headers), octets)


def response_of(response: SentResponse | None) -> Response:
    """The answer; of status 0 where none came."""
    if response is None:
        return Response(0)
    return Response(response.status_code, _headers(response.headers), response.content or b"")


def _headers(headers: Mapping[str, list[str]]) -> Headers:
    return tuple((name, value) for name, values in headers.items() for value in values)

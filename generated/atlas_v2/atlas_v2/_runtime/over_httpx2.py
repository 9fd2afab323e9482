# Part of the Lockstep runtime, copied here by the generator. Do not edit.
# fmt: off
# Derived from over_httpx2_async.py, which is the one to edit.
"""The transport over httpx2, the default: one connection pool.

A client of the caller's own (with its proxies, certificates and limits) may be given; its cookies,
credentials and redirects are not used, its default headers are, below those of the request.
"""

import time

import httpx2

from .errors import ConnectError, ConnectTimeout, TimeoutError_, TransportError
from .messages import Headers, Request, Response

_OURS = frozenset((b"accept", b"user-agent", b"host", b"content-length"))


class Httpx2Transport:
    """Sends requests with httpx2."""

    def __init__(self, client: httpx2.Client | None = None) -> None:
        self._client = httpx2.Client() if client is None else client
        self._headers = [pair for pair in self._client.headers.raw if pair[0].lower() not in _OURS]

    def send(self, request: Request, timeout: float | None) -> Response:
        """Send and read the response; ``timeout`` bounds connecting, writing and each read."""
        try:
            response = self._client.send(
                self._message(request, timeout), auth=None, follow_redirects=False
            )
        except httpx2.ConnectError as error:
            raise ConnectError(_reason(error)) from error
        except (httpx2.ConnectTimeout, httpx2.PoolTimeout) as error:
            raise ConnectTimeout(_reason(error)) from error
        except httpx2.TimeoutException as error:
            raise TimeoutError_(_reason(error)) from error
        except (httpx2.TransportError, httpx2.DecodingError, httpx2.InvalidURL) as error:
            raise TransportError(_reason(error)) from error
        pairs = [
            (name.decode("latin-1"), text.decode("latin-1")) for name, text in response.headers.raw
        ]
        return Response(response.status_code, Headers(pairs), response.content)

    def sleep(self, seconds: float) -> None:
        """Wait."""
        time.sleep(seconds)

    def close(self) -> None:
        """Close the pool."""
        self._client.close()

    def _message(self, request: Request, timeout: float | None) -> httpx2.Request:
        own = [(name.encode(), value.encode()) for name, value in request.headers.items()]
        below = [pair for pair in self._headers if pair[0].decode().lower() not in request.headers]
        return httpx2.Request(
            request.method,
            request.url,
            headers=[*own, *below],
            content=request.body or None,
            extensions={"timeout": httpx2.Timeout(timeout).as_dict()},
        )


def _reason(error: Exception) -> str:
    return f"{type(error).__name__}: {error}" if str(error) else type(error).__name__

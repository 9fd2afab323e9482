"""The transport over pyreqwest, the fast one: a pool in native code.

Known limits of pyreqwest: a client does not survive a fork (this transport says so instead of
hanging), and waits only on asyncio. Its redirects, cookies and referrers are switched off.
"""

import asyncio
import os
from datetime import timedelta

from pyreqwest import exceptions
from pyreqwest.client import Client, ClientBuilder

from .errors import ConnectError, ConnectTimeout, TimeoutError_, TransportError
from .messages import Headers, Request, Response


class AsyncPyreqwestTransport:
    """Sends requests with pyreqwest."""

    def __init__(self, client: Client | None = None) -> None:
        self._client = client or ClientBuilder().follow_redirects(False).referer(False).build()
        self._process = os.getpid()

    async def send(self, request: Request, timeout: float | None) -> Response:
        """Send and read the response; ``timeout`` bounds the whole of it."""
        if os.getpid() != self._process:
            raise TransportError("pyreqwest does not survive a fork: make the client after it")
        building = self._client.request(request.method, request.url).headers(request.headers)
        if request.body:
            building = building.body_bytes(request.body)
        if timeout is not None:
            building = building.timeout(timedelta(seconds=timeout))
        try:
            response = await building.build().send()
            body = bytes(await response.bytes())
        except exceptions.ConnectError as error:
            # It also says so of a connection that broke after the request was sent.
            kind = ConnectError if "(Connect)" in _reason(error) else TransportError
            raise kind(_reason(error)) from error
        except (exceptions.ConnectTimeoutError, exceptions.PoolTimeoutError) as error:
            raise ConnectTimeout(_reason(error)) from error
        except exceptions.RequestTimeoutError as error:
            raise TimeoutError_(_reason(error)) from error
        except (exceptions.RequestError, exceptions.BuilderError) as error:
            raise TransportError(_reason(error)) from error
        return Response(response.status, Headers(response.headers.items()), body)

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await asyncio.sleep(seconds)

    async def close(self) -> None:
        """Close the pool."""
        await self._client.close()


def _reason(error: exceptions.DetailedPyreqwestError) -> str:
    causes = (error.details.get("causes") or []) if error.details else []
    return ": ".join([error.message, *(cause["message"] for cause in causes)])

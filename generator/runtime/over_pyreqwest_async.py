"""The transport over pyreqwest, the fast one: a pool in native code.

Known limits of pyreqwest: a client does not survive a fork (this transport says so instead of
hanging), and waits only on asyncio.
A call's timeout bounds all of a response that is read at once; where one is streamed, each silence
is bounded by the options of the transport.
"""

import os
import sys
from collections.abc import AsyncIterator
from threading import Lock

from pyreqwest.client import Client, ClientBuilder
from pyreqwest.request import RequestBuilder, StreamRequest
from pyreqwest.response import Response as Answer

from .errors import TransportError
from .messages import Headers, Request, Response
from .over_pyreqwest_building import (
    FAILURES,
    USUAL_TIMEOUT,
    NativeHeaders,
    built,
    duration,
    failure,
)
from .transport import Timeouts, TransportOptions
from .upload import Upload


class AsyncPyreqwestTransport:
    """Sends requests with pyreqwest."""

    def __init__(self, options: TransportOptions | None = None) -> None:
        self._options = options or TransportOptions()
        self._client: Client | None = None
        self._process = 0
        self._closed = False
        self._lock = Lock()

    async def send(self, request: Request, timeouts: Timeouts) -> Response:
        """Send and read the response whole; the tighter timeout bounds all of it."""
        building = self._building(request, timeouts.shortest)
        try:
            response = await building.build().send()
            body = bytes(await response.bytes())
        except FAILURES as error:
            raise failure(error) from None
        return Response(response.status, NativeHeaders(response), body)

    async def open(self, request: Request, timeouts: Timeouts) -> "AsyncPyreqwestIncoming":
        """Send and leave the body to be read; only the total bounds it here."""
        building = self._building(request, timeouts.total)
        try:
            sending = building.build_streamed()
            return AsyncPyreqwestIncoming(sending, await sending.__aenter__())
        except FAILURES as error:
            raise failure(error) from None

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        # Whoever awaits this has asyncio; a blocking client must not pay for loading it.
        await sys.modules["asyncio"].sleep(seconds)

    async def close(self) -> None:
        """Close the pool, and let go of it: only then are its idle connections closed."""
        with self._lock:
            client, self._client, self._closed = self._client, None, True
        if client is not None:
            await client.close()

    def _building(self, request: Request, timeout: float | None) -> RequestBuilder:
        building = self._native().request(request.method, request.url).headers(request.headers)
        body = request.body
        if isinstance(body, Upload):
            building = building.body_stream(body.pieces_async())
            if body.length is not None:
                building = building.header("content-length", str(body.length))
        elif body:
            building = building.body_bytes(body)
        if timeout != USUAL_TIMEOUT:
            building = building.timeout(duration(timeout))
        return building

    def _native(self) -> Client:
        """The native client, made at the first call: it reads every certificate that it trusts."""
        if self._client is None:
            self._make()
        client = self._client
        if client is None:
            raise TransportError("the transport is closed")
        if os.getpid() != self._process:
            raise TransportError("pyreqwest does not survive a fork: make the client after it")
        return client

    def _make(self) -> None:
        with self._lock:
            if self._client is None and not self._closed:
                # Before the client, which other threads take as soon as it stands there.
                self._process = os.getpid()
                self._client = built(ClientBuilder(), self._options).build()


class AsyncPyreqwestIncoming:
    """A response whose body is still to be read."""

    __slots__ = ("_closed", "_response", "_sending", "headers", "status")

    def __init__(self, sending: StreamRequest, response: Answer) -> None:
        self._sending = sending
        self._response = response
        self._closed = False
        self.status = response.status
        self.headers: Headers = NativeHeaders(response)

    async def chunks(self) -> AsyncIterator[bytes]:
        """The body in pieces, content codings undone."""
        try:
            while (chunk := await self._response.body_reader.read_chunk()) is not None:
                yield bytes(chunk)
        except FAILURES as error:
            raise failure(error) from None

    async def close(self) -> None:
        """Give the connection back, or up."""
        if not self._closed:
            self._closed = True
            await self._sending.__aexit__(None, None, None)

# Part of the Lockstep runtime, copied here by the generator. Do not edit.
# fmt: off
"""Calls over a transport: an operation with arguments in, its typed answer or a page out.

What is sent and when is decided by ``exchange``; this module only carries the steps out.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from typing import Any, Generic, TypeVar

from msgspec import UNSET

from .errors import TransportError
from .messages import Request, Response
from .operation import Operation, PagedOperation, is_paged
from .options import Options
from .paging import Turn
from .raw import RawResponse, is_success
from .session import Session
from .streamed_async import AsyncStreamedResponse
from .transport import AsyncIncoming, AsyncTransport, Timeouts

T = TypeVar("T")
I = TypeVar("I")  # noqa: E741 (the item of a page)


class AsyncCaller:
    """Makes the calls of a client."""

    __slots__ = ("session", "transport")

    def __init__(self, session: Session, transport: AsyncTransport) -> None:
        self.session = session
        self.transport = transport

    async def call(
        self,
        operation: Operation[T],
        arguments: Mapping[str, object],
        body: object = UNSET,
        *,
        options: Options | None = None,
    ) -> T:
        """The typed answer of an operation."""
        raw = await self._send(operation, Turn(arguments), body, options)
        return raw.parse()

    async def call_raw(
        self,
        operation: Operation[T],
        arguments: Mapping[str, object],
        body: object = UNSET,
        *,
        options: Options | None = None,
    ) -> RawResponse[T]:
        """The answer of an operation as it came, whatever its status."""
        return await self._send(operation, Turn(arguments), body, options)

    async def stream(
        self,
        operation: Operation[T],
        arguments: Mapping[str, object],
        body: object = UNSET,
        *,
        options: Options | None = None,
    ) -> AsyncStreamedResponse[T]:
        """The answer of an operation, its body still to be read; to be closed by the caller."""
        opening = _Opening(self.transport)
        try:
            raw = await self._send(operation, Turn(arguments), body, options, opening.send)
            incoming = opening.incoming
            if incoming is None or not is_success(operation, raw.status):
                raw.parse()
        except BaseException:
            await opening.close()
            raise
        assert incoming is not None, "a declared success is open"
        return AsyncStreamedResponse(operation, raw.request, incoming)

    async def page(
        self,
        operation: PagedOperation[Any, I],
        arguments: Mapping[str, object],
        body: object = UNSET,
        *,
        options: Options | None = None,
    ) -> "AsyncPage[I]":
        """A page of items."""
        return await self.turn(operation, Turn(arguments), body, options)

    async def page_or_whole(
        self,
        operation: Operation[Any],
        arguments: Mapping[str, object],
        body: object = UNSET,
        *,
        options: Options | None = None,
    ) -> Any:
        """A page of items, or the whole answer where what is asked for is no page."""
        if is_paged(operation):
            return await self.page(operation, arguments, body, options=options)
        return await self.call(operation, arguments, body, options=options)

    async def turn(
        self,
        operation: PagedOperation[Any, I],
        turn: Turn,
        body: object,
        options: Options | None,
    ) -> "AsyncPage[I]":
        """The page that a turn asks for."""
        raw = await self._send(operation, turn, body, options)
        return AsyncPage(self, operation, turn, raw, body, options)

    async def _send(
        self,
        operation: Operation[T],
        turn: Turn,
        body: object,
        options: Options | None,
        send: Callable[[Request, Timeouts], Awaitable[Response]] | None = None,
    ) -> RawResponse[T]:
        """Carry out the steps of a call until a response stands; `send` does what a call is for."""
        transport = self.transport
        request, steps = self.session.start(operation, turn, body, options)
        try:
            step = next(steps)
            while True:
                try:
                    response = None
                    if step.request is None:
                        await transport.sleep(step.pause)
                    elif step.aside or send is None:
                        response = await transport.send(step.request, step.timeouts)
                    else:
                        response = await send(step.request, step.timeouts)
                except TransportError as error:
                    step = steps.throw(error)
                else:
                    step = steps.send(response)
        except StopIteration as done:
            return RawResponse(operation, request, done.value)
        finally:
            # A call that is cancelled must let go of what other calls wait for.
            steps.close()


class AsyncPage(Generic[I]):
    """One page of items; walking on asks the server for more, and only walking on does.

    A page is not itself iterable, so that ``len``, ``in`` and ``for`` never hide a call.
    """

    def __init__(
        self,
        caller: AsyncCaller,
        operation: PagedOperation[Any, I],
        turn: Turn,
        raw: RawResponse[Any],
        body: object,
        options: Options | None,
    ) -> None:
        self._caller = caller
        self._operation = operation
        self._body = body
        self._options = options
        self._turn = turn
        self.raw = raw
        """The response."""
        self.value: Any = raw.parse()
        """The whole body."""
        self.items: list[I] = operation.page.items_of(self.value)
        """The items of this page."""

    @property
    def total(self) -> int | None:
        """How many items there are in all, where the server says so."""
        return self._operation.page.total_of(self.value)

    async def next(self) -> "AsyncPage[I] | None":
        """The next page, None after the last; PagingError when it was seen before."""
        turn = self._operation.page.following(
            self._turn, self.value, self.raw.request, self.raw.response
        )
        if turn is None:
            return None
        return await self._caller.turn(self._operation, turn, self._body, self._options)

    async def pages(self) -> AsyncIterator["AsyncPage[I]"]:
        """This page and those after it."""
        page: AsyncPage[I] | None = self
        while page is not None:
            yield page
            page = await page.next()

    async def all(self) -> AsyncIterator[I]:
        """The items of this page and of those after it."""
        async for page in self.pages():
            for item in page.items:
                yield item

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {len(self.items)} items, total {self.total}>"


class _Opening:
    """Sends and leaves the body of a success to be read."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport
        self.incoming: AsyncIncoming | None = None

    async def send(self, request: Request, timeouts: Timeouts) -> Response:
        await self.close()
        incoming = await self._transport.open(request, timeouts)
        if 200 <= incoming.status < 300:
            self.incoming = incoming
            return Response(incoming.status, incoming.headers)
        try:
            body = b"".join([chunk async for chunk in incoming.chunks()])
        finally:
            await incoming.close()
        return Response(incoming.status, incoming.headers, body)

    async def close(self) -> None:
        incoming, self.incoming = self.incoming, None
        if incoming is not None:
            await incoming.close()

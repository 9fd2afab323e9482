# Part of the Lockstep runtime, copied here by the generator. Do not edit.
# fmt: off
"""Other ways to ask for the same answers: as they came, or piece by piece.

In comes a method of a resource whose caller is one of the two below, out goes the same method with
the type it really answers with. So each method is written once, whatever is asked of it.
"""

from collections.abc import Awaitable, Callable, Mapping
from functools import wraps
from types import TracebackType
from typing import Any, Generic, ParamSpec, TypeVar, cast

from msgspec import UNSET

from .caller_async import AsyncCaller, AsyncPage
from .operation import Operation, PagedOperation
from .options import Options
from .paging import Turn
from .raw import RawResponse
from .streamed_async import AsyncHeadedStream, AsyncStreamedResponse
from .typed_headers import H, HeadedResponse

P = ParamSpec("P")
T = TypeVar("T")
R = TypeVar("R", bound=AsyncStreamedResponse[Any])


class AsyncRawCaller(AsyncCaller):
    """Answers with the response as it came."""

    __slots__ = ()

    def __init__(self, caller: AsyncCaller) -> None:
        super().__init__(caller.session, caller.transport)

    async def call(
        self,
        operation: Operation[T],
        arguments: Mapping[str, object],
        body: object = UNSET,
        *,
        options: Options | None = None,
    ) -> Any:
        """The response; its ``parse`` gives what the plain call gives."""
        return await self.call_raw(operation, arguments, body, options=options)

    async def page(
        self,
        operation: PagedOperation[Any, Any],
        arguments: Mapping[str, object],
        body: object = UNSET,
        *,
        options: Options | None = None,
    ) -> Any:
        """The response; its ``parse`` gives the page."""
        raw = await self.call_raw(operation, arguments, body, options=options)
        plain = AsyncCaller(self.session, self.transport)

        def page() -> Any:
            return AsyncPage(plain, operation, Turn(arguments), raw, body, options)

        return RawResponse(operation, raw.request, raw.response, page)


class AsyncStreamCaller(AsyncCaller):
    """Answers with responses whose bodies are still to be read."""

    __slots__ = ()

    def __init__(self, caller: AsyncCaller) -> None:
        super().__init__(caller.session, caller.transport)

    async def call(
        self,
        operation: Operation[T],
        arguments: Mapping[str, object],
        body: object = UNSET,
        *,
        options: Options | None = None,
    ) -> Any:
        """The response, open."""
        return await self.stream(operation, arguments, body, options=options)

    async def page(
        self,
        operation: PagedOperation[Any, Any],
        arguments: Mapping[str, object],
        body: object = UNSET,
        *,
        options: Options | None = None,
    ) -> Any:
        """The response, open; a stream does not walk on."""
        return await self.stream(operation, arguments, body, options=options)


class AsyncStreaming(Generic[R]):
    """A call that is made on entering ``async with`` and closed on leaving it."""

    def __init__(self, call: Callable[[], Awaitable[R]]) -> None:
        self._call = call
        self._response: R | None = None

    async def __aenter__(self) -> R:
        self._response = await self._call()
        return self._response

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._response is not None:
            await self._response.close()


def async_raw(method: Callable[P, Awaitable[T]]) -> Callable[P, Awaitable[RawResponse[T]]]:
    """A method of a resource over ``AsyncRawCaller``, with the type it answers with."""
    return cast("Callable[P, Awaitable[RawResponse[T]]]", method)


def async_headed(
    method: Callable[P, Awaitable[T]], fields: type[H]
) -> Callable[P, Awaitable[HeadedResponse[T, H]]]:
    """A method of a resource over ``AsyncRawCaller`` whose answers have typed header fields."""
    plain = async_raw(method)

    @wraps(method)
    async def call(*args: P.args, **kwargs: P.kwargs) -> HeadedResponse[T, H]:
        return HeadedResponse(await plain(*args, **kwargs), fields)

    return call


def async_streamed(
    method: Callable[P, Awaitable[T]],
) -> Callable[P, AsyncStreaming[AsyncStreamedResponse[T]]]:
    """A method of a resource over ``AsyncStreamCaller``, called on entering ``async with``."""
    opening = cast("Callable[P, Awaitable[AsyncStreamedResponse[T]]]", method)

    @wraps(method)
    def call(*args: P.args, **kwargs: P.kwargs) -> AsyncStreaming[AsyncStreamedResponse[T]]:
        return AsyncStreaming(lambda: opening(*args, **kwargs))

    return call


def async_headed_stream(
    method: Callable[P, Awaitable[T]], fields: type[H]
) -> Callable[P, AsyncStreaming[AsyncHeadedStream[T, H]]]:
    """The same, of a method whose answers have typed header fields."""
    opening = cast("Callable[P, Awaitable[AsyncStreamedResponse[T]]]", method)

    @wraps(method)
    def call(*args: P.args, **kwargs: P.kwargs) -> AsyncStreaming[AsyncHeadedStream[T, H]]:
        async def opened() -> AsyncHeadedStream[T, H]:
            return AsyncHeadedStream(await opening(*args, **kwargs), fields)

        return AsyncStreaming(opened)

    return call

# Part of the Lockstep runtime, copied here by the generator. Do not edit.
# fmt: off
# Derived from surfaces_async.py, which is the one to edit.
"""Other ways to ask for the same answers: as they came, or piece by piece.

In comes a method of a resource whose caller is one of the two below, out goes the same method with
the type it really answers with. So each method is written once, whatever is asked of it.
"""

from collections.abc import Callable, Mapping
from functools import wraps
from types import TracebackType
from typing import Any, Generic, ParamSpec, TypeVar, cast

from msgspec import UNSET

from .caller import Caller, Page
from .operation import Operation, PagedOperation
from .options import Options
from .paging import Turn
from .raw import RawResponse
from .streamed import HeadedStream, StreamedResponse
from .typed_headers import H, HeadedResponse

P = ParamSpec("P")
T = TypeVar("T")
R = TypeVar("R", bound=StreamedResponse[Any])


class RawCaller(Caller):
    """Answers with the response as it came."""

    __slots__ = ()

    def __init__(self, caller: Caller) -> None:
        super().__init__(caller.session, caller.transport)

    def call(
        self,
        operation: Operation[T],
        arguments: Mapping[str, object],
        body: object = UNSET,
        *,
        options: Options | None = None,
    ) -> Any:
        """The response; its ``parse`` gives what the plain call gives."""
        return self.call_raw(operation, arguments, body, options=options)

    def page(
        self,
        operation: PagedOperation[Any, Any],
        arguments: Mapping[str, object],
        body: object = UNSET,
        *,
        options: Options | None = None,
    ) -> Any:
        """The response; its ``parse`` gives the page."""
        raw = self.call_raw(operation, arguments, body, options=options)
        plain = Caller(self.session, self.transport)

        def page() -> Any:
            return Page(plain, operation, Turn(arguments), raw, body, options)

        return RawResponse(operation, raw.request, raw.response, page)


class StreamCaller(Caller):
    """Answers with responses whose bodies are still to be read."""

    __slots__ = ()

    def __init__(self, caller: Caller) -> None:
        super().__init__(caller.session, caller.transport)

    def call(
        self,
        operation: Operation[T],
        arguments: Mapping[str, object],
        body: object = UNSET,
        *,
        options: Options | None = None,
    ) -> Any:
        """The response, open."""
        return self.stream(operation, arguments, body, options=options)

    def page(
        self,
        operation: PagedOperation[Any, Any],
        arguments: Mapping[str, object],
        body: object = UNSET,
        *,
        options: Options | None = None,
    ) -> Any:
        """The response, open; a stream does not walk on."""
        return self.stream(operation, arguments, body, options=options)


class Streaming(Generic[R]):
    """A call that is made on entering ``with`` and closed on leaving it."""

    def __init__(self, call: Callable[[], R]) -> None:
        self._call = call
        self._response: R | None = None

    def __enter__(self) -> R:
        self._response = self._call()
        return self._response

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._response is not None:
            self._response.close()


def raw(method: Callable[P, T]) -> Callable[P, RawResponse[T]]:
    """A method of a resource over ``RawCaller``, with the type it answers with."""
    return cast("Callable[P, RawResponse[T]]", method)


def headed(method: Callable[P, T], fields: type[H]) -> Callable[P, HeadedResponse[T, H]]:
    """A method of a resource over ``RawCaller`` whose answers have typed header fields."""
    plain = raw(method)

    @wraps(method)
    def call(*args: P.args, **kwargs: P.kwargs) -> HeadedResponse[T, H]:
        return HeadedResponse(plain(*args, **kwargs), fields)

    return call


def streamed(
    method: Callable[P, T],
) -> Callable[P, Streaming[StreamedResponse[T]]]:
    """A method of a resource over ``StreamCaller``, called on entering ``with``."""
    opening = cast("Callable[P, StreamedResponse[T]]", method)

    @wraps(method)
    def call(*args: P.args, **kwargs: P.kwargs) -> Streaming[StreamedResponse[T]]:
        return Streaming(lambda: opening(*args, **kwargs))

    return call


def headed_stream(
    method: Callable[P, T], fields: type[H]
) -> Callable[P, Streaming[HeadedStream[T, H]]]:
    """The same, of a method whose answers have typed header fields."""
    opening = cast("Callable[P, StreamedResponse[T]]", method)

    @wraps(method)
    def call(*args: P.args, **kwargs: P.kwargs) -> Streaming[HeadedStream[T, H]]:
        def opened() -> HeadedStream[T, H]:
            return HeadedStream(opening(*args, **kwargs), fields)

        return Streaming(opened)

    return call

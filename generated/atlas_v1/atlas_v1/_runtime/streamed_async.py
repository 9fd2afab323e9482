# Part of the Lockstep runtime, copied here by the generator. Do not edit.
# fmt: off
"""Responses read piece by piece: bytes, lines, JSON lines, server-sent events, or into a file.

In comes a declared success whose body is still to be read, out go its pieces, in bounded memory. A
body can be read once. Leaving the ``async with`` block closes it, which gives its connection back
when the body was read to its end, and closes the connection when it was not.
"""

import os
from collections.abc import AsyncIterator, Callable
from types import TracebackType
from typing import Any, Generic, Self, TypeVar, get_args, get_origin

from .decode import charset_of, decode_event, decode_json, decode_part
from .errors import DecodeError, TransportError
from .lines import Event, Events, Lines, LineTooLong
from .messages import Headers, Request, Response
from .operation import Operation
from .parts import MIXED, Parts, Received
from .raw import RawResponse
from .sequences import EVENT_STREAM, text_of, text_of_event
from .transport import AsyncIncoming
from .typed_headers import H, read_fields

T = TypeVar("T")
V = TypeVar("V")


class AsyncStreamedResponse(Generic[T]):
    """A success whose body is read as it comes."""

    def __init__(self, operation: Operation[T], request: Request, incoming: AsyncIncoming) -> None:
        self._operation = operation
        self._incoming = incoming
        self._spent = False
        self.request = request

    @property
    def status(self) -> int:
        """The HTTP status."""
        return self._incoming.status

    @property
    def headers(self) -> Headers:
        """The header fields."""
        return self._incoming.headers

    async def chunks(self) -> AsyncIterator[bytes]:
        """The body in pieces of any size, content codings undone."""
        if self._spent:
            raise RuntimeError("the body of a streamed response can be read once")
        self._spent = True
        try:
            async for chunk in self._incoming.chunks():
                yield chunk
        except TransportError as error:
            error.request = self.request
            raise

    async def lines(self) -> AsyncIterator[str]:
        """The body in lines, without their ends."""
        charset = charset_of(self.headers)
        async for line in self._cut(Lines()):
            yield self._text(line, charset)

    async def json_lines(self, wanted: type[V]) -> AsyncIterator[V]:
        """Each line of the body as a value; empty lines are passed over."""
        async for line in self._cut(Lines()):
            if line.strip():
                yield self._value(line, wanted)

    async def events(self, wanted: type[V]) -> AsyncIterator[Event[V]]:
        """The server-sent events of the body, their data decoded unless ``str`` is wanted."""
        building = Events()
        async for line in self._cut(Lines(bare_returns=True)):
            found = building.feed(self._text(line, "utf-8"))
            if found is not None:
                yield self._event(found, wanted)

    async def items(self: "AsyncStreamedResponse[list[V]]") -> AsyncIterator[V]:
        """The items of a body that is a sequence of them, each as the plain call gives it."""
        head = RawResponse(self._operation, self.request, Response(self.status, self.headers))
        media_type, wanted = head.reading()
        item = get_args(wanted)[0]
        if media_type == MIXED:
            async for part in self._parts():
                yield self._decoded(decode_part, part, item)
        elif get_origin(item) is Event:
            async for event in self.events(str):
                yield self._typed(event, get_args(item)[0])
        elif media_type == EVENT_STREAM:
            async for event in self.events(str):
                yield self._value(text_of_event(event), item)
        else:
            async for line in self._cut(Lines()):
                if text := text_of(line):
                    yield self._value(text, item)

    async def read(self) -> bytes:
        """The whole body."""
        return b"".join([chunk async for chunk in self.chunks()])

    async def parse(self) -> T:
        """The whole body, as the plain call would answer it."""
        response = Response(self.status, self.headers, await self.read())
        return RawResponse(self._operation, self.request, response).parse()

    async def save(self, path: str | os.PathLike[str]) -> int:
        """Write the body to a file and say how long it is; a cut body leaves no file."""
        part, size = f"{os.fspath(path)}.part", 0
        try:
            with open(part, "wb") as file:
                async for chunk in self.chunks():
                    size += file.write(chunk)
            os.replace(part, path)
        except BaseException:
            if os.path.exists(part):
                os.unlink(part)
            raise
        return size

    async def close(self) -> None:
        """Give the connection back, or up."""
        self._spent = True
        await self._incoming.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.status}>"

    async def _cut(self, lines: Lines) -> AsyncIterator[bytes]:
        try:
            async for chunk in self.chunks():
                for line in lines.feed(chunk):
                    yield line
        except LineTooLong as error:
            raise self._misfit(b"", str(error)) from error
        for line in lines.end():
            yield line

    async def _parts(self) -> AsyncIterator[Received]:
        try:
            cutting = Parts(self.headers)
            async for chunk in self.chunks():
                for part in cutting.feed(chunk):
                    yield part
            cutting.end()
        except ValueError as error:
            raise self._misfit(b"", str(error)) from error

    def _text(self, line: bytes, charset: str) -> str:
        try:
            return line.decode(charset)
        except (LookupError, UnicodeDecodeError) as error:
            raise self._misfit(line, f"a line is not {charset!r}") from error

    def _value(self, line: bytes, wanted: Any) -> Any:
        return self._decoded(decode_json, Received(self.headers, line), wanted)

    def _decoded(self, decode: Callable[[Response, Any], Any], part: Received, wanted: Any) -> Any:
        try:
            return decode(Response(self.status, part.headers, part.content), wanted)
        except DecodeError as error:
            error.request = self.request
            raise

    def _typed(self, event: Event[str], wanted: Any) -> Any:
        try:
            return decode_event(Response(self.status, self.headers), event, wanted)
        except DecodeError as error:
            error.request = self.request
            raise

    def _event(self, found: Event[str], wanted: Any) -> Event[Any]:
        data = found.data if wanted is str else self._value(found.data.encode(), wanted)
        return Event(data=data, event=found.event, id=found.id, retry=found.retry)

    def _misfit(self, line: bytes, reason: str) -> DecodeError:
        return DecodeError(reason, Response(self.status, self.headers, line), self.request)


class AsyncHeadedStream(AsyncStreamedResponse[T], Generic[T, H]):
    """A success whose body is read as it comes, and whose header fields are described."""

    def __init__(self, stream: AsyncStreamedResponse[T], fields: type[H]) -> None:
        super().__init__(stream._operation, stream.request, stream._incoming)
        self._fields = fields

    @property
    def typed_headers(self) -> H:
        """The header fields that the description declares."""
        response = Response(self.status, self.headers)
        return read_fields(self._fields, response, self.request)

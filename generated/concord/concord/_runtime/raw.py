# Part of the Lockstep runtime, copied here by the generator. Do not edit.
# fmt: off
"""Responses judged by what an operation declares.

In come an operation and the response that stood, out goes the typed body of a declared success.
Everything else raises: a status error with what the declared error body says, a decoding error when
a declared body does not fit. 204, 205, 304 and answers to HEAD are never parsed.
"""

from collections.abc import Callable
from typing import Any, Generic, TypeVar, cast

from msgspec import UNSET

from .decode import decode
from .error_words import code_and_detail
from .errors import DecodeError
from .messages import Headers, Request, Response, essence, is_json, standing_for
from .operation import Answer, ErrorFields, Operation
from .plain import is_mapping, is_sequence
from .pointer import lookup
from .status import StatusError, error_class

T = TypeVar("T")

_BODILESS = frozenset((204, 205, 304))
_MOST_READINGS = 64

Reading = tuple[str, Any]
"""The media type and the type of a body, None where there is none."""


class RawResponse(Generic[T]):
    """A response as it came; ``parse`` judges it as the plain call would."""

    __slots__ = ("make", "operation", "request", "response")

    def __init__(
        self,
        operation: Operation[T],
        request: Request,
        response: Response,
        make: Callable[[], T] | None = None,
    ) -> None:
        self.operation = operation
        self.make = make
        self.request = request
        self.response = response

    @property
    def status(self) -> int:
        """The HTTP status."""
        return self.response.status

    @property
    def headers(self) -> Headers:
        """The header fields."""
        return self.response.headers

    @property
    def body(self) -> bytes:
        """The body as it came."""
        return self.response.body

    def parse(self) -> T:
        """What the plain call would give; raises what it would raise."""
        if self.make is not None:
            return self.make()
        operation, response = self.operation, self.response
        key = response.status, response.headers.get("content-type")
        reading = operation.readings.get(key) or self._reading(key)
        try:
            return cast("T", decode(response, *reading))
        except DecodeError as error:
            error.request = self.request
            raise

    def reading(self) -> Reading:
        """The media type and the type that the body is read as; raises where it is no success."""
        return self._reading((self.response.status, self.response.headers.get("content-type")))

    def _reading(self, key: tuple[int, str | None]) -> Reading:
        """How answers of this status and media type are read; raises where they are none."""
        operation, response = self.operation, self.response
        answers = _declared(operation, response.status)
        if not 200 <= response.status < 300 or not answers:
            raise _status_error(operation, self.request, response)
        try:
            reading = _reading_of(operation, answers, response)
        except DecodeError as error:
            error.request = self.request
            raise
        if len(operation.readings) < _MOST_READINGS:
            operation.readings[key] = reading
        return reading

    def __repr__(self) -> str:
        return f"<RawResponse {self.status} {self.response.media_type}>"


def is_success(operation: Operation[Any], status: int) -> bool:
    """Whether an operation declares a status as a success."""
    return 200 <= status < 300 and bool(_declared(operation, status))


def _reading_of(operation: Operation[Any], answers: list[Answer], response: Response) -> Reading:
    if operation.method == "HEAD" or response.status in _BODILESS:
        return "", None
    answer = _by_media_type(answers, response.media_type)
    if answer is not None:
        return response.media_type or essence(answer.media_type or ""), answer.type
    offered = ", ".join(str(a.media_type) for a in answers)
    raise DecodeError(
        f"the media type {response.media_type!r} is not described ({offered})", response
    )


def _declared(operation: Operation[Any], status: int) -> list[Answer]:
    """The answers of a status: by itself, else by its range, else the default."""
    for name in (str(status), f"{status // 100}XX", "default"):
        found = [answer for answer in operation.responses if answer.status.upper() == name.upper()]
        if found:
            return found
    return []


def _by_media_type(answers: list[Answer], media_type: str) -> Answer | None:
    """The answer of a media type, the first where an answer says none."""
    bodiless = [answer for answer in answers if answer.type is None]
    if bodiless or not media_type:
        return (bodiless or answers)[0]
    at = standing_for([answer.media_type or "" for answer in answers], media_type)
    return None if at is None else answers[at]


def _status_error(operation: Operation[Any], request: Request, response: Response) -> StatusError:
    code, detail = _said(operation.error, _plain(response))
    return error_class(response.status)(
        request, response, body=_error_body(operation, response), code=code, detail=detail
    )


def _said(fields: ErrorFields | None, body: Any) -> tuple[str | None, str | None]:
    """The code and the detail of an error body."""
    if fields is None:
        return code_and_detail(body)
    return _word(body, fields.code), _word(body, fields.detail)


def _error_body(operation: Operation[Any], response: Response) -> Any:
    answers = _declared(operation, response.status)
    if not answers or not response.body or operation.method == "HEAD":
        return None
    try:
        return decode(response, *_reading_of(operation, answers, response))
    except DecodeError:
        return None


def _plain(response: Response) -> Any:
    """The body of an error as plain JSON or text, None where it is neither."""
    wanted: Any = Any if is_json(response.media_type) else str
    try:
        return decode(response, response.media_type, wanted)
    except DecodeError:
        return None


def _word(value: Any, pointer: str | None) -> str | None:
    found: Any = None if pointer is None else lookup(value, pointer)
    if found is None or found is UNSET or isinstance(found, bytes):
        return None
    return None if is_mapping(found) or is_sequence(found) else str(found)

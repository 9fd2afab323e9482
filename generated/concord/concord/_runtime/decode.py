# Part of the Lockstep runtime, copied here by the generator. Do not edit.
# fmt: off
"""Bodies into typed values, by their media type.

JSON becomes the models (``json_values``), text is decoded by its charset, all else is bytes; what
may be of any media type is read as JSON where it has a model; of a body that is a sequence of items
each is read so. A body that does not fit is a DecodeError that names the path in it; so is one that
is empty, or no JSON, or of another charset than it says.
"""

from collections.abc import Iterator
from typing import Any, get_args, get_origin

from .errors import DecodeError, Misfit
from .json_text import is_json_text, json_text
from .json_values import read_json
from .lines import Event
from .messages import Headers, Response, essence, is_json
from .parts import MIXED, parts
from .sequences import events, items

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def decode(response: Response, media_type: str, wanted: Any) -> Any:
    """The body of a response as the wanted type."""
    try:
        return read(response.body, media_type, response.headers, wanted)
    except Misfit as misfit:
        raise DecodeError(str(misfit), response) from misfit.__cause__


def decode_json(response: Response, wanted: Any) -> Any:
    """A JSON body as the wanted type."""
    return decode(response, "application/json", wanted)


def decode_part(response: Response, wanted: Any) -> Any:
    """A part, given as a response of its own, as the wanted type."""
    try:
        return _read_part(response.body, response.headers, wanted)
    except Misfit as misfit:
        raise DecodeError(str(misfit), response) from misfit.__cause__


def decode_event(response: Response, event: Event[str], wanted: Any) -> Event[Any]:
    """A server-sent event of a response with its data as the wanted type."""
    try:
        return read_event(event, wanted)
    except Misfit as misfit:
        raise DecodeError(str(misfit), response) from misfit.__cause__


def read_event(event: Event[str], wanted: Any) -> Event[Any]:
    """The event with its JSON as the wanted type; data that is no JSON stays text."""
    data = event.data.encode()
    try:
        value = read_json(data, wanted)
    except Misfit:
        if is_json_text(data):
            raise
        value = event.data
    return Event(data=value, event=event.event, id=event.id, retry=event.retry)


def read(body: bytes, media_type: str, headers: Headers, wanted: Any) -> Any:
    """A body of a media type as the wanted type; a Misfit where it is none."""
    if wanted is None:
        return None
    if wanted is bytes:
        return body
    if is_json(media_type) or "*" in media_type:
        # Servers of some makes put one first: https://www.rfc-editor.org/rfc/rfc8259#section-8.1
        return read_json(body.removeprefix(_BYTE_ORDER_MARK), wanted)
    if get_origin(wanted) is list:
        return _read_items(body, media_type, headers, get_args(wanted)[0])
    if wanted is not str and wanted is not Any:
        return read_json(body, wanted)
    if not media_type.startswith("text/"):
        return body
    return _text(body, charset_of(headers))


def charset_of(headers: Headers) -> str:
    """The charset that a Content-Type names, UTF-8 when it names none."""
    for part in (headers.get("content-type") or "").split(";")[1:]:
        name, _, value = part.partition("=")
        if name.strip().lower() == "charset":
            return value.strip().strip("\"'") or "utf-8"
    return "utf-8"


def _read_items(body: bytes, media_type: str, headers: Headers, wanted: Any) -> list[Any]:
    """The items of a body that is a sequence of them; what is wrong with one names its place."""
    found: list[Any] = []
    try:
        for each in _items(body, media_type, headers, wanted):
            found.append(each)
    except ValueError as error:
        raise Misfit(f"item {len(found)}: {error}") from error
    return found


def _items(body: bytes, media_type: str, headers: Headers, wanted: Any) -> Iterator[Any]:
    if media_type == MIXED:
        for part in parts(body, headers):
            yield _read_part(part.content, part.headers, wanted)
    elif get_origin(wanted) is Event:
        for event in events(body):
            yield read_event(event, get_args(wanted)[0])
    else:
        for each in items(body, media_type):
            yield read_json(each, wanted)


def _read_part(content: bytes, headers: Headers, wanted: Any) -> Any:
    """A part as the wanted type: by its media type, which is text where it says nothing."""
    kind = essence(headers.get("content-type") or "text/plain")
    if wanted is bytes or is_json(kind):
        return read(content, kind, headers, wanted)
    return read_json(json_text(_text(content, charset_of(headers))), wanted)


def _text(body: bytes, charset: str) -> str:
    try:
        return body.decode(charset)
    except (LookupError, UnicodeDecodeError) as error:
        raise Misfit(f"the body is not {charset!r}") from error

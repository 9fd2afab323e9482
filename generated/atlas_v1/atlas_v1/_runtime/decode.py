# Part of the Lockstep runtime, copied here by the generator. Do not edit.
# fmt: off
"""Bodies of responses into typed values.

The typed decoder runs first and refuses unknown fields. When it fails, the body is read untyped,
what the types do not know is set aside, the rest is converted, and what was set aside is put into
the side slots of the models it belongs to; the next such body finds a decoder that learned it. A
body that still does not fit is a DecodeError that names the path in it; so is one that is empty, or
no JSON, or of another charset than it says.
"""

from typing import Any

import msgspec

from .errors import DecodeError
from .fitting import choose, fit
from .json_text import exact_number
from .learned import learn, learned_decoder
from .messages import Headers, Response, is_json

_decoders: dict[Any, msgspec.json.Decoder[Any]] = {}
_untyped: msgspec.json.Decoder[Any] = msgspec.json.Decoder(float_hook=exact_number)


class Misfit(ValueError):
    """A body is not what its type says, and why; whoever knows where it came from says so."""


def decode(response: Response, media_type: str, wanted: Any) -> Any:
    """The body of a response as the wanted type."""
    try:
        return read(response.body, media_type, response.headers, wanted)
    except Misfit as misfit:
        raise DecodeError(str(misfit), response) from misfit.__cause__


def decode_json(response: Response, wanted: Any) -> Any:
    """A JSON body as the wanted type."""
    return decode(response, "application/json", wanted)


def read(body: bytes, media_type: str, headers: Headers, wanted: Any) -> Any:
    """A body of a media type as the wanted type; a Misfit where it is none."""
    if wanted is None:
        return None
    if wanted is bytes:
        return body
    if is_json(media_type):
        return _read_json(body, wanted)
    if not media_type.startswith("text/"):
        return body
    return _text(body, charset_of(headers))


def _read_json(body: bytes, wanted: Any) -> Any:
    try:
        return (learned_decoder(wanted) or _decoder(wanted)).decode(body)
    except msgspec.ValidationError:
        return _read_tolerantly(body, wanted)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Misfit(str(error) if body else "the body is empty") from error


def _decoder(wanted: Any) -> msgspec.json.Decoder[Any]:
    try:
        return _decoders[wanted]
    except KeyError:
        return _decoders.setdefault(wanted, msgspec.json.Decoder(wanted, dec_hook=choose))


def _read_tolerantly(body: bytes, wanted: Any) -> Any:
    try:
        value, unknown = fit(_untyped.decode(body), wanted)
    except msgspec.DecodeError as error:
        raise Misfit(str(error)) from error
    if unknown:
        learn(wanted, value, unknown)
    return value


def charset_of(headers: Headers) -> str:
    """The charset that a Content-Type names, UTF-8 when it names none."""
    for part in (headers.get("content-type") or "").split(";")[1:]:
        name, _, value = part.partition("=")
        if name.strip().lower() == "charset":
            return value.strip().strip("\"'") or "utf-8"
    return "utf-8"


def _text(body: bytes, charset: str) -> str:
    try:
        return body.decode(charset)
    except (LookupError, UnicodeDecodeError) as error:
        raise Misfit(f"the body is not {charset!r}") from error

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


def decode(response: Response, media_type: str, wanted: Any) -> Any:
    """The body of a response as the wanted type."""
    if wanted is None:
        return None
    if is_json(media_type):
        return decode_json(response, wanted)
    if wanted is bytes or not media_type.startswith("text/"):
        return response.body
    return _text(response)


def decode_json(response: Response, wanted: Any) -> Any:
    """A JSON body as the wanted type."""
    try:
        return (learned_decoder(wanted) or _decoder(wanted)).decode(response.body)
    except msgspec.ValidationError:
        return _decode_tolerantly(response, wanted)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        reason = str(error) if response.body else "the body is empty"
        raise DecodeError(reason, response) from error


def _decoder(wanted: Any) -> msgspec.json.Decoder[Any]:
    try:
        return _decoders[wanted]
    except KeyError:
        return _decoders.setdefault(wanted, msgspec.json.Decoder(wanted, dec_hook=choose))


def _decode_tolerantly(response: Response, wanted: Any) -> Any:
    try:
        value, unknown = fit(_untyped.decode(response.body), wanted)
    except msgspec.DecodeError as error:
        raise DecodeError(str(error), response) from error
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


def _text(response: Response) -> str:
    charset = charset_of(response.headers)
    try:
        return response.body.decode(charset)
    except (LookupError, UnicodeDecodeError) as error:
        raise DecodeError(f"the body is not {charset!r}", response) from error

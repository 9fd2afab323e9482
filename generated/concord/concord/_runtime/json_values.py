# Part of the Lockstep runtime, copied here by the generator. Do not edit.
# fmt: off
"""JSON text into values, models among them, by msgspec.

The typed decoder runs first and refuses unknown fields. When it fails, the body is read untyped,
what the types do not know is set aside, the rest is converted, and what was set aside is put into
the side slots of the models it belongs to; the next such body finds a decoder that learned it. A
body that still does not fit is a Misfit that names the path in it.
"""

from typing import Any

import msgspec

from .errors import Misfit
from .fitting import choose, fit
from .json_text import exact_number
from .learned import learn, learned_decoder

_TOO_DEEP = "it nests deeper than Python recurses"
_decoders: dict[Any, msgspec.json.Decoder[Any]] = {}
_untyped: msgspec.json.Decoder[Any] = msgspec.json.Decoder(float_hook=exact_number)


def read_json(body: bytes, wanted: Any) -> Any:
    """A JSON body as the wanted type."""
    try:
        return (_decoders.get(wanted) or _decoder(wanted)).decode(body)
    except msgspec.ValidationError:
        return _read_tolerantly(body, wanted)
    except RecursionError as error:
        raise Misfit(_TOO_DEEP) from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Misfit(str(error) if body else "the body is empty") from error


def _decoder(wanted: Any) -> msgspec.json.Decoder[Any]:
    """The decoder of a type, kept for the answers to come: that which learned, if there is one."""
    decoder = learned_decoder(wanted) or msgspec.json.Decoder(wanted, dec_hook=choose)
    _decoders[wanted] = decoder
    return decoder


def _read_tolerantly(body: bytes, wanted: Any) -> Any:
    try:
        value, unknown = fit(_untyped.decode(body), wanted)
    except RecursionError as error:
        raise Misfit(_TOO_DEEP) from error
    except msgspec.DecodeError as error:
        raise Misfit(str(error)) from error
    if unknown:
        learn(wanted, value, unknown)
        _decoders.pop(wanted, None)
    return value

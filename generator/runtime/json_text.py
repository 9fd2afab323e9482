"""JSON text: models and plain values in, bytes out; and the numbers of a text, exactly.

A Decimal is written as the number it is. NaN and the infinities, which JSON cannot say (RFC 8259
section 6), are a ValueError that names their place; msgspec alone would write null.
"""

from collections.abc import Iterator
from decimal import Decimal
from math import isfinite
from typing import Any

import msgspec

from .models import to_plain
from .plain import is_mapping, is_sequence

_encode = msgspec.json.Encoder(decimal_format="number", enc_hook=to_plain).encode
_SUSPECTS = (b"null", b"NaN", b"Infinity")
_MOST_DIGITS = 25


def json_text(value: object) -> bytes:
    """A value as JSON."""
    text = _encode(value)
    if any(word in text for word in _SUSPECTS):
        for place in _infinite(plain_json(value), "$"):
            raise ValueError(f"{place} is no number that JSON can say")
    return text


def plain_json(value: object) -> Any:
    """A value as plain JSON values, Decimals as they are."""
    kept = (Decimal,)
    return msgspec.to_builtins(value, str_keys=True, builtin_types=kept, enc_hook=to_plain)


def is_json_text(text: bytes) -> bool:
    """Whether a text is JSON at all."""
    try:
        msgspec.json.decode(text, type=msgspec.Raw)
    except RecursionError:
        return True
    except (msgspec.DecodeError, UnicodeDecodeError):
        return False
    return True


def exact_number(text: str) -> float | Decimal:
    """The number of a JSON text: a Decimal where a float would not be the same number."""
    value, exact = float(text), Decimal(text)
    return value if isfinite(value) and Decimal(repr(value)) == exact else exact


def is_number(value: float | Decimal) -> bool:
    """Whether a value is a number at all, and not NaN or an infinity."""
    return value.is_finite() if isinstance(value, Decimal) else isfinite(value)


def is_whole(value: object) -> bool:
    """Whether a number with a fraction or exponent is an integer, and not too long to write."""
    if isinstance(value, Decimal):
        return value.is_finite() and value.adjusted() < _MOST_DIGITS and value % 1 == 0
    return isinstance(value, float) and value.is_integer()


def whole(value: float | Decimal) -> int:
    """The integer of a number that is whole, by its digits: 1e30 as a float is not 10 ** 30."""
    return int(Decimal(str(value)))


def _infinite(value: object, place: str) -> Iterator[str]:
    if isinstance(value, float | Decimal):
        if not is_number(value):
            yield place
    elif is_mapping(value):
        for name, item in value.items():
            yield from _infinite(item, f"{place}.{name}")
    elif is_sequence(value):
        for at, item in enumerate(value):
            yield from _infinite(item, f"{place}[{at}]")

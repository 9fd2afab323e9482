# Part of the Lockstep runtime, copied here by the generator. Do not edit.
# fmt: off
"""Parameters on the wire: the styles of OpenAPI.

In come parameter facts and Python values, out go the text of a path segment, query pairs, header
and cookie values, each already encoded for its place. The styles follow the table "Style Examples"
of https://spec.openapis.org/oas/v3.1.1.html#style-values ; what that table leaves undefined (an
array inside an object, an object in a delimited style without names) is refused with ValueError,
but for a list in an object that is spread, which is sent as its items, as forms send it.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from msgspec import UNSET

from .json_text import is_number, json_text, plain_json
from .messages import is_json
from .operation import Parameter
from .plain import is_array, is_object, is_sequence
from .uri import encode, encode_query

_DEFAULT_STYLE = {"path": "simple", "query": "form", "header": "simple", "cookie": "form"}
_DELIMITER = {"form": ",", "spaceDelimited": "%20", "pipeDelimited": "%7C", "simple": ","}

Pair = tuple[str, str]
"""A name and a value, both encoded."""


def path_text(parameter: Parameter, value: object) -> str:
    """What stands in the path in place of ``{name}``; ValueError when that is nothing."""
    text = "" if value is UNSET or value is None else _path_text(parameter, value)
    if not text:
        raise ValueError(f"path parameter {parameter.name!r} is empty")
    return text


def query_pairs(parameter: Parameter, value: object) -> list[Pair]:
    """The name-value pairs of a query parameter."""
    plain = _plain(parameter, value)
    name, style = encode(parameter.name), _style(parameter)
    is_reserved = parameter.allow_reserved and parameter.location == "query"
    quote = encode_query if is_reserved else encode
    if is_object(plain):
        return _object_pairs(parameter, name, plain, quote)
    if is_array(plain):
        texts = [quote(_text(item)) for item in plain]
        if _explode(parameter) or not texts:
            return [(name, text) for text in texts]
        return [(name, _DELIMITER[style].join(texts))]
    return [(name, quote(_text(plain)))]


def header_text(parameter: Parameter, value: object) -> str:
    """The value of a header parameter."""
    plain = _plain(parameter, value)
    if is_object(plain):
        return ",".join(_flat(parameter, {k: _text(v) for k, v in plain.items()}))
    if is_array(plain):
        return ",".join(_text(item) for item in plain)
    return _text(plain)


def cookie_pairs(parameter: Parameter, value: object) -> list[Pair]:
    """The pairs of a cookie parameter."""
    return query_pairs(parameter, value)


def _path_text(parameter: Parameter, value: object) -> str:
    plain, style = _plain(parameter, value), _style(parameter)
    if is_object(plain):
        return _path_object(parameter, {k: encode(_text(v)) for k, v in plain.items()})
    texts = [encode(_text(item)) for item in (plain if is_array(plain) else [plain])]
    if not any(texts):
        return ""
    separate = _explode(parameter)
    if style == "label":
        return "." + ("." if separate else ",").join(texts)
    if style == "matrix":
        name = encode(parameter.name)
        return "".join(f";{name}={t}" for t in (texts if separate else [",".join(texts)]))
    return ",".join(texts)


def _path_object(parameter: Parameter, fields: dict[str, str]) -> str:
    flat = _flat(parameter, {encode(name): text for name, text in fields.items()})
    if not flat:
        return ""
    style, separate = _style(parameter), _explode(parameter)
    if style == "label":
        return "." + ("." if separate else ",").join(flat)
    if style == "matrix":
        joined = ";".join(flat) if separate else f"{encode(parameter.name)}={','.join(flat)}"
        return ";" + joined
    return ",".join(flat)


def _object_pairs(
    parameter: Parameter, name: str, fields: dict[str, Any], quote: Callable[[str], str]
) -> list[Pair]:
    style = _style(parameter)
    if style == "deepObject":
        return [(f"{name}%5B{key}%5D", text) for key, text in _member_pairs(fields, quote)]
    if style == "form" and _explode(parameter):
        return _member_pairs(fields, quote)
    parts = [part for key, v in fields.items() for part in (encode(key), quote(_text(v)))]
    return [(name, _DELIMITER[style].join(parts))] if parts else []


def _member_pairs(fields: dict[str, Any], quote: Callable[[str], str]) -> list[Pair]:
    """The pairs of an object that is spread; a list in it is its items, as forms have it."""
    return [
        (encode(key), quote(_text(item)))
        for key, value in fields.items()
        for item in (value if is_sequence(value) else [value])
    ]


def _flat(parameter: Parameter, fields: dict[str, str]) -> list[str]:
    if _explode(parameter):
        return [f"{key}={text}" for key, text in fields.items()]
    return [part for pair in fields.items() for part in pair]


def _style(parameter: Parameter) -> str:
    return parameter.style or _DEFAULT_STYLE[parameter.location]


def _explode(parameter: Parameter) -> bool:
    return _style(parameter) == "form" if parameter.explode is None else parameter.explode


def _plain(parameter: Parameter, value: object) -> Any:
    """The value as plain JSON, or as JSON text where the parameter has a media type."""
    if type(value) in (str, int, bool):
        plain: Any = value
    else:
        try:
            plain = plain_json(value)
        except TypeError as error:
            raise TypeError(f"parameter {parameter.name!r}: {error}") from None
    if parameter.media_type is not None and is_json(parameter.media_type):
        return json_text(plain).decode()
    return list(plain) if is_sequence(plain) else plain


def _text(value: object) -> str:
    if value is True or value is False:
        return "true" if value else "false"
    if value is None:
        return "null"
    if isinstance(value, Mapping | list | tuple):
        raise ValueError("no style says how a value nested this deep is written")
    if isinstance(value, float | Decimal) and not is_number(value):
        raise ValueError(f"{value} is no number that a parameter can say")
    return str(value)


def without_unset(arguments: Mapping[str, object]) -> dict[str, object]:
    """The arguments a caller gave."""
    return {name: value for name, value in arguments.items() if value is not UNSET}

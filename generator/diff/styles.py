"""How a parameter's value is written, by its style (OpenAPI 3.1, section 4.8.12.2.1).

In come the name, the style and a value, out goes the text that stands in the URL or header, not
percent-encoded: it is compared and shown, never sent.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

_BETWEEN = {"spaceDelimited": " ", "pipeDelimited": "|"}


def written(name: str, style: str, explode: bool, value: object) -> str:
    """The value of a parameter as it is written."""
    if isinstance(value, Mapping):
        members = cast("Mapping[str, object]", value)
        pairs = [(str(key), _scalar(each)) for key, each in members.items()]
        return _object(name, style, explode, pairs)
    if isinstance(value, list):
        return _array(name, style, explode, [_scalar(each) for each in cast("list[object]", value)])
    return _start(name, style) + _scalar(value)


def _start(name: str, style: str) -> str:
    return {"simple": "", "label": ".", "matrix": f";{name}="}.get(style, f"{name}=")


def _array(name: str, style: str, explode: bool, items: list[str]) -> str:
    if explode and style in ("form", "cookie", "matrix", *_BETWEEN):
        between = ";" if style == "matrix" else "&"
        start = ";" if style == "matrix" else ""
        return start + between.join(f"{name}={each}" for each in items)
    between = "." if style == "label" and explode else _BETWEEN.get(style, ",")
    return _start(name, style) + between.join(items)


def _object(name: str, style: str, explode: bool, pairs: list[tuple[str, str]]) -> str:
    if style == "deepObject":
        return "&".join(f"{name}[{key}]={value}" for key, value in pairs)
    if not explode:
        flat = [each for pair in pairs for each in pair]
        return _start(name, style) + _BETWEEN.get(style, ",").join(flat)
    start, between = {"simple": ("", ","), "label": (".", "."), "matrix": (";", ";")}.get(
        style, ("", "&")
    )
    return start + between.join(f"{key}={value}" for key, value in pairs)


def _scalar(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)

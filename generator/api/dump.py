"""The neutral model as canonical JSON: for people, for tests, and as proof that it is data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, cast

import msgspec

from generator.api.model import Api
from generator.diagnostics import Where

_NOTHING: tuple[object, ...] = ("", None, [], {}, False, msgspec.UNSET)


def dump(api: Api) -> str:
    """The whole model as JSON with sorted keys where order means nothing; ends in a newline."""
    return msgspec.json.format(msgspec.json.encode(_plain(api)), indent=2).decode() + "\n"


def _plain(value: object) -> Any:
    if isinstance(value, Where):
        place = value.pointer or "#" if value.document == "" else str(value)
        # A file's name may be no UTF-8, and all of JSON is.
        return place.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    if isinstance(value, msgspec.Struct):
        return _members(value, value.__struct_fields__)
    if isinstance(value, Mapping):
        mapping = cast("Mapping[object, object]", value)
        return {_key(key): _plain(each) for key, each in mapping.items()}
    if isinstance(value, frozenset):
        return sorted(cast("frozenset[str]", value))
    if isinstance(value, list | tuple):
        return [_plain(each) for each in cast("list[object]", value)]
    return value


def _key(key: object) -> str:
    return key.pointer if isinstance(key, Where) else str(key)


def _members(value: object, names: Iterable[str]) -> dict[str, Any]:
    """The members that say something, so that a dump shows what there is."""
    pairs = ((name, _plain(getattr(value, name))) for name in names)
    return {name: each for name, each in pairs if each not in _NOTHING}

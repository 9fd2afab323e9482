"""Plain JSON into types, whatever it takes: unknown fields, whole floats, unions without tags.

In come plain JSON and a type, out goes a value of it. A union without tags takes the member that
its discriminator names; else, of those whose required fields are there and whose constants have
their value, the one that knows most of the value, in declared order where several know as much.
What fits nowhere is a ``msgspec.ValidationError`` that says of each member why not.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import fields

from .plain import is_object
from .shapes import Unknown, shape_of
from .unions import Untagged

_REASON = 200


def fit(raw: Any, wanted: Any) -> tuple[Any, Unknown]:
    """The value, and what of it the type does not know; `raw` is left as it is."""
    settled, unknown = shape_of(wanted).settle(raw)
    value = msgspec.convert(settled, wanted, str_keys=True, dec_hook=choose)
    unknown.give_back(value)
    return value, unknown


def choose(union: Any, raw: Any) -> Any:
    """The value of a union without tags; msgspec calls this where such a union stands."""
    if not isinstance(union, Untagged):
        raise NotImplementedError(f"nothing decodes {union!r}")
    best: tuple[int, Any] | None = None
    reasons: list[str] = []
    for member in _candidates(union, raw):
        try:
            value, unknown = fit(raw, member)
        except msgspec.ValidationError as error:
            reasons.append(f"{_name(member)}: {error}"[:_REASON])
            continue
        if not unknown:
            return value
        if best is None or len(unknown) < best[0]:
            best = len(unknown), value
    if best is None:
        raise ValueError(f"fits no member of {union.__name__} ({'; '.join(reasons)})")
    return best[1]


def _candidates(union: Untagged, raw: Any) -> list[Any]:
    """The members to try: what the discriminator names, else what nothing speaks against."""
    if not is_object(raw):
        return list(union.members)
    told = raw.get(union.tag_field)
    if isinstance(told, str) and told in union.tags:
        return [union.tags[told]]
    return [*_likely(union, raw)] or list(union.members)


def _likely(union: Untagged, raw: Mapping[str, Any]) -> Iterator[Any]:
    for member, constants in zip(union.members, union.constants, strict=True):
        agrees = all(raw.get(name, value) == value for name, value in constants.items())
        if agrees and all(name in raw for name in _required(member)):
            yield member


def _required(member: Any) -> list[str]:
    """The wire names that a value of a member must have."""
    is_model = isinstance(member, type) and issubclass(member, Struct)
    return [each.encode_name for each in fields(member) if each.required] if is_model else []


def _name(member: Any) -> str:
    return getattr(member, "__name__", "") or str(member)

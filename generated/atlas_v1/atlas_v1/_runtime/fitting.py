# Part of the Lockstep runtime, copied here by the generator. Do not edit.
# fmt: off
"""Plain JSON into types, whatever it takes: unknown fields, whole floats, unions without tags.

In come plain JSON and a type, out goes a value of it. A union without tags takes the member that
its discriminator names; else, of those whose required fields are there and whose constants have
their value, the one that knows most of the value, in declared order where several know as much;
else any that fits.
What fits nowhere is a ``msgspec.ValidationError`` that says of each member why not.
"""

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from functools import partial
from typing import Any

import msgspec
from msgspec import UNSET, Struct
from msgspec.structs import fields

from .json_text import json_text
from .plain import is_object
from .shapes import EVERYTHING, Unknown, shape_of
from .unions import Untagged

_REASON = 200
Known = dict[tuple[Any, bytes], "tuple[Any, Unknown] | msgspec.ValidationError"]
"""What a union's text was found to be: the value and what is unknown of it, or the error."""


def fit(raw: Any, wanted: Any, known: Known | None = None) -> tuple[Any, Unknown]:
    """The value, and what of it the type does not know; `raw` is left as it is.

    `known` is what unions in one body were found to be, so that each is looked at once.
    """
    known = {} if known is None else known
    if isinstance(wanted, Untagged):
        return _found(wanted, raw, known)
    settled, unknown = shape_of(wanted).settle(raw)
    hook = partial(choose, known=known)
    value = msgspec.convert(settled, wanted, str_keys=True, dec_hook=hook)
    unknown.give_back(value)
    return value, unknown


def choose(union: Any, raw: Any, known: Known | None = None) -> Any:
    """The value of a union without tags; msgspec calls this where such a union stands."""
    if not isinstance(union, Untagged):
        raise NotImplementedError(f"nothing decodes {union!r}")
    try:
        return _found(union, raw, {} if known is None else known)[0]
    except msgspec.ValidationError as error:
        raise ValueError(str(error)) from error  # to which msgspec adds where it stands


def _found(union: Untagged, raw: Any, known: Known) -> tuple[Any, Unknown]:
    """What is known of a union's value, as a copy, or what is found out of it."""
    key = union, json_text(raw)
    if key in known:
        found = deepcopy(known[key])
    else:
        found = known[key] = _settled(union, raw, known)
    if isinstance(found, msgspec.ValidationError):
        raise found
    return found


def _settled(
    union: Untagged, raw: Any, known: Known
) -> tuple[Any, Unknown] | msgspec.ValidationError:
    try:
        return _chosen(union, raw, known)
    except msgspec.ValidationError as error:
        return error


def _chosen(union: Untagged, raw: Any, known: Known) -> tuple[Any, Unknown]:
    if union.unknown is not None and is_object(raw):
        told = raw.get(union.tag_field)
        if isinstance(told, str) and told not in union.tags:
            return union.unknown(raw=raw), EVERYTHING
    reasons: dict[str, str] = {}
    for members in _rounds(union, raw):
        found = _tried(members, raw, reasons, known)
        if found:
            return min(found, key=lambda each: len(each[1]))
    said = "; ".join(f"{name}: {reason}" for name, reason in reasons.items())
    raise msgspec.ValidationError(f"fits no member of {union.__name__} ({said})")


def _rounds(union: Untagged, raw: Any) -> Iterator[Sequence[Any]]:
    """The members to try first, and those to try where none of these fits."""
    if is_object(raw):
        told = raw.get(union.tag_field)
        if isinstance(told, str) and told in union.tags:
            yield union.tags[told]
        yield list(_likely(union, raw))
    yield union.members


def _tried(
    members: Sequence[Any], raw: Any, reasons: dict[str, str], known: Known
) -> list[tuple[Any, Unknown]]:
    """What the members make of a value, each with what of it they do not know."""
    found: list[tuple[Any, Unknown]] = []
    for member in members:
        try:
            found.append(fit(raw, member, known))
        except msgspec.ValidationError as error:
            reasons[_name(member)] = str(error)[:_REASON]
            continue
        if not found[-1][1]:
            break
    return found


def _likely(union: Untagged, raw: Mapping[str, Any]) -> Iterator[Any]:
    for member, constants in zip(union.members, union.constants, strict=True):
        agrees = all(raw.get(name, value) == value for name, value in constants.items())
        if agrees and all(name in raw for name in _required(member)):
            yield member


def _required(member: Any) -> list[str]:
    """The wire names that a value of a member must have."""
    if not isinstance(member, type) or not issubclass(member, Struct):
        return []
    tag = member.__struct_config__.tag_field
    # A default other than UNSET is the only value of a field that must be there.
    names = [each.encode_name for each in fields(member) if each.default is not UNSET]
    return names if tag is None else [tag, *names]


def _name(member: Any) -> str:
    return getattr(member, "__name__", "") or str(member)

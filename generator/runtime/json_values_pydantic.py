"""JSON text into values, models among them, by pydantic.

Nothing is converted that JSON tells apart, unknown fields are kept, and only wire names are looked
at. A whole number that came with a fraction of zero is an integer
(https://json-schema.org/draft/2020-12/json-schema-core#section-4.2.3). A body that does not fit is
a Misfit that names the path in it.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from threading import Lock
from typing import Any

import msgspec
from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from .errors import Misfit
from .exact_pydantic import exact
from .json_text import exact_number, is_whole, json_text, whole
from .plain import is_array, is_object

_adapters: dict[Any, TypeAdapter[Any]] = {}
_building = Lock()
_untyped: msgspec.json.Decoder[Any] = msgspec.json.Decoder(float_hook=exact_number)
_NO_JSON = (b"NaN", b"Infinity")
"""What pydantic takes for a number and JSON does not have."""
_LONG_NUMBER = re.compile(rb"[\d.]{16}|\d[eE][-+]?\d")
"""Where a number may stand that is not the same as a float."""
_OF_INTEGERS = frozenset(("int_type", "int_from_float", "enum"))
"""The kinds of faults that a whole number with a fraction may have."""
_MOST_WAYS = 64
_NEVER_JSON = "needs_python_object"
"""The kind of fault that UNSET has in every union: no JSON is it."""


def read_json(body: bytes, wanted: Any) -> Any:
    """A JSON body as the wanted type."""
    try:
        if any(word in body for word in _NO_JSON):
            _untyped.decode(body)
        value = validated(body, wanted, {})
        return exact(value, _untyped.decode(body)) if _LONG_NUMBER.search(body) else value
    except ValidationError as error:
        raise Misfit(explained(error, body)) from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Misfit(str(error)) from error


def validated(text: bytes, wanted: Any, known: dict[Any, Any]) -> Any:
    """The value of a type in a JSON text, else pydantic's ValidationError.

    `known` keeps, for one body, what unions in it were found to be.
    """
    adapter = _adapters.get(wanted) or _adapter(wanted)
    try:
        return _validated(adapter, text, known)
    except ValidationError as error:
        mended = _with_whole_numbers(text, error)
        if mended is None:
            raise
        return _validated(adapter, mended, known)


def explained(error: ValidationError, text: bytes) -> str:
    """What is wrong first, in one line that ends with its path."""
    faults = _faults(error)
    if faults[0]["type"] == "json_invalid":
        return faults[0]["msg"] if text else "the body is empty"
    raw, found = _untyped.decode(text), dict[str, list[str]]()
    for each in faults:
        steps = _steps(raw, each)
        path = "$" + "".join(f"[{s}]" if isinstance(s, int) else f".{s}" for s in steps)
        named = f" `{each['loc'][-1]}`" if each["type"] == "missing" else ""
        found.setdefault(path, []).append(each["msg"] + named)
    path, messages = next(iter(found.items()))
    return f"{'; '.join(dict.fromkeys(messages))} - at `{path}`"


def _adapter(wanted: Any) -> TypeAdapter[Any]:
    with _building:  # building changes the models that the type mentions
        adapter: TypeAdapter[Any] = TypeAdapter(wanted)
        adapter.rebuild()
        return _adapters.setdefault(wanted, adapter)


def _validated(adapter: TypeAdapter[Any], text: bytes, known: dict[Any, Any]) -> Any:
    return adapter.validate_json(
        text, strict=True, extra="allow", by_alias=True, by_name=False, context=known
    )


def _with_whole_numbers(text: bytes, error: ValidationError) -> bytes | None:
    """The text with integers where integers are wanted; None where that changes nothing."""
    faults = [each for each in _faults(error) if each["type"] in _OF_INTEGERS]
    root, changed = [_untyped.decode(text)] if faults else [], False
    for fault in faults:
        *above, last = 0, *_steps(root[0], fault)
        holder = _at(root, above)
        if is_whole(holder[last]):
            holder[last], changed = whole(holder[last]), True
    return json_text(root[0]) if changed else None


def _faults(error: ValidationError) -> list[ErrorDetails]:
    """The faults, but for those that no JSON could be without."""
    found = error.errors(include_url=False, include_context=False)
    return [each for each in found if each["type"] != _NEVER_JSON] or found


def _steps(raw: Any, fault: ErrorDetails) -> list[Any]:
    """The steps of a fault's place that lead into the JSON; the others name members of unions."""
    ways = list(islice(_ways(raw, fault["loc"]), _MOST_WAYS))
    return next((steps for steps, end in ways if end == fault["input"]), ways[0][0])


def _ways(raw: Any, place: Sequence[Any]) -> Iterator[tuple[list[Any], Any]]:
    """Where a place may lead, longest first: a key may be called as a member of a union is."""
    if not place:
        yield [], raw
        return
    step, rest = place[0], place[1:]
    if _leads(raw, step):
        yield from (([step, *steps], end) for steps, end in _ways(raw[step], rest))
    yield from _ways(raw, rest)


def _leads(raw: object, step: Any) -> bool:
    """Whether a step of a place leads into a value."""
    if is_array(raw):
        return isinstance(step, int) and step < len(raw)
    return is_object(raw) and step in raw


def _at(raw: Any, steps: list[Any]) -> Any:
    for step in steps:
        raw = raw[step]
    return raw

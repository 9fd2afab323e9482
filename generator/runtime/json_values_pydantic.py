"""JSON text into values, models among them, by pydantic.

Nothing is converted that JSON tells apart, unknown fields are kept, and only wire names are looked
at. A whole number that came with a fraction of zero is an integer
(https://json-schema.org/draft/2020-12/json-schema-core#section-4.2.3). A body that does not fit is
a Misfit that names the path in it.
"""

from threading import Lock
from typing import Any

import msgspec
from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from .errors import Misfit
from .json_text import exact_number, is_whole, json_text
from .plain import is_array, is_object

_adapters: dict[Any, TypeAdapter[Any]] = {}
_building = Lock()
_untyped: msgspec.json.Decoder[Any] = msgspec.json.Decoder(float_hook=exact_number)
_NO_JSON = (b"NaN", b"Infinity")
"""What pydantic takes for a number and JSON does not have."""
_OF_INTEGERS = frozenset(("int_type", "int_from_float", "enum"))
"""The kinds of faults that a whole number with a fraction may have."""
_NEVER_JSON = "needs_python_object"
"""The kind of fault that UNSET has in every union: no JSON is it."""


def read_json(body: bytes, wanted: Any) -> Any:
    """A JSON body as the wanted type."""
    try:
        if any(word in body for word in _NO_JSON):
            _untyped.decode(body)
        return validated(body, wanted)
    except ValidationError as error:
        raise Misfit(explained(error, body)) from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Misfit(str(error)) from error


def validated(text: bytes, wanted: Any) -> Any:
    """The value of a type in a JSON text, else pydantic's ValidationError."""
    adapter = _adapters.get(wanted) or _adapter(wanted)
    try:
        return _validated(adapter, text)
    except ValidationError as error:
        mended = _with_whole_numbers(text, error)
        if mended is None:
            raise
        return _validated(adapter, mended)


def explained(error: ValidationError, text: bytes) -> str:
    """What is wrong first, in one line that ends with its path."""
    faults = _faults(error)
    if faults[0]["type"] == "json_invalid":
        return faults[0]["msg"] if text else "the body is empty"
    raw, found = _untyped.decode(text), dict[str, list[str]]()
    for each in faults:
        steps = _steps(raw, each["loc"])
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


def _validated(adapter: TypeAdapter[Any], text: bytes) -> Any:
    return adapter.validate_json(text, strict=True, extra="allow", by_alias=True, by_name=False)


def _with_whole_numbers(text: bytes, error: ValidationError) -> bytes | None:
    """The text with integers where integers are wanted; None where that changes nothing."""
    places = [each["loc"] for each in _faults(error) if each["type"] in _OF_INTEGERS]
    raw, changed = _untyped.decode(text) if places else None, False
    for place in places:
        steps = _steps(raw, place)
        holder = _at(raw, steps[:-1])
        if steps and is_whole(holder[steps[-1]]):
            holder[steps[-1]], changed = int(holder[steps[-1]]), True
    return json_text(raw) if changed else None


def _faults(error: ValidationError) -> list[ErrorDetails]:
    """The faults, but for those that no JSON could be without."""
    found = error.errors(include_url=False, include_context=False, include_input=False)
    return [each for each in found if each["type"] != _NEVER_JSON] or found


def _steps(raw: Any, place: tuple[int | str, ...]) -> list[Any]:
    """The steps of a fault's place that lead into the JSON; the others name members of unions."""
    steps: list[Any] = []
    for step in place:
        inside = is_object(raw) and step in raw
        if inside or (is_array(raw) and isinstance(step, int) and step < len(raw)):
            steps.append(step)
            raw = raw[step]
    return steps


def _at(raw: Any, steps: list[Any]) -> Any:
    for step in steps:
        raw = raw[step]
    return raw

"""Numbers of a body exactly, where pydantic has read them as floats.

In come a value that was read and the plain JSON that it was read from, out goes the value, changed
in place where it can be: what is a Decimal, or belongs to no field, is the number of the text.
"""

from decimal import Decimal
from typing import Any, cast

from .models_pydantic import UnknownVariant, field_of, is_model, wire_names
from .plain import is_array, is_object


def exact(value: Any, raw: Any) -> Any:
    """The value of some plain JSON with its numbers as they were written."""
    if isinstance(value, Decimal) and isinstance(raw, Decimal):
        return raw
    if isinstance(value, UnknownVariant):
        value.raw = raw
    elif is_model(value) and is_object(raw):
        for wire, name in wire_names(type(value)).items():
            if wire in raw:
                setattr(value, name, exact(field_of(value, wire), raw[wire]))
        extra = value.model_extra or {}
        extra.update({name: raw[name] for name in extra})
    elif is_array(raw) and isinstance(value, list | tuple):
        items = cast("list[Any]", value)
        return type(items)(exact(*each) for each in zip(items, raw, strict=True))
    elif is_object(raw) and is_object(value):
        return {name: exact(each, raw[name]) for name, each in value.items()}
    return value

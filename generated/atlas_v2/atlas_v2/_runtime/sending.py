# Part of the Lockstep runtime, copied here by the generator. Do not edit.
# fmt: off
"""Models as plain JSON, with what their description does not know.

In comes a value that is to be sent, out go plain values: a union member of an unknown tag as it
came, and, where the description allows it, the fields that a model kept for the server.
"""

from collections.abc import Iterator
from typing import Any

from msgspec import UNSET, Struct

from .json_text import plain_json
from .learned import described
from .models import Model, UnknownVariant
from .plain import is_mapping, is_sequence


def holds_more(value: object) -> bool:
    """Whether a value holds what msgspec alone would not send as it came."""
    if isinstance(value, Struct):
        if isinstance(value, UnknownVariant) or (isinstance(value, Model) and value.extra_fields):
            return True
        return any(holds_more(getattr(value, name)) for name in value.__struct_fields__)
    if is_mapping(value):
        return any(holds_more(item) for item in value.values())
    return is_sequence(value) and any(holds_more(item) for item in value)


def plain_of(value: object, *, extra: bool) -> Any:
    """The plain value of anything; with ``extra`` the unknown fields of models, too."""
    if isinstance(value, UnknownVariant):
        return value.raw
    if isinstance(value, Struct):
        return _plain_model(value, extra=extra)
    if is_mapping(value):
        items = ((name, item) for name, item in value.items() if item is not UNSET)
        return {name: plain_of(item, extra=extra) for name, item in items}
    if is_sequence(value):
        return [plain_of(item, extra=extra) for item in value]
    return plain_json(value)


def wire_names(model: Struct) -> Iterator[tuple[str, str]]:
    """The fields of the description, by attribute and by the name they are sent under."""
    facts = described(type(model))
    return zip(facts.__struct_fields__, facts.__struct_encode_fields__, strict=True)


def _plain_model(model: Struct, *, extra: bool) -> dict[str, Any]:
    config = model.__struct_config__
    plain: dict[str, Any] = {}
    if config.tag_field is not None:
        plain[config.tag_field] = config.tag
    for name, wire in wire_names(model):
        value = getattr(model, name)
        if value is not UNSET:
            plain[wire] = plain_of(value, extra=extra)
    if extra and isinstance(model, Model):
        known = {wire for _, wire in wire_names(model)}
        for name, value in model.extra_fields.items():
            if name not in known:
                plain[name] = plain_of(value, extra=extra)
    return plain

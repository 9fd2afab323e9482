# Part of the Lockstep runtime, copied here by the generator. Do not edit.
# fmt: off
"""Models as plain JSON, with what their description does not know.

In comes a value that is to be sent, out go plain values: a union member of an unknown tag as it
came, and, where the description allows it, the fields that a model kept for the server.
"""

from typing import Any

from msgspec import UNSET

from .json_text import plain_json
from .models import Model, UnknownVariant, is_model, known_names, sent_fields
from .plain import is_mapping, is_sequence


def holds_more(value: object) -> bool:
    """Whether a value holds what the encoder alone would not send as it came."""
    if is_model(value):
        if isinstance(value, UnknownVariant) or (isinstance(value, Model) and value.extra_fields):
            return True
        return any(holds_more(item) for _, item in sent_fields(value))
    if is_mapping(value):
        return any(holds_more(item) for item in value.values())
    return is_sequence(value) and any(holds_more(item) for item in value)


def plain_of(value: object, *, extra: bool) -> Any:
    """The plain value of anything; with ``extra`` the unknown fields of models, too."""
    if isinstance(value, UnknownVariant):
        return value.raw
    if is_model(value):
        return _plain_model(value, extra=extra)
    if is_mapping(value):
        items = ((name, item) for name, item in value.items() if item is not UNSET)
        return {name: plain_of(item, extra=extra) for name, item in items}
    if is_sequence(value):
        return [plain_of(item, extra=extra) for item in value]
    return plain_json(value)


def _plain_model(model: Any, *, extra: bool) -> dict[str, Any]:
    plain = {wire: plain_of(value, extra=extra) for wire, value in sent_fields(model)}
    if extra and isinstance(model, Model):
        known = known_names(type(model))
        for name, value in model.extra_fields.items():
            if name not in known:
                plain[name] = plain_of(value, extra=extra)
    return plain

# Part of the Lockstep runtime, copied here by the generator. Do not edit.
# fmt: off
"""The bases of generated models.

Models refuse unknown fields so that the fast decoder notices them; ``decode`` then keeps them in a
side slot of the instance, which is what ``extra_fields`` shows. ``UNSET`` is absent, None is null.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from msgspec import Struct

_SLOT = "<extra fields>"
"""No identifier, so that no field is called so."""
_NOTHING: Mapping[str, Any] = MappingProxyType({})


class Model(Struct, dict=True, forbid_unknown_fields=True, kw_only=True):
    """A model: a msgspec Struct that remembers fields its description does not know."""

    @property
    def extra_fields(self) -> Mapping[str, Any]:
        """Fields the server sent and the description does not list, by wire name."""
        return extra_of(self)


class UnknownVariant(Model, kw_only=True):
    """A member of a tagged union whose tag the description does not know; ``raw`` is all of it.

    A union that tolerates unknown tags lists a subclass that shares its tag field.
    """

    raw: dict[str, Any]


def extra_of(model: Model) -> Mapping[str, Any]:
    """What a model's side slot holds."""
    slot: Mapping[str, Any] = model.__dict__.get(_SLOT, _NOTHING)
    return slot


def keep_extra_fields(model: Model, fields: Mapping[str, Any]) -> None:
    """Put fields into a model's side slot."""
    setattr(model, _SLOT, MappingProxyType(dict(fields)))

# Part of the Lockstep runtime, copied here by the generator. Do not edit.
# fmt: off
"""The bases of generated models.

Models refuse unknown fields so that the fast decoder notices them; ``decode`` then keeps them in a
side slot of the instance, which is what ``extra_fields`` shows. ``UNSET`` is absent, None is null.
What decodes from JSON is a tree, so the garbage collector, which looks for circles, passes models
over: among many answers held at once its walks would cost as much as decoding them.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from reprlib import recursive_repr
from types import MappingProxyType
from typing import Any, TypeGuard

from msgspec import UNSET, Struct

_NOTHING: Mapping[str, Any] = MappingProxyType({})

to_plain: Callable[[Any], Any] | None = None
"""What makes a model plain where msgspec cannot encode it by itself."""


class _Sided:
    """Has room for what is no field."""

    __slots__ = ("_side",)
    _side: Mapping[str, Any]


_SIDE = _Sided.__dict__["_side"]
"""The slot itself, so that a field of the same name does not hide it."""


class Model(_Sided, Struct, forbid_unknown_fields=True, kw_only=True, gc=False):
    """A model: a msgspec Struct that remembers fields its description does not know."""

    @property
    def extra_fields(self) -> Mapping[str, Any]:
        """Fields the server sent and the description does not list, by wire name."""
        return extra_of(self)

    @recursive_repr()
    def __repr__(self) -> str:
        model = described(type(self))
        values = ((name, getattr(self, name)) for name in model.__struct_fields__)
        shown = ", ".join(f"{name}={value!r}" for name, value in values if value is not UNSET)
        return f"{model.__name__}({shown})"

    def __reduce__(self) -> tuple[Any, ...]:
        values = {name: getattr(self, name) for name in self.__struct_fields__}
        return rebuilt, (type(self), values, dict(self.extra_fields))

    def __copy__(self) -> "Model":
        make, parts = self.__reduce__()
        copy: Model = make(*parts)
        return copy


class UnknownVariant(Model, kw_only=True):
    """A member of a tagged union whose tag the description does not know; ``raw`` is all of it.

    A union that tolerates unknown tags lists a subclass that shares its tag field.
    """

    raw: dict[str, Any]


def is_model(value: object) -> TypeGuard[Struct]:
    """Whether a value is a model."""
    return isinstance(value, Struct)


def sent_fields(model: Struct) -> Iterator[tuple[str, Any]]:
    """What the description knows of a model, by wire name: its tag, and the fields that are set."""
    facts = described(type(model))
    config = facts.__struct_config__
    if config.tag_field is not None:
        yield config.tag_field, config.tag
    for name, wire in zip(facts.__struct_fields__, facts.__struct_encode_fields__, strict=True):
        value = getattr(model, name)
        if value is not UNSET:
            yield wire, value


def known_names(model: type[Struct]) -> Collection[str]:
    """The wire names that the description has for the fields of a model, its tag apart."""
    names: tuple[str, ...] = described(model).__struct_encode_fields__
    return names


def field_of(model: Struct, wire: str) -> Any:
    """What a model has under a wire name, UNSET where that is nothing."""
    names = model.__struct_encode_fields__
    if wire in names:
        return getattr(model, model.__struct_fields__[names.index(wire)])
    return model.extra_fields.get(wire, UNSET) if isinstance(model, Model) else UNSET


def described(model: type[Any]) -> type[Any]:
    """The model of the description that a learned model stands for, or itself."""
    found: type[Any] = model.__dict__.get("__described__", model)
    return found


def extra_of(model: Model) -> Mapping[str, Any]:
    """What a model's side slot holds."""
    try:
        side: Mapping[str, Any] = _SIDE.__get__(model)
    except AttributeError:
        return _NOTHING
    return side


def keep_extra_fields(model: Model, fields: Mapping[str, Any]) -> None:
    """Put fields into a model's side slot."""
    _SIDE.__set__(model, MappingProxyType(dict(fields)))


def rebuilt(model: type[Model], values: Mapping[str, Any], extra: Mapping[str, Any]) -> Model:
    """A model of these values, by attribute, which keeps these fields besides."""
    value = model(**values)
    if extra:
        keep_extra_fields(value, extra)
    return value

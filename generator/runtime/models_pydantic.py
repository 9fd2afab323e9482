"""The bases of generated models, where they are pydantic's.

What a caller makes of a model is strict in names; unknown fields that ``decode`` read are in
``extra_fields`` and in ``model_extra``. ``UNSET`` is absent, None is null; a field that is UNSET is
left out of what a model dumps. A model is built when it is first used, which is most of its cost.
"""

from collections.abc import Collection, Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, TypeGuard, Unpack

from msgspec import UNSET
from pydantic import BaseModel, ConfigDict, Field


class Model(BaseModel):
    """A model: pydantic's, which may hold UNSET and fields its description does not know."""

    model_config = ConfigDict(
        arbitrary_types_allowed=True,
        defer_build=True,
        extra="forbid",
        hide_input_in_errors=True,
        protected_namespaces=(),
        validate_by_alias=True,
        validate_by_name=True,
    )

    def __init_subclass__(cls, **settings: Unpack[ConfigDict]) -> None:
        for name, value in list(vars(cls).items()):
            if value is UNSET:
                setattr(cls, name, Field(default=UNSET, exclude_if=_is_unset))
        super().__init_subclass__(**settings)

    @property
    def extra_fields(self) -> Mapping[str, Any]:
        """Fields the server sent and the description does not list, by wire name."""
        return MappingProxyType(self.model_extra or {})

    def __repr_args__(self) -> Iterator[tuple[str | None, Any]]:
        return ((name, value) for name, value in super().__repr_args__() if value is not UNSET)


class UnknownVariant(Model):
    """A member of a tagged union whose tag the description does not know; ``raw`` is all of it."""

    raw: dict[str, Any]


class WireNames(dict[str, str]):
    """WireNames names by the names of fields; what is not listed is called the same."""

    def __call__(self, name: str) -> str:
        """The wire name of a field."""
        return self.get(name, name)


def camel(name: str) -> str:
    """The wire name of a field where it is the same words in camel case."""
    first, *rest = name.split("_")
    return first + "".join(part[:1].upper() + part[1:] for part in rest)


def to_plain(value: object) -> dict[str, Any]:
    """What of a model is sent; msgspec calls this for what it cannot encode by itself."""
    if isinstance(value, UnknownVariant):
        return value.raw
    if is_model(value):
        return dict(sent_fields(value))
    raise TypeError(f"nothing encodes {type(value).__name__}")


def is_model(value: object) -> TypeGuard[BaseModel]:
    """Whether a value is a model."""
    return isinstance(value, BaseModel)


def sent_fields(model: BaseModel) -> Iterator[tuple[str, Any]]:
    """What the description knows of a model, by wire name: the fields that are set."""
    for wire, name in wire_names(type(model)).items():
        value = getattr(model, name)
        if value is not UNSET:
            yield wire, value


def known_names(model: type[BaseModel]) -> Collection[str]:
    """The wire names that the description has for the fields of a model."""
    return wire_names(model).keys()


def needed_names(model: type[BaseModel]) -> Iterator[str]:
    """The wire names of fields that JSON must have: constants have a default of their own."""
    for wire, name in wire_names(model).items():
        if model.model_fields[name].default is not UNSET:
            yield wire


def field_of(model: BaseModel, wire: str) -> Any:
    """What a model has under a wire name, UNSET where that is nothing."""
    name = wire_names(type(model)).get(wire)
    return getattr(model, name) if name else (model.model_extra or {}).get(wire, UNSET)


@cache
def wire_names(model: type[BaseModel]) -> dict[str, str]:
    """The fields of a model by wire name."""
    wire = model.model_config.get("alias_generator")
    return {wire(name) if callable(wire) else name: name for name in model.model_fields}


def _is_unset(value: object) -> bool:
    return value is UNSET

# Part of the Lockstep runtime, copied here by the generator. Do not edit.
# fmt: off
"""Types that learned which fields servers add, so that later answers decode at full speed.

In come a type and what an answer held that it does not know, out goes a decoder of a type beside
it: where the description has a model, this has a subclass with the added fields, which looks, sends
and compares like the model and shows them as ``extra_fields``. Types that hold themselves are not
learned, and of a model no more than a few names: such answers are read the slow way each time.
"""

from collections.abc import Mapping, Sequence
from types import GenericAlias, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

import msgspec
from msgspec import NODEFAULT, UNSET, Struct
from msgspec.structs import FieldInfo, fields

from .fitting import choose
from .models import Model, described, extra_of, rebuilt
from .shapes import Unknown

_MOST_NAMES = 32
_names: dict[type[Model], tuple[str, ...]] = {}
_decoders: dict[Any, msgspec.json.Decoder[Any]] = {}


class _HoldsItself(Exception):
    """A type is part of itself."""


def learned_decoder(wanted: Any) -> msgspec.json.Decoder[Any] | None:
    """The decoder that knows what was learned for a type, None while nothing was."""
    return _decoders.get(wanted)


def learn(wanted: Any, value: Any, unknown: Unknown) -> None:
    """Note what a decoded value holds beyond its type, for the answers to come."""
    before = dict(_names)
    _note(value, unknown)
    if _names == before and wanted in _decoders:
        return
    try:
        _decoders[wanted] = msgspec.json.Decoder(_grown(wanted, ()), dec_hook=choose)
    except (_HoldsItself, TypeError):
        _decoders.pop(wanted, None)


def _note(value: Any, unknown: Unknown) -> None:
    if unknown.fields and isinstance(value, Model):
        model = described(type(value))
        names = dict.fromkeys((*_names.get(model, ()), *unknown.fields))
        if len(names) <= _MOST_NAMES and model.__struct_config__.tag_field not in names:
            _names[model] = tuple(names)
    for key, inside in unknown.inside.items():
        _note(getattr(value, key) if isinstance(value, Struct) else value[key], inside)


def _grown(wanted: Any, above: tuple[Any, ...]) -> Any:
    """The type with learned models in place of models, itself where it has none."""
    wanted = getattr(wanted, "__value__", wanted)
    if _is_model(wanted):
        return _grown_model(wanted, above)
    origin, arguments = get_origin(wanted), get_args(wanted)
    if origin is Annotated:
        return _grown(arguments[0], above)
    grown = tuple(_grown(each, above) for each in arguments)
    if grown == arguments or origin is None:
        return wanted
    if origin in (Union, UnionType):
        return _either(*grown)
    return _collection(origin, grown)


def _either(first: Any, *others: Any) -> Any:
    """The union of types."""
    for other in others:
        first = first | other
    return first


def _is_model(wanted: Any) -> bool:
    return isinstance(wanted, type) and issubclass(wanted, Struct)


def _collection(origin: Any, arguments: tuple[Any, ...]) -> Any:
    if issubclass(origin, Mapping):
        return GenericAlias(dict, arguments)
    if issubclass(origin, Sequence) and len(arguments) == 1:
        return GenericAlias(list, arguments)
    raise TypeError(f"{origin} is not learned")


def _grown_model(model: type[Struct], above: tuple[Any, ...]) -> type[Struct]:
    if model in above:
        raise _HoldsItself
    added = _names.get(model, ()) if issubclass(model, Model) else ()
    changed = [
        (info, grown)
        for info in fields(model)
        if (grown := _grown(info.type, (*above, model))) is not info.type
    ]
    if not added and not changed:
        return model
    extra = {f"extra_{at}_": name for at, name in enumerate(added)}
    config = model.__struct_config__
    return msgspec.defstruct(
        model.__name__,
        [
            *((info.name, grown, _field(info)) for info, grown in changed),
            *((name, Any, msgspec.field(default=UNSET, name=wire)) for name, wire in extra.items()),
        ],
        bases=(_Learned, model) if issubclass(model, Model) else (model,),
        namespace={"__described__": model, "__learned__": extra, "__doc__": model.__doc__},
        module=model.__module__,
        kw_only=True,
        tag=config.tag,
        tag_field=config.tag_field,
    )


def _field(info: FieldInfo) -> Any:
    if info.default_factory is not NODEFAULT:
        return msgspec.field(default_factory=info.default_factory, name=info.encode_name)
    return msgspec.field(default=info.default, name=info.encode_name)


class _Learned(Model, kw_only=True):
    """What learned models are besides: outwardly the models that they stand for."""

    @property
    def extra_fields(self) -> Mapping[str, Any]:
        """Fields the server sent and the description does not list, by wire name."""
        learned: Mapping[str, str] = type(self).__dict__["__learned__"]
        found = {wire: getattr(self, name) for name, wire in learned.items()}
        return {**{k: v for k, v in found.items() if v is not UNSET}, **extra_of(self)}

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Struct) or described(type(other)) is not described(type(self)):
            return NotImplemented
        names = described(type(self)).__struct_fields__
        return all(getattr(self, name) == getattr(other, name) for name in names)

    __hash__ = None  # type: ignore[assignment]

    def __reduce__(self) -> tuple[Any, ...]:
        model = described(type(self))
        values = {name: getattr(self, name) for name in model.__struct_fields__}
        return rebuilt, (model, values, dict(self.extra_fields))

# Part of the Lockstep runtime, copied here by the generator. Do not edit.
# fmt: off
"""What types look like to unknown fields.

In comes a type that msgspec decodes, out goes its shape, which takes what the type does not know
out of plain JSON and, once that is converted, gives it back to the models. A mapping whose tag no
member of a union has is rewritten for the union's ``UnknownVariant``, if it lists one. Shapes are
built at first need and kept; types may be recursive.
"""

from collections.abc import Iterable, Mapping, Sequence
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from msgspec import Struct
from msgspec.structs import fields

from .models import Model, UnknownVariant, keep_extra_fields
from .plain import is_array, is_object

_shapes: dict[Any, "Shape"] = {}


class Unknown:
    """What was taken out of one value, and out of the values in it."""

    __slots__ = ("fields", "inside")

    def __init__(self) -> None:
        self.fields: dict[str, Any] = {}
        self.inside: dict[Any, Unknown] = {}

    def give_back(self, value: Any) -> None:
        """Put it into the side slots of the converted value."""
        if self.fields and isinstance(value, Model):
            keep_extra_fields(value, self.fields)
        for key, unknown in self.inside.items():
            if isinstance(value, Struct):
                unknown.give_back(getattr(value, key))
            elif (isinstance(value, Mapping) and key in value) or isinstance(value, Sequence):
                unknown.give_back(value[key])


class Shape:
    """The shape of a type without models in it: everything is known."""

    def take_unknown(self, raw: Any) -> Unknown | None:
        """Take out of plain JSON what the type does not know, None when it knows all."""
        return None


class _Items(Shape):
    """An array or an object used as a map."""

    def __init__(self, item: Shape, kind: type) -> None:
        self._item = item
        self.kind = kind

    def take_unknown(self, raw: Any) -> Unknown | None:
        if self.kind is dict and is_object(raw):
            return self._gather(raw.items())
        if self.kind is list and is_array(raw):
            return self._gather(enumerate(raw))
        return None

    def _gather(self, pairs: Iterable[tuple[Any, Any]]) -> Unknown | None:
        return _gather(Unknown(), ((key, self._item.take_unknown(value)) for key, value in pairs))


class _Fields(Shape):
    """A model."""

    def __init__(self, model: type[Struct]) -> None:
        self.model = model
        self.tag_field = model.__struct_config__.tag_field
        self.tag = model.__struct_config__.tag
        self._known: dict[str, tuple[str, Shape]] | None = None

    def take_unknown(self, raw: Any) -> Unknown | None:
        if not is_object(raw):
            return None
        known, taken = self._fields(), Unknown()
        for name in [name for name in raw if name not in known and name != self.tag_field]:
            taken.fields[name] = raw.pop(name)
        inside = ((known[n][0], known[n][1].take_unknown(raw[n])) for n in raw if n in known)
        return _gather(taken, inside)

    def _fields(self) -> dict[str, tuple[str, Shape]]:
        if self._known is None:
            self._known = {f.encode_name: (f.name, shape_of(f.type)) for f in fields(self.model)}
        return self._known


class _Choice(Shape):
    """A union: which member is meant shows in the JSON type and the tag."""

    def __init__(self, members: list[Shape]) -> None:
        self._models = [m for m in members if isinstance(m, _Fields)]
        self._items = [m for m in members if isinstance(m, _Items)]
        self._unknown = next((m for m in self._models if issubclass(m.model, UnknownVariant)), None)

    def take_unknown(self, raw: Any) -> Unknown | None:
        if is_object(raw) and self._models:
            return self._take_from_model(raw)
        for member in self._items:
            if isinstance(raw, member.kind):
                return member.take_unknown(raw)
        return None

    def _take_from_model(self, raw: dict[str, Any]) -> Unknown | None:
        for member in self._models:
            if member.tag_field is None or raw.get(member.tag_field) == member.tag:
                return member.take_unknown(raw)
        if self._unknown is None or self._unknown.tag_field is None:
            return None
        whole = dict(raw)
        raw.clear()
        raw.update({self._unknown.tag_field: self._unknown.tag, "raw": whole})
        return Unknown()


def shape_of(wanted: Any) -> Shape:
    """The shape of a type."""
    try:
        return _shapes[wanted]
    except KeyError:
        return _shapes.setdefault(wanted, _make(wanted))


def _make(wanted: Any) -> Shape:
    wanted = getattr(wanted, "__value__", wanted)
    origin, arguments = get_origin(wanted), get_args(wanted)
    if origin is Annotated:
        return shape_of(arguments[0])
    if origin in (Union, UnionType):
        return _Choice([shape_of(argument) for argument in arguments])
    if isinstance(wanted, type) and issubclass(wanted, Struct):
        return _Fields(wanted)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return _Items(shape_of(arguments[1]), dict)
    if isinstance(origin, type) and issubclass(origin, Sequence):
        return _Items(shape_of(arguments[0]), list)
    return Shape()


def _gather(taken: Unknown, inside: Iterable[tuple[Any, Unknown | None]]) -> Unknown | None:
    taken.inside = {key: unknown for key, unknown in inside if unknown is not None}
    return taken if taken.fields or taken.inside else None

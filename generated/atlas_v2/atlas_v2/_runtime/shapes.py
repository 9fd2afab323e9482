# Part of the Lockstep runtime, copied here by the generator. Do not edit.
# fmt: off
"""What types look like to plain JSON that does not fit them as it came.

In comes a type that msgspec decodes, out goes its shape, which settles plain JSON for it: what the
type does not know is taken out, to be given back to the models once the rest is converted; a whole
number that came with a fraction of zero is an integer
(https://json-schema.org/draft/2020-12/json-schema-core#section-4.2.3); a mapping whose tag no
member of a union has is rewritten for the union's ``UnknownVariant``, if it lists one. Nothing that
comes in is changed. Shapes are built at first need and kept; types may be recursive.
"""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from msgspec import Struct
from msgspec.structs import fields

from .json_text import is_whole, whole
from .models import Model, UnknownVariant, keep_extra_fields
from .plain import is_array, is_object

_shapes: dict[Any, "Shape"] = {}


class Unknown:
    """What was taken out of one value, and out of the values in it."""

    __slots__ = ("fields", "inside", "is_whole")

    def __init__(self, *, is_whole: bool = False) -> None:
        self.fields: dict[str, Any] = {}
        self.inside: dict[Any, Unknown] = {}
        self.is_whole = is_whole

    def __len__(self) -> int:
        known = _MORE_THAN_ANY if self.is_whole else len(self.fields)
        return known + sum(map(len, self.inside.values()))

    def give_back(self, value: Any) -> None:
        """Put it into the side slots of the converted value."""
        if self.fields and isinstance(value, Model):
            keep_extra_fields(value, self.fields)
        for key, unknown in self.inside.items():
            if isinstance(value, Struct):
                unknown.give_back(getattr(value, key))
            elif (isinstance(value, Mapping) and key in value) or isinstance(value, Sequence):
                unknown.give_back(value[key])


_MORE_THAN_ANY = 1_000_000
_NOTHING = Unknown()
EVERYTHING = Unknown(is_whole=True)


class Shape:
    """The shape of a type that takes values as they come, or not at all."""

    def settle(self, raw: Any) -> tuple[Any, Unknown]:
        """Plain JSON as msgspec takes it for the type, and what the type does not know of it."""
        return raw, _NOTHING


class _Integer(Shape):
    """A whole number."""

    def settle(self, raw: Any) -> tuple[Any, Unknown]:
        return (whole(raw) if is_whole(raw) else raw), _NOTHING


class _Items(Shape):
    """An array or an object used as a map."""

    def __init__(self, item: Shape, kind: type) -> None:
        self._item = item
        self.kind = kind

    def settle(self, raw: Any) -> tuple[Any, Unknown]:
        if self.kind is dict and is_object(raw):
            return self._settled(raw.items())
        if self.kind is list and is_array(raw):
            values, unknown = self._settled(enumerate(raw))
            return list(values.values()), unknown
        return raw, _NOTHING

    def _settled(self, pairs: Iterable[tuple[Any, Any]]) -> tuple[dict[Any, Any], Unknown]:
        values: dict[Any, Any] = {}
        taken = Unknown()
        for key, value in pairs:
            values[key], inside = self._item.settle(value)
            if inside:
                taken.inside[key] = inside
        return values, taken


class _Places(_Items):
    """An array of fixed length, each place with a shape of its own."""

    def __init__(self, places: Sequence[Shape]) -> None:
        super().__init__(Shape(), list)
        self._places = places

    def settle(self, raw: Any) -> tuple[Any, Unknown]:
        if not is_array(raw) or len(raw) != len(self._places):
            return raw, _NOTHING
        taken = Unknown()
        values: list[Any] = []
        for at, (shape, value) in enumerate(zip(self._places, raw, strict=True)):
            settled, inside = shape.settle(value)
            values.append(settled)
            if inside:
                taken.inside[at] = inside
        return values, taken


class _Fields(Shape):
    """A model."""

    def __init__(self, model: type[Struct]) -> None:
        self.model = model
        self.tag_field = model.__struct_config__.tag_field
        self.tag = model.__struct_config__.tag
        self._known: dict[str, tuple[str, Shape]] | None = None

    def settle(self, raw: Any) -> tuple[Any, Unknown]:
        if not is_object(raw):
            return raw, _NOTHING
        known, taken = self._fields(), Unknown()
        values: dict[str, Any] = {}
        for name, value in raw.items():
            if name in known:
                attribute, shape = known[name]
                values[name], inside = shape.settle(value)
                if inside:
                    taken.inside[attribute] = inside
            elif name == self.tag_field and value == self.tag:
                values[name] = value
            else:
                taken.fields[name] = value
        return values, taken

    def _fields(self) -> dict[str, tuple[str, Shape]]:
        if self._known is None:
            self._known = {f.encode_name: (f.name, shape_of(f.type)) for f in fields(self.model)}
        return self._known


class _Choice(Shape):
    """A union: which member is meant shows in the JSON type and the tag."""

    def __init__(self, members: list[Shape], arguments: tuple[Any, ...]) -> None:
        self._models = [m for m in members if isinstance(m, _Fields)]
        self._items = [m for m in members if isinstance(m, _Items)]
        self._whole = next((m for m in members if isinstance(m, _Integer)), None)
        self._unknown = next((m for m in self._models if issubclass(m.model, UnknownVariant)), None)
        self._takes_fractions = float in arguments

    def settle(self, raw: Any) -> tuple[Any, Unknown]:
        if is_object(raw) and self._models:
            return self._settle_model(raw)
        if isinstance(raw, float | Decimal) and self._whole and not self._takes_fractions:
            return self._whole.settle(raw)
        for member in self._items:
            if isinstance(raw, member.kind):
                return member.settle(raw)
        return raw, _NOTHING

    def _settle_model(self, raw: dict[str, Any]) -> tuple[Any, Unknown]:
        for member in self._models:
            tag = raw.get(member.tag_field) if member.tag_field else None
            if len(self._models) == 1 or (tag is not None and tag == member.tag):
                return member.settle(raw)
        if self._unknown is None or self._unknown.tag_field is None:
            return raw, _NOTHING
        return {self._unknown.tag_field: self._unknown.tag, "raw": raw}, EVERYTHING


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
        return _Choice([shape_of(argument) for argument in arguments], arguments)
    if isinstance(wanted, type) and issubclass(wanted, Struct):
        return _Fields(wanted)
    if isinstance(wanted, type) and issubclass(wanted, int) and wanted is not bool:
        return _Integer()
    if origin is tuple and Ellipsis not in arguments:
        return _Places([shape_of(argument) for argument in arguments])
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return _Items(shape_of(arguments[1]), dict)
    if isinstance(origin, type) and issubclass(origin, Sequence):
        return _Items(shape_of(arguments[0]), list)
    return Shape()

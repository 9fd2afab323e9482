"""What a schema asks of a Python type, before there are names: its shape.

In: an Api and the place of a schema. Out: a shape, in which other schemas are still places, so a
cycle costs nothing. allOf is merged here; a schema that only annotates another has the other's
shape. What no Python type can tell apart is a Choice, and `annotate` decides what becomes of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from generator.api import Api, Schema
from generator.api.schema import Discriminator
from generator.api.walk import child, keyword, parts, properties, required, types
from generator.diagnostics import Where
from generator.plan.shape import (
    Array,
    Choice,
    Enumeration,
    Mapped,
    Record,
    Scalar,
    Several,
    Shape,
    Untyped,
)

_BESIDE_BRANCHES = frozenset(("properties", "allOf", "items"))
_OF_OBJECTS_AND_LISTS = frozenset(
    ("properties", "patternProperties", "additionalProperties", "items", "prefixItems")
)
_CHANGES = frozenset(("enum", "const", "required"))
_NULL = Scalar("None")
_SCALARS = {"string": "str", "integer": "int", "number": "float", "boolean": "bool"}


def heirs(api: Api) -> dict[Where, tuple[Where, ...]]:
    """The named schemas that take in a schema with a discriminator, by that schema."""
    found: dict[Where, list[Where]] = {}
    for place, schema in api.schemas.items():
        for part in parts(api, place)[1:] if schema.name else ():
            if api.schema(part).discriminator is not None:
                found.setdefault(part, []).append(place)
    return {place: tuple(sorted(each)) for place, each in found.items()}


class Shapes:
    """The shapes of one Api's schemas, found when first asked for."""

    def __init__(self, api: Api) -> None:
        self.api = api
        self._found: dict[Where, Shape] = {}
        self._heirs = heirs(api)
        self._bases = {place.at("discriminator"): place for place in self._heirs}

    def __getitem__(self, place: Where) -> Shape:
        found = self._found.get(place)
        if found is None:
            self._found[place] = Untyped()  # what a schema is that consists of nothing but itself
            found = self._found[place] = self._find(place)
        return found

    def schema(self, place: Where) -> Schema:
        """The schema of a class."""
        return self.api.schema(self.declared(place))

    def declared(self, place: Where) -> Where:
        """The schema of a class; that of a base stands apart from the union of its heirs."""
        return self._bases.get(place, place)

    def _find(self, place: Where) -> Shape:
        if place in self._bases:
            shape = replace(self._structure(self._bases[place]), nullable=False)
            return replace(shape, where=place) if isinstance(shape, Record) else shape
        schema = self.api.schema(place)
        null = schema.nullable
        target = _annotated(self.api, schema)
        if target is not None and place not in self._heirs.get(target, ()):
            shape = self[target]
            return replace(shape, nullable=True) if null else shape
        listed = self._listed(place, schema)
        if listed is not None:
            return listed
        choice = self._inherited(schema) or self._choice(schema)
        return choice if choice is not None else self._structure(place)

    def _listed(self, place: Where, schema: Schema) -> Shape | None:
        """The shape of an enumeration or a constant."""
        values = schema.enum
        if "const" in schema.keywords:
            values = (schema.keywords["const"],)
        if not values:
            return None
        kept = tuple(dict.fromkeys(value for value in values if isinstance(value, str | int)))
        null = None in values or schema.nullable
        strings = tuple(value for value in kept if isinstance(value, str))
        numbers = tuple(v for v in kept if isinstance(v, int) and not isinstance(v, bool))
        count = len([value for value in values if value is not None])
        if count == 0:
            return _NULL
        if len(kept) == count == 1:
            return Scalar(type(kept[0]).__name__, null, always=kept[0])
        if len(strings) == count or len(numbers) == count:
            return Enumeration(place, "str" if strings else "int", strings or numbers, null)
        return _several(_types_of(values), null)

    def _inherited(self, schema: Schema) -> Shape | None:
        """The shape of a base whose discriminator names the schemas that take it in by allOf."""
        told, found = schema.discriminator, self._heirs.get(schema.where, ())
        if told is None or not found:
            return None
        unmapped = [heir for heir in found if heir not in told.mapping.values()]
        tags = [*told.mapping.items(), *self._own_tags(unmapped, told)]
        if not told.mapping:
            tags.append((schema.name, schema.where))
        apart = [(tag, self._class_of(place)) for tag, place in tags]
        branches = tuple(dict.fromkeys(place for _, place in apart))
        return Choice(schema.where, branches, told.property, tuple(apart), schema.nullable)

    def _class_of(self, place: Where) -> Where:
        """Where the class of a schema stands: a base's is not where the union of its heirs is."""
        return place.at("discriminator") if place in self._heirs else place

    def _tags(
        self, schema: Schema, branches: tuple[Where, ...]
    ) -> tuple[str, tuple[tuple[str, Where], ...]]:
        """The discriminator's property and tags."""
        told = schema.discriminator
        if told is None:
            return "", ()
        mapped = [(tag, place) for tag, place in told.mapping.items() if place in branches]
        unmapped = [each for each in branches if each not in told.mapping.values()]
        return told.property, (*self._own_tags(unmapped, told), *mapped)

    def _own_tags(
        self, places: Iterable[Where], told: Discriminator
    ) -> Iterator[tuple[str, Where]]:
        """What tells branches apart that no mapping names: constants of their own, else names."""
        for place in places:
            own = self.api.schema(place)
            known = self._constants(place, told.property)
            for tag in known or (own.keywords.get("x-ms-discriminator-value", own.name),):
                yield str(tag), place

    def _constants(self, place: Where, name: str) -> tuple[object, ...]:
        """The strings that any of the schemas of an object lists for a property."""
        schemas = [self.api.schema(part) for part in parts(self.api, place)]
        said = [self.api.schema(s.properties[name]) for s in schemas if name in s.properties]
        return next((known for each in said if (known := _constants(each))), ())

    def _choice(self, schema: Schema) -> Shape | None:
        """The shape of oneOf or anyOf where the schema is nothing else."""
        branches = schema.many("oneOf") or schema.many("anyOf")
        if not branches or not _BESIDE_BRANCHES.isdisjoint(schema.children):
            return None
        kept = tuple(each for each in branches if not self._is_null(each))
        null = schema.nullable or len(kept) < len(branches)
        if len(kept) == 1:
            return replace(self[kept[0]], nullable=null or self[kept[0]].nullable)
        if not any(self._says_something(each) for each in kept):
            return None
        return Choice(schema.where, kept, *self._tags(schema, kept), nullable=null)

    def _is_null(self, place: Where) -> bool:
        schema = self.api.schema(place)
        return self._listed(place, schema) == _NULL or schema.types == frozenset({"null"})

    def _says_something(self, place: Where) -> bool:
        """Whether a branch has a type of its own, or only demands fields or excludes values."""
        schema = self.api.schema(place)
        return bool(schema.types or schema.enum or "const" in schema.keywords) or any(
            key in schema.children for key in ("properties", "allOf", "oneOf", "anyOf", "items")
        )

    def _structure(self, place: Where) -> Shape:
        said = types(self.api, place)
        null = "null" in said
        declared = said - {"null"} or self._guessed(place)
        shapes = tuple(self._of_type(place, name, null) for name in sorted(declared))
        if not shapes:
            return _NULL if null else Untyped()
        if declared == frozenset({"integer", "number"}):
            return Scalar("float", null)
        return shapes[0] if len(shapes) == 1 else Several(shapes, null)

    def _guessed(self, place: Where) -> frozenset[str]:
        """The types that the keywords of a schema without types are for."""
        has_values = child(self.api, place, "additionalProperties") is not None
        has_items = child(self.api, place, "items") is not None
        has_items |= any(map(self._prefix, parts(self.api, place)))
        is_object = has_values or bool(self._members(place) or self._fields(place)[0])
        found = (("object", is_object), ("array", has_items))
        return frozenset(name for name, wanted in found if wanted)

    def _of_type(self, place: Where, name: str, null: bool) -> Shape:
        if name == "array":
            return self._array(place, null)
        if name == "object":
            return self._object(place, null)
        if name in _SCALARS:
            decimal = name == "number" and keyword(self.api, place, "format") == "decimal"
            return Scalar("Decimal" if decimal else _SCALARS[name], null)
        return Untyped(null)

    def _array(self, place: Where, null: bool) -> Array:
        """The shape of a list; of a prefix every item must be there for it to be a tuple."""
        item = self._rest(place, "items", "unevaluatedItems")
        places = (self._prefix(part) for part in parts(self.api, place))
        prefix: tuple[Where, ...] = next((each for each in places if each), ())
        if not prefix:
            return Array(item, null)
        ends = item is not None and self.api.schema(item).never
        ends |= keyword(self.api, place, "maxItems") == len(prefix)
        whole = keyword(self.api, place, "minItems") == len(prefix)
        return Array(None if ends else item, null, prefix, ends, whole)

    def _rest(self, place: Where, name: str, unevaluated: str) -> Where | None:
        """The schema of all that is not named: what comes after every other keyword is the last."""
        found = child(self.api, place, name)
        return child(self.api, place, unevaluated) if found is None else found

    def _prefix(self, place: Where) -> tuple[Where, ...]:
        return self.api.schema(place).many("prefixItems")

    def _object(self, place: Where, null: bool) -> Shape:
        may_be, rivals = self._fields(place)
        fields = self._members(place) | may_be
        if fields and all(map(_can_be_a_field, fields)):
            needed = required(self.api, place) & fields.keys()
            return Record(place, fields, needed, null, rivals, frozenset(may_be))
        if fields:
            return Mapped(None, null)
        rest = self._rest(place, "additionalProperties", "unevaluatedProperties")
        values = [p for each in parts(self.api, place) for p in self._patterns(each)]
        values += [] if rest is None or self.api.schema(rest).never else [rest]
        return Mapped(values[0] if values else None, null, tuple(values[1:]))

    def _members(self, place: Where) -> dict[str, Where]:
        """The properties that an object may have: none whose schema is `false`."""
        found = properties(self.api, place)
        return {name: each for name, each in found.items() if not self.api.schema(each).never}

    def _patterns(self, place: Where) -> list[Where]:
        return list(self.api.schema(place).named("patternProperties").values())

    def _fields(self, place: Where) -> tuple[dict[str, Where], dict[str, tuple[Where, ...]]]:
        """Properties that may be there beside a schema's own, and where they are said again."""
        own, found = properties(self.api, place), dict[str, Where]()
        rivals = dict[str, tuple[Where, ...]]()
        for branch in self._branches_beside(place):
            for name, each in self._members(branch).items():
                if name not in own and found.setdefault(name, each) != each:
                    rivals[name] = (*rivals.get(name, ()), each)
        return found, rivals

    def _branches_beside(self, place: Where) -> Iterator[Where]:
        """The alternatives of an object, and what it is under conditions."""
        for part in parts(self.api, place):
            schema = self.api.schema(part)
            conditional = filter(None, map(schema.one, ("then", "else")))
            dependent = schema.named("dependentSchemas").values()
            branches = (*schema.many("oneOf"), *schema.many("anyOf"), *conditional, *dependent)
            for branch in branches:
                if part not in parts(self.api, branch):  # an heir has this schema's fields
                    yield branch

    def assumes_type(self, place: Where) -> bool:
        """Whether a schema says by its keywords alone that it is of objects or lists."""
        schema = self.schema(place)
        if types(self.api, schema.where) or _OF_OBJECTS_AND_LISTS.isdisjoint(schema.children):
            return False
        return isinstance(self[place], Record | Mapped | Array)

    def only(self, record: Record, name: str) -> str | int | None:
        """The one value that a property of an object can have, or None."""
        place = record.properties.get(name)
        shape = None if place is None or name in record.open else self[place]
        return shape.always if isinstance(shape, Scalar) and not shape.nullable else None

    def about(self, place: Where, name: str) -> object:
        """A plain keyword of a schema or of what it annotates."""
        return keyword(self.api, place, name)


def _annotated(api: Api, schema: Schema) -> Where | None:
    """The one schema that this one only annotates."""
    bases = schema.many("allOf")
    if not bases or len(schema.children) != 1 or _CHANGES & schema.keywords.keys():
        return None
    saying = [each for each in bases if len(bases) == 1 or not _only_annotates(api.schema(each))]
    return saying[0] if len(saying) == 1 else None


def _only_annotates(schema: Schema) -> bool:
    return not (
        schema.children or schema.types or schema.never or _CHANGES & schema.keywords.keys()
    )


def _constants(schema: Schema) -> tuple[object, ...]:
    """The values that a schema lists, where they are strings."""
    values = schema.enum or (schema.keywords.get("const"),)
    return tuple(value for value in values if isinstance(value, str))


def _types_of(values: tuple[object, ...]) -> list[str]:
    """The Python names of the JSON types among values."""
    names: dict[type, str] = {bool: "bool", int: "int", float: "float", str: "str"}
    return sorted({names.get(type(value), "") for value in values if value is not None})


def _several(names: list[str], null: bool) -> Shape:
    if "" in names:
        return Untyped(null)
    if "float" in names and "int" in names:
        names.remove("int")
    shapes = tuple(Scalar(name, null) for name in names)
    return shapes[0] if len(shapes) == 1 else Several(shapes, null)


def _can_be_a_field(name: str) -> bool:
    """Whether msgspec takes a wire name: no quotes, backslashes, controls or lone surrogates."""
    return not any(
        letter in '"\\' or ord(letter) < 32 or 0xD800 <= ord(letter) < 0xE000 for letter in name
    )

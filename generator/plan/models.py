"""The models module: every class that `Classes` found, with its fields and documentation.

Field names are the words of the wire name in snake case. A field that need not be sent is UNSET by
default; one whose schema allows only one value has that value; a default of the schema is only
documented. Dates, UUIDs and other formatted strings stay strings: what is decoded encodes to the
same text again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet

from msgspec.structs import replace

from generator.api import Api, Schema
from generator.api.walk import keyword
from generator.diagnostics import Where
from generator.plan.back_end import BackEnd
from generator.plan.classes import Classes
from generator.plan.code import Call, Code, Value, mentioned
from generator.plan.former import Former
from generator.plan.names import Names, Scope, snake, upper, words
from generator.plan.prose import about, beside, beyond, paragraphs, sentence, shown, whole
from generator.plan.reach import Way
from generator.plan.shape import Choice, Enumeration, Record
from generator.plan.types import (
    ANY,
    NONE,
    UNSET,
    Type,
    UnionOf,
    annotation,
    members,
    words_of,
)
from generator.plan.variants import plan_variants
from generator.plan.views.models import EnumView, FieldView, ModelsModule, StructView, TagView
from generator.plan.views.text import About, ImportView, Lines

_MEMBER_NAMES_TAKEN = frozenset(("is_known", "name", "value"))
_BASES = {"str": "OpenEnum", "int": "OpenIntEnum"}
_FROM_TYPING = ("TYPE_CHECKING", "Any", "TypeAlias", "Union")
_FROM_RUNTIME = (
    "UNSET",
    "Model",
    "OpenEnum",
    "OpenIntEnum",
    "UnknownVariant",
    "UnsetType",
    "Untagged",
    "renamed_classes",
)
_FROM_MODELS = ("WireNames", "camel")
_FROM_UNIONS = ("TaggedUnion",)


class ModelsPlanner:
    """Plans the models of one Api."""

    def __init__(self, api: Api, classes: Classes, names: Names, back_end: BackEnd) -> None:
        self._api = api
        self._back_end = back_end
        self._classes = classes
        self._names = names
        self._used: set[str] = set()

    def plan(self, former: Former) -> ModelsModule:
        """The module, each kind of class sorted by name."""
        enums: list[EnumView] = []
        structs: list[StructView] = []
        choices: list[Choice] = []
        for shape in self._classes.found():
            if isinstance(shape, Enumeration):
                enums.append(self._enum(shape))
            elif isinstance(shape, Record):
                structs += [self._struct(shape, *each) for each in self._classes.ways(shape)]
            elif isinstance(shape, Choice):
                choices.append(shape)
        variants = plan_variants(self._classes, choices, self._back_end)
        self._used |= variants.used
        renamed = former.classes(self._classes.called, self._api.where)
        self._used |= {"TYPE_CHECKING", "TypeAlias", "renamed_classes"} if renamed else set()
        return ModelsModule(
            doc=paragraphs((sentence(f"Models of {self._api.title or 'the API'}"),), 0),
            imports=self._imports(),
            enums=tuple(sorted(enums, key=lambda each: each.name)),
            structs=tuple(sorted(structs, key=lambda each: each.name)),
            unknowns=variants.unknowns,
            aliases=variants.aliases,
            unions=variants.unions,
            former=tuple(renamed.items()),
            renamed=Call("renamed_classes", (Code("__name__"), dict(renamed))),
        )

    def _imports(self) -> tuple[ImportView, ...]:
        modules = (
            ("decimal", ("Decimal",)),
            ("typing", _FROM_TYPING),
            ("._runtime", _FROM_RUNTIME),
            ("._runtime.models", _FROM_MODELS),
            ("._runtime.unions", _FROM_UNIONS),
        )
        return imports(modules, self._used)

    def _enum(self, shape: Enumeration) -> EnumView:
        base = _BASES[shape.base]
        self._used.add(base)
        schema = self._classes.shapes.schema(shape.where)
        scope = self._names.scope(_MEMBER_NAMES_TAKEN)
        place = shape.where.at("enum")
        keys = {value: self._names.key(place.at(str(value))) for value in shape.values}
        scope.hold(dict.fromkeys(keys.values(), ""))
        return EnumView(
            name=self._classes.name(shape.where),
            base=base,
            doc=self._doc(schema, "Values known when this was generated; others are kept."),
            members=tuple(
                (scope.name(keys[value], _member(value), place), value) for value in shape.values
            ),
        )

    def _struct(self, shape: Record, name: str, way: Way) -> StructView:
        schema = self._classes.shapes.schema(shape.where)
        tag = self._classes.tags.records.get(shape.where)
        split = shape.where in self._classes.reach.split
        fields = self._classes.reach.fields(shape, way)
        scope = self._names.scope(self._back_end.fields_taken)
        variant = " (request)" if split and way == "write" else ""
        keys = self._field_keys(shape, fields, variant)
        scope.hold(dict.fromkeys(keys.values(), ""))
        named = {wire: scope.name(keys[wire], snake(wire), place) for wire, place in fields.items()}
        views = tuple(
            replace(
                self._field(shape, wire, place, named[wire], way),
                key=keys[wire],
                sent=way == "write" or (not split and shape.where in self._classes.reach.write),
            )
            for wire, place in fields.items()
            if tag is None or wire != tag[0]
        )
        tags = self._tag(tag, named, scope, shape.where)
        wires = {field.name: field.wire for field in views}
        head = self._back_end.head(name, "Model", wires, next(iter(tags), None))
        self._used |= mentioned(head)
        return StructView(
            name=name,
            head=head,
            doc=self._struct_doc(schema, name, way if split else None),
            fields=views,
            tag=tags,
        )

    def _struct_doc(self, schema: Schema, name: str, way: Way | None) -> Lines:
        note = {"read": "As the server sends it.", "write": "As it is sent to the server."}
        extra = [note[way]] if way else []
        more = beside(self._api, schema.where)
        return self._doc(schema, sentence(" ".join(words(name))), more, *extra)

    def _field_keys(
        self, shape: Record, fields: Mapping[str, Where], variant: str
    ) -> dict[str, str]:
        """The key of each field in the table of names; fields of a base belong to each heir."""
        own = shape.where.at("properties")
        return {wire: f"{self._names.key(own.at(wire))}{variant}" for wire in fields}

    def _tag(
        self, tag: tuple[str, str] | None, named: Mapping[str, str], scope: Scope, where: Where
    ) -> tuple[TagView, ...]:
        if tag is None:
            return ()
        wire, value = tag
        name = named.get(wire)
        if name is None:
            name = scope.name(self._names.key(where.at("discriminator")), snake(wire), where)
        return (TagView(name=name, wire=wire, value=value),)

    def _field(self, shape: Record, wire: str, place: Where, name: str, way: Way) -> FieldView:
        kind = self._classes.of_field(shape, wire, way)
        always = self._classes.shapes.only(shape, wire)
        value: Value = None
        if wire not in shape.required:
            kind, value = optional(kind), Code("UNSET")
        else:
            value = always
        view = field_view(name, wire, kind, value, said_of(self._api, place, wire, always))
        self._used.update(words_of(view.annotation))
        self._used |= {"UNSET"} if value == Code("UNSET") else set()
        return view

    def _doc(self, schema: Schema, fallback: str, *more: str) -> Lines:
        return paragraphs((sentence(schema.description) or fallback, *more), 4)


def field_view(name: str, wire: str, kind: Type, default: Value, said: About) -> FieldView:
    """A field of a model or a form."""
    after = 0 if default is None else len(" = UNSET")
    return FieldView(
        name=name,
        wire=wire,
        annotation=annotation(kind, "", len(name) + 2, after, 4),
        shown=shown(kind),
        default=default,
        doc=paragraphs((whole(said),), 4),
        kind=kind,
        about=said,
    )


def said_of(api: Api, place: Where, wire: str, always: str | int | None) -> About:
    """What is said of a field; `always` is the only value that it can have."""
    text = keyword(api, place, "description") or beyond(wire, api.schema(place).description)
    only = "" if always is None else f" Always `{_written(always)}`."
    deprecated = keyword(api, place, "deprecated") is True
    found = about(api, place, str(text), deprecated=deprecated)
    return replace(found, limits=(found.limits + only).strip())


def imports(
    modules: Iterable[tuple[str, tuple[str, ...]]], used: AbstractSet[str]
) -> tuple[ImportView, ...]:
    """Imports of the names that are used, module by module."""
    views = (
        ImportView(module=module, names=tuple(name for name in names if name in used))
        for module, names in modules
    )
    return tuple(view for view in views if view.names)


def optional(kind: Type) -> Type:
    """The type of something that may be absent; Any holds UNSET as it is."""
    if kind == ANY:
        return kind
    kept = [each for each in members(kind) if each != NONE]
    null = [NONE] if NONE in members(kind) else []
    return UnionOf((*kept, UNSET, *null))


def _written(value: str | int) -> str:
    """A constant as documentation shows it: text by itself, else as JSON."""
    return value if isinstance(value, str) and value else json.dumps(value)


def _member(value: str | int) -> str:
    if isinstance(value, str):
        return upper(value)
    return f"VALUE_{value}" if value >= 0 else f"MINUS_{-value}"

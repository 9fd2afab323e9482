"""The module of models: records, enumerations, unions, aliases."""

from __future__ import annotations

from msgspec import Struct

from generator.plan.code import Call, Value
from generator.plan.types import Type
from generator.plan.views.text import About, ImportView, Lines, TypeView


class FieldView(Struct, frozen=True, kw_only=True):
    """A field of a struct; `default` is None where a value must be given.

    `key` is what the table of names knows it by; what is `sent` is given by callers.
    """

    name: str
    wire: str
    annotation: str
    shown: TypeView
    default: Value
    doc: Lines
    kind: Type
    about: About
    key: str = ""
    sent: bool = False


class StructView(Struct, frozen=True, kw_only=True):
    """A model; `head` is its class statement, `tag` the property and value that tell it apart."""

    name: str
    head: Call
    doc: Lines
    fields: tuple[FieldView, ...]
    tag: tuple[TagView, ...] = ()


class TagView(Struct, frozen=True, kw_only=True):
    """The discriminator of a struct, as a read-only property."""

    name: str
    wire: str
    value: str


class EnumView(Struct, frozen=True, kw_only=True):
    """An enumeration with its members by name."""

    name: str
    base: str
    doc: Lines
    members: tuple[tuple[str, Value], ...]


class UnknownView(Struct, frozen=True, kw_only=True):
    """The class of a union's variants that the description does not know."""

    name: str
    head: Call
    doc: Lines


class AliasView(Struct, frozen=True, kw_only=True):
    """A union by name."""

    name: str
    members: str
    shown: tuple[TypeView, ...]


class UnionView(Struct, frozen=True, kw_only=True):
    """A union that no tag tells apart: what type checkers see, and the class that decodes it."""

    name: str
    members: str
    shown: tuple[TypeView, ...]
    fact: Call


class ModelsModule(Struct, frozen=True, kw_only=True):
    """The module of models, each kind sorted by name; a union stands behind those it mentions.

    `former` has names of before with those of now, which `renamed` states.
    """

    doc: Lines
    imports: tuple[ImportView, ...]
    enums: tuple[EnumView, ...]
    structs: tuple[StructView, ...]
    unknowns: tuple[UnknownView, ...]
    aliases: tuple[AliasView, ...]
    unions: tuple[UnionView, ...]
    former: tuple[tuple[str, str], ...]
    renamed: Call

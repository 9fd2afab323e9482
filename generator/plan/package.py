"""A planned package: every Python decision taken, nothing left to the templates but printing.

Views hold text of three kinds: names and annotations that plan made, `Call`s and `Code`, and text
of the description (`doc`, values, Markdown), which only the quoting filters may print.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from generator.plan.code import Call, Code, Value
from generator.plan.types import Type

Lines = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeView:
    """A type in documentation, and the heading of the first model in it."""

    text: str
    model: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What is said of a value: in words, what limits it, the server's default as JSON."""

    text: str = ""
    limits: str = ""
    default: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldView:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class StructView:
    """A model; `head` is its class statement, `tag` the property and value that tell it apart."""

    name: str
    head: Call
    doc: Lines
    fields: tuple[FieldView, ...]
    tag: tuple[TagView, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TagView:
    """The discriminator of a struct, as a read-only property."""

    name: str
    wire: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EnumView:
    """An enumeration with its members by name."""

    name: str
    base: str
    doc: Lines
    members: tuple[tuple[str, Value], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownView:
    """The class of a union's variants that the description does not know."""

    name: str
    head: Call
    doc: Lines


@dataclass(frozen=True, slots=True, kw_only=True)
class AliasView:
    """A union by name."""

    name: str
    members: str
    shown: tuple[TypeView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnionView:
    """A union that no tag tells apart: what type checkers see, and the class that decodes it."""

    name: str
    members: str
    shown: tuple[TypeView, ...]
    fact: Call


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportView:
    """`from module import names`, names sorted."""

    module: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelsModule:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class ArgumentView:
    """An argument of a method, for its signature and its page of documentation."""

    name: str
    wire: str
    location: str
    declaration: str
    shown: TypeView
    required: bool
    text: str
    about: About


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerView:
    """An answer in the documentation: status, media types, type and error class."""

    status: str
    media_types: tuple[str, ...]
    shown: TypeView
    error: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceView:
    """What the documentation tells of a method.

    `sends` is the media type of its body; `arguments` has the fields of a body behind it; the calls
    are one with what is required and, where there is more, one with everything, and give `result`.
    """

    shown: TypeView
    sends: str
    arguments: tuple[ArgumentView, ...]
    answers: tuple[AnswerView, ...]
    required: Call
    full: Call | None
    result: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FormView:
    """One way of calling a method, for type checkers: its signature and what it returns."""

    signature: Lines
    returns: str
    returns_async: str
    decorators: tuple[Call, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MethodView:
    """An operation: the fact that states it, the method that calls it, what is said of it.

    `forms` are the ways of calling it where there are several; `signature` takes them all.
    `headers` is the class of the header fields of its answers, or none.
    """

    name: str
    id: str
    label: str
    constant: str
    fact: Call
    forms: tuple[FormView, ...]
    signature: Lines
    returns: str
    returns_async: str
    call: Call
    paged: bool
    summary: str
    description: str
    doc: Lines
    roles: tuple[str, ...]
    arguments: tuple[ArgumentView, ...]
    headers: tuple[StructView, ...]
    reference: ReferenceView
    decorators: tuple[Call, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SurfaceView:
    """Another way to be answered: the property that gives it, its class and the methods in it."""

    signature: Lines
    construction: Call
    class_name: str
    doc: Lines
    source: Call
    methods: tuple[tuple[str, Call], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FlavourView:
    """One way of calling: the class, what it calls through, and the words of its language.

    Each method stands behind what it returns, and behind its forms with what those return.
    """

    class_name: str
    caller: str
    define: str
    wait: str
    methods: tuple[tuple[tuple[tuple[FormView, str], ...], str, MethodView], ...]
    surfaces: tuple[SurfaceView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceModule:
    """A module of operations with one class for each way of calling them.

    `former` are methods that are called otherwise, or somewhere else, now.
    """

    module: str
    attribute: str
    class_name: str
    doc: Lines
    imports: tuple[ImportView, ...]
    constants: tuple[tuple[str, Value], ...]
    methods: tuple[MethodView, ...]
    former: tuple[MethodView, ...]
    headers: tuple[StructView, ...]
    flavours: tuple[FlavourView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookView:
    """A request that the API makes: the fact that decodes it, and how it is to be answered.

    `label` is what it is called in messages; `kinds` are the types that the fact mentions.
    """

    name: str
    label: str
    fact: Call
    kinds: tuple[Type, ...]
    shown: TypeView
    method: str
    media_types: tuple[str, ...]
    headers: tuple[str, ...]
    summary: str
    description: str
    doc: Lines
    answers: tuple[AnswerView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhooksModule:
    """A module of webhooks, or of callbacks, sorted by name."""

    module: str
    title: str
    doc: Lines
    imports: tuple[ImportView, ...]
    webhooks: tuple[WebhookView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemeView:
    """A security scheme and the credentials for it; without a constructor there are none."""

    name: str
    constructor: str
    example: Call | None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientModule:
    """The module of the two clients.

    `address` is the type of the base URL, `default` is None where the caller must say it;
    `servers` is the fact that `declarations` choose from, `aliases` are types of these.
    """

    doc: Lines
    imports: tuple[ImportView, ...]
    typing_imports: tuple[ImportView, ...]
    transports: tuple[ImportView, ...]
    exports: tuple[str, ...]
    aliases: Lines
    servers: Value
    address: str
    default: Value
    declarations: Lines
    flavours: tuple[ClientView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AttributeView:
    """A resource of a client, whose module is imported when it is first used."""

    signature: Lines
    imports: tuple[ImportView, ...]
    construction: Call
    doc: Lines


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientView:
    """One client: its base and its resources."""

    name: str
    base: str
    transport: str
    doc: Lines
    construction: Call
    resources: tuple[AttributeView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Readme:
    """What the README of the project tells besides what is the same for all."""

    title: str
    doc: Lines
    imports: Lines
    async_imports: Lines
    reference_imports: Lines
    credentials: Call | None
    client: Call
    async_client: Call
    reference_client: Call
    first_call: MethodView | None
    paged_call: MethodView | None
    missing_call: MethodView | None
    schemes: tuple[SchemeView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtraView:
    """An extra of the project: what it gives and what it installs."""

    name: str
    text: str
    requirements: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """A whole project: what `emit.render` prints."""

    name: str
    description: str
    digest: str
    license: str
    http: str
    library: str
    part: str
    api_version: str
    requirements: tuple[str, ...]
    extras: tuple[ExtraView, ...]
    models: ModelsModule
    resources: tuple[ResourceModule, ...]
    webhooks: tuple[WebhooksModule, ...]
    client: ClientModule
    readme: Readme
    names: Mapping[str, str]
    former: Mapping[str, tuple[str, ...]]
    signatures: Mapping[str, str]
    operations: tuple[Mapping[str, str], ...]

    @property
    def options(self) -> dict[str, str]:
        """The options that shape the output, as the manifest keeps them."""
        options = {"http": self.http, "license": self.license, "name": self.name}
        options["models"] = self.library
        some = {"api_version": self.api_version, "part": self.part}
        return options | {name: value for name, value in some.items() if value}


__all__ = [
    "About",
    "AliasView",
    "AnswerView",
    "ArgumentView",
    "AttributeView",
    "Call",
    "ClientModule",
    "ClientView",
    "Code",
    "EnumView",
    "ExtraView",
    "FieldView",
    "FlavourView",
    "FormView",
    "ImportView",
    "MethodView",
    "ModelsModule",
    "Package",
    "Readme",
    "ReferenceView",
    "ResourceModule",
    "SchemeView",
    "StructView",
    "SurfaceView",
    "TagView",
    "TypeView",
    "UnionView",
    "UnknownView",
    "Value",
    "WebhookView",
    "WebhooksModule",
]

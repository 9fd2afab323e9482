"""The module of the two clients, and what authenticates them."""

from __future__ import annotations

from msgspec import Struct

from generator.plan.code import Call, Value
from generator.plan.views.text import ImportView, Lines


class ClientModule(Struct, frozen=True, kw_only=True):
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


class ClientView(Struct, frozen=True, kw_only=True):
    """One client: its base and its resources."""

    name: str
    base: str
    transport: str
    doc: Lines
    construction: Call
    resources: tuple[AttributeView, ...]


class AttributeView(Struct, frozen=True, kw_only=True):
    """A resource of a client, whose module is imported when it is first used."""

    signature: Lines
    imports: tuple[ImportView, ...]
    construction: Call
    doc: Lines


class SchemeView(Struct, frozen=True, kw_only=True):
    """A security scheme and the credentials for it; without a constructor there are none."""

    name: str
    constructor: str
    example: Call | None
    text: str

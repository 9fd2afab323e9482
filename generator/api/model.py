"""The neutral model of an API: HTTP and JSON Schema, nothing of Python.

`build` makes one `Api` from a resolved description, whatever OpenAPI version it is written in;
plan, diff, mock and contract read it and nothing else. Every element knows `where` it stands.
Schemas live in one flat table by their canonical place, so a reference, a cyclic one too, is an
edge to a key and never a copy.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from generator.api.behaviours import Behaviours, OperationBehaviours, ParameterBehaviours
from generator.api.schema import Schema
from generator.diagnostics import Where


class Example(Struct, frozen=True, kw_only=True):
    """A named example value of a parameter, body or response."""

    where: Where
    name: str
    value: object


class Lifecycle(Struct, frozen=True, kw_only=True):
    """What `x-sunset` and `x-stability-level` say, as written; empty where they say nothing."""

    sunset: str = ""
    stability: str = ""


class Content(Struct, frozen=True, kw_only=True):
    """One media type of a body: its name as written, its schema, and that schema enveloped.

    `items` is the schema of each item of a media type that is a sequence of them, since 3.2;
    `item_encoding` says how each is written.
    """

    where: Where
    media_type: str
    schema: Where | None
    enveloped: Where | None = None
    items: Where | None = None
    examples: tuple[Example, ...] = ()
    encoding: Mapping[str, Mapping[str, object]] = {}
    item_encoding: Mapping[str, object] = {}


_FRAMING = frozenset({"connection", "content-length", "host", "transfer-encoding"})
_SAID_ELSEWHERE = frozenset({"accept", "content-type", "authorization"})


class Parameter(Struct, frozen=True, kw_only=True):
    """One parameter; `location` is path, query, header or cookie; `content` excludes `schema`."""

    where: Where
    name: str
    location: str
    required: bool
    description: str
    deprecated: bool
    schema: Where | None
    content: Content | None
    style: str
    explode: bool
    allow_reserved: bool
    examples: tuple[Example, ...]
    behaviours: ParameterBehaviours
    lifecycle: Lifecycle = Lifecycle()

    @property
    def ignored(self) -> bool:
        """Whether it is said elsewhere: https://spec.openapis.org/oas/v3.1.1.html#parameter-object."""
        return self.location == "header" and self.name.lower() in _SAID_ELSEWHERE

    @property
    def frames(self) -> bool:
        """Whether it is of the connection and no caller's to say (RFC 9112, section 6)."""
        return self.location == "header" and self.name.lower() in _FRAMING


class Header(Struct, frozen=True, kw_only=True):
    """A response header with its schema."""

    where: Where
    name: str
    required: bool
    description: str
    schema: Where | None


class Link(Struct, frozen=True, kw_only=True):
    """An OpenAPI link: which operation follows, and its parameters as runtime expressions."""

    where: Where
    name: str
    operation: str
    parameters: Mapping[str, object]
    body: object = None


class RequestBody(Struct, frozen=True, kw_only=True):
    """What an operation takes as its body."""

    where: Where
    required: bool
    description: str
    content: tuple[Content, ...]


class Response(Struct, frozen=True, kw_only=True):
    """One answer; `status` is a number, a range like `4XX`, or `default`, as written."""

    where: Where
    status: str
    description: str
    headers: tuple[Header, ...]
    content: tuple[Content, ...]
    links: tuple[Link, ...]


class ServerVariable(Struct, frozen=True, kw_only=True):
    """A variable of a server's URL; `values` are all that it may have, where they are listed."""

    where: Where
    name: str
    default: str
    values: tuple[str, ...]
    description: str


class Server(Struct, frozen=True, kw_only=True):
    """A base URL with its variables filled in by their defaults.

    `template` is the URL with the variables in it, where there are any; `name` is since 3.2.
    """

    where: Where
    url: str
    description: str
    name: str = ""
    template: str = ""
    variables: tuple[ServerVariable, ...] = ()


class SecurityScheme(Struct, frozen=True, kw_only=True):
    """A security scheme; `kind` is http, apiKey, oauth2, openIdConnect or mutualTLS."""

    where: Where
    name: str
    kind: str
    scheme: str
    location: str
    parameter: str
    flows: Mapping[str, Mapping[str, object]]
    description: str

    @property
    def place(self) -> tuple[str, str]:
        """Where credentials of it stand, by location and name: one place holds those of one."""
        if self.kind == "apiKey":
            own = self.parameter.lower() if self.location == "header" else self.parameter
            return self.location, own
        return ("connection", "") if self.kind == "mutualTLS" else ("header", "authorization")


class Requirement(Struct, frozen=True, kw_only=True):
    """One alternative of an operation's security: every scheme in it is needed, with scopes."""

    schemes: Mapping[str, tuple[str, ...]]


class Operation(Struct, frozen=True, kw_only=True):
    """One operation; `path` is the template below the server, `id` the operationId or empty."""

    where: Where
    id: str
    method: str
    path: str
    summary: str
    description: str
    tags: tuple[str, ...]
    deprecated: bool
    parameters: tuple[Parameter, ...]
    body: RequestBody | None
    responses: tuple[Response, ...]
    security: tuple[Requirement, ...]
    servers: tuple[Server, ...]
    behaviours: OperationBehaviours
    lifecycle: Lifecycle = Lifecycle()
    callbacks: tuple[Incoming, ...] = ()

    @property
    def label(self) -> str:
        """Method and path, as people write them."""
        return f"{self.method} {self.path}"

    @property
    def name(self) -> str:
        """The operationId, or method and path where there is none: unique in an Api."""
        return self.id or self.label

    def response(self, status: int) -> Response | None:
        """The answer declared for a status: exact, then its range, then default."""
        by_status = {each.status.upper(): each for each in self.responses}
        for key in (str(status), f"{status // 100}XX", "DEFAULT"):
            if key in by_status:
                return by_status[key]
        return None


class Incoming(Struct, frozen=True, kw_only=True):
    """Requests that the API makes of its users: a webhook, or a callback of an operation.

    The path of its operations is the webhook's name, or the expression that gives the callback's
    address.
    """

    where: Where
    name: str
    operations: tuple[Operation, ...]


class Tag(Struct, frozen=True, kw_only=True):
    """A tag with its description."""

    name: str
    description: str


class Api(Struct, frozen=True, kw_only=True):
    """A whole API."""

    where: Where
    title: str
    version: str
    description: str
    openapi: str
    servers: tuple[Server, ...]
    tags: tuple[Tag, ...]
    operations: tuple[Operation, ...]
    schemas: Mapping[Where, Schema]
    security_schemes: Mapping[str, SecurityScheme]
    behaviours: Behaviours
    security: tuple[Requirement, ...] = ()
    webhooks: tuple[Incoming, ...] = ()

    def schema(self, key: Where) -> Schema:
        """The schema at a canonical place."""
        return self.schemas[key]

    @property
    def secured(self) -> bool:
        """Whether any operation asks for credentials."""
        return any(each.schemes for operation in self.operations for each in operation.security)

    def operation(self, name: str) -> Operation | None:
        """The operation with this operationId (or method and path)."""
        return next((each for each in self.operations if each.name == name), None)

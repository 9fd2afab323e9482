"""What a description declares beyond schemas: the typed form of the `x-lockstep-*` extensions.

The grammar is `behaviours.schema.json`; what is written there is held against it first (with
positions), so the conversion to these types cannot fail. Field names on the wire are camelCase.
Pointers are JSON pointers into a body; a parameter is named by its name in the operation.
"""

from __future__ import annotations

from typing import Any, Literal

import msgspec

Pointer = str
OpaqueKind = Literal["identifier", "time", "secret", "value"]


class _Extension(msgspec.Struct, frozen=True, rename="camel", forbid_unknown_fields=True):
    """The base of all: immutable, strict."""


class FieldSource(_Extension, frozen=True):
    """How the server fills a field: one of these is set, `opaque` and `now` being unpredictable.

    `value` always, `default` where the caller gave none, `parent` copies a field of the parent when
    the resource is made, `principal` a property of the caller, `now` the time of creation or of the
    last change (`plus` seconds later), `links` a list of `{rel, href}` by operation, or by a path
    with {field} names where no operation answers there; in lists only those `in_lists`, if any.
    """

    value: Any | msgspec.UnsetType = msgspec.UNSET
    default: Any | msgspec.UnsetType = msgspec.UNSET
    parent: str = ""
    principal: Literal["", "name", "user", "tenant"] = ""
    now: Literal["", "created", "updated"] = ""
    plus: int = 0
    opaque: bool = False
    links: dict[str, str] = {}
    in_lists: list[str] = []


class Seed(_Extension, frozen=True):
    """One resource that stands before the first call, with the resources below it."""

    fields: dict[str, Any] = {}
    children: dict[str, list[Seed]] = {}


class Resource(_Extension, frozen=True):
    """One kind of thing that the API keeps.

    `schema` points at the stored representation, `key` names its key field (empty for a singleton,
    which lives and dies with its parent), `order` the fields that lists are sorted by (none: order
    of creation, `unordered`: no promise), `unique` the fields that no two under one parent share.
    """

    schema: str
    key: str = ""
    parent: str = ""
    singleton: bool = False
    alternative_keys: list[str] = []
    order: list[str] = []
    unordered: bool = False
    unique: list[str] = []
    fields: dict[str, FieldSource] = {}
    seed: list[Seed] = []


class By(_Extension, frozen=True):
    """The alternative key that an operation finds its resource by: a field, and where it is sent.

    Of several that match, the one that was made first is meant.
    """

    field: str
    body: Pointer = ""
    parameter: str = ""


class ResourceUse(_Extension, frozen=True):
    """What an operation does to which resource.

    `parameters` maps path parameters to the resources that they identify; `item` and `request` are
    where the resource stands in the answer and in the request body; `echo` names members of the
    request that come back beside it, as far as they fit the answer's schema there, whose opaque
    members are made.
    """

    resource: str
    role: Literal["create", "list", "read", "update", "replace", "delete", "upsert", "act"]
    parameters: dict[str, str] = {}
    by: By | None = None
    item: Pointer = ""
    request: Pointer = ""
    echo: list[str] = []


class Pagination(_Extension, frozen=True):
    """How a list is cut: `items`, `total`, `next` and `links` are pointers into the body.

    `single` has no page parameters. `links` is a list of `{rel, href}` with self, previous, next.
    `count` names the parameter that switches the total off.
    """

    style: Literal["single", "page-number", "offset", "cursor", "link"]
    items: Pointer = ""
    total: Pointer | None = None
    next: Pointer | None = None
    links: Pointer | None = None
    page: str = ""
    size: str = ""
    offset: str = ""
    cursor: str = ""
    count: str = ""
    start: int = 1


class Filter(_Extension, frozen=True):
    """Which items a parameter keeps."""

    field: str
    match: Literal["exact", "exact-ignore-case", "prefix-ignore-case", "contains-ignore-case"]


class Envelope(_Extension, frozen=True):
    """How a true value of the parameter wraps a body: members for the status and the content.

    `lists` says what happens to a paged list: the status `beside` its members, or `around` like any
    other body.
    """

    status: str = "status"
    content: str = "content"
    lists: Literal["beside", "around"] = "around"


class Representation(_Extension, frozen=True):
    """The parameter changes how a body is written, not what it says."""

    kind: Literal["pretty"]


class Confirm(_Extension, frozen=True):
    """The value without which a destructive call is refused."""

    value: str
    ignore_case: bool = False


class Guard(_Extension, frozen=True):
    """The operation is refused while the resource `has` others below it."""

    has: str
    status: int
    code: str = ""
    detail: str = ""


class Fault(_Extension, frozen=True):
    """What a class of fault is answered with; `detail` may hold {name}, {value} and {reason}."""

    status: int
    code: str = ""
    detail: str = ""


FaultKind = Literal[
    "malformed-body",
    "missing-body",
    "invalid-body",
    "missing-field",
    "unknown-field",
    "read-only-field",
    "invalid-path",
    "invalid-query",
    "missing-query",
    "unknown-query",
    "repeated-query",
    "no-such-path",
    "not-found",
    "parent-not-found",
    "duplicate",
    "unauthenticated",
    "wrong-tenant",
    "lesser-role",
    "method-not-allowed",
    "not-acceptable",
    "unsupported-media-type",
    "too-large",
    "unconfirmed",
]


class Errors(_Extension, frozen=True):
    """The error format, what each class of fault gets, and which statuses may come anywhere.

    `code`, `status`, `detail`, `reason` and `parameters` point into the error body. A class of
    fault that is not listed, and that the standard does not name a status for, is no fault.
    """

    media_type: str = "application/json"
    schema: str = ""
    code: Pointer | None = None
    status: Pointer | None = None
    detail: Pointer | None = None
    reason: Pointer | None = None
    parameters: Pointer | None = None
    everywhere: list[int] = []
    faults: dict[FaultKind, Fault] = {}


class Version(_Extension, frozen=True):
    """How a version is chosen: `template` is a media type with {version} in it.

    `known` are the versions that exist, `current` the one described. A request body may also be
    sent as one of `also_accepted`. A wildcard in Accept takes the current version if `wildcard`.
    """

    template: str
    current: str
    known: list[str] = []
    also_accepted: list[str] = []
    wildcard: bool = True


class Principal(_Extension, frozen=True):
    """Somebody who calls: roles, and the tenant whose resources are theirs."""

    name: str
    roles: list[str] = []
    tenant: str = ""


class Auth(_Extension, frozen=True):
    """Who may see what, on a security scheme.

    `owned` names the resource that belongs to a tenant: others are refused on it and do not see it
    in lists. `implies` lists the roles that a role includes. `qop` may be empty: the challenge then
    has none and the RFC 2069 form is expected.
    """

    realm: str = "lockstep"
    qop: list[str] = msgspec.field(default_factory=lambda: ["auth"])
    algorithms: list[str] = msgspec.field(default_factory=lambda: ["MD5"])
    nonce_seconds: int = 300
    owned: str = ""
    implies: dict[str, list[str]] = {}
    principals: list[Principal] = []


class Access(_Extension, frozen=True):
    """The roles of which the caller needs one, on an operation."""

    roles: list[str] = []


class ParameterBehaviours(msgspec.Struct, frozen=True):
    """Everything declared on one parameter."""

    filter: Filter | None = None
    envelope: Envelope | None = None
    representation: Representation | None = None
    confirm: Confirm | None = None


class OperationBehaviours(msgspec.Struct, frozen=True):
    """Everything declared on one operation; `faults` override the document's."""

    resource: ResourceUse | None = None
    pagination: Pagination | None = None
    guards: tuple[Guard, ...] = ()
    faults: dict[FaultKind, Fault] = {}
    access: Access | None = None


class Behaviours(msgspec.Struct, frozen=True):
    """Everything declared on the document; `auth` is by security scheme."""

    resources: dict[str, Resource] = {}
    errors: Errors | None = None
    version: Version | None = None
    auth: dict[str, Auth] = {}

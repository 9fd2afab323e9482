"""What a description declares beyond schemas: the typed form of the `x-lockstep-*` extensions.

The grammar is `behaviours.schema.json`; what is written there is held against it first (with
positions), so the conversion to these types cannot fail. Field names on the wire are camelCase.
Pointers are JSON pointers into a body; a parameter is named by its name in the operation.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

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
    `members` makes an object of sources where the caller gave none.
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
    members: dict[str, FieldSource] = {}


class Seed(_Extension, frozen=True):
    """One resource that stands before the first call, with the resources below it.

    It belongs to `tenant`, and to that of the first principal where none is named.
    """

    fields: dict[str, Any] = {}
    children: dict[str, list[Seed]] = {}
    tenant: str = ""


class Resource(_Extension, frozen=True):
    """One kind of thing that the API keeps.

    `schema` points at the stored representation, `key` names its key field (empty for a singleton,
    which lives and dies with its parent), `order` the fields that lists are sorted by (none: order
    of creation, `unordered`: no promise), `unique` the fields that no two under one parent share.
    `owner` are pointers to what names the user it belongs to, who may become another: the first
    that is there counts.
    """

    schema: str
    key: str = ""
    parent: str = ""
    singleton: bool = False
    alternative_keys: list[str] = []
    order: list[str] = []
    unordered: bool = False
    unique: list[str] = []
    owner: list[Pointer] = []
    fields: dict[str, FieldSource] = {}
    seed: list[Seed] = []


class By(_Extension, frozen=True):
    """The alternative key that an operation finds its resource by: a field, and where it is sent.

    Of several that match, the one that was made first is meant.
    """

    field: str
    body: Pointer = ""
    parameter: str = ""


class Receipt(_Extension, frozen=True):
    """An answer that says what was done, in place of the resource.

    `created`, `updated` and `deleted` are its members after each; `fields` are members that hold
    the field of the resource that they name.
    """

    created: dict[str, Any] = {}
    updated: dict[str, Any] = {}
    deleted: dict[str, Any] = {}
    fields: dict[str, str] = {}


class ResourceUse(_Extension, frozen=True):
    """What an operation does to which resource.

    `parameters` maps path parameters to the resources that they identify; `item` and `request` are
    where the resource stands in the answer and in the request body; `echo` names members of the
    request that come back beside it, as far as they fit the answer's schema there, whose opaque
    members are made. An answer that is not JSON is the description's example.

    `key` is where the body of an upsert may name the key of the one to change: it must exist, and
    the field that `by` names is then changed like any other. `ignores` is what counts as not sent:
    members that are null, members that the stored schema does not have.
    """

    resource: str
    role: Literal["create", "list", "read", "update", "replace", "delete", "upsert", "act"]
    parameters: dict[str, str] = {}
    by: By | None = None
    item: Pointer = ""
    request: Pointer = ""
    echo: list[str] = []
    key: Pointer = ""
    ignores: list[Literal["null-fields", "unknown-fields"]] = []
    receipt: Receipt | None = None


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


class Visibility(_Extension, frozen=True):
    """Which items a list shows to whom.

    Callers with a role of `see_all` see all of them. Others see what belongs to their tenant and,
    unless the parameter `own_only` is true, what has all the values of `public`.
    """

    see_all: list[str] = []
    public: dict[str, Any] = {}
    own_only: str = ""


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
    """The value without which a destructive call is refused.

    With `before_roles` it is asked for before the caller's role is looked at.
    """

    value: str
    ignore_case: bool = False
    before_roles: bool = False


class Guard(_Extension, frozen=True):
    """The operation is refused while the resource `has` others below it."""

    has: str
    status: int
    code: str = ""
    detail: str = ""


class Fault(_Extension, frozen=True):
    """What a class of fault is answered with; `detail` may hold {name}, {value} and {reason}.

    `format` names one of the document's other error formats. `crash` is the 5xx that servers are
    known to answer in its place, failing where they should refuse: it passes for the refusal, and
    is never what the mock answers.
    """

    status: int
    code: str = ""
    detail: str = ""
    format: str = ""
    crash: Annotated[int, msgspec.Meta(ge=500, le=599)] | None = None

    @property
    def statuses(self) -> frozenset[int]:
        """All that it may be answered with."""
        return frozenset({self.status}) | ({self.crash} if self.crash else frozenset[int]())


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
    "unknown-owner",
    "unauthenticated",
    "wrong-tenant",
    "lesser-role",
    "lesser-scope",
    "method-not-allowed",
    "not-acceptable",
    "unsupported-media-type",
    "too-large",
    "unconfirmed",
]


class ErrorFormat(_Extension, frozen=True):
    """How an error is written.

    `code`, `status`, `detail`, `reason`, `parameters` and `name` (of what is at fault) point into
    the body; a pointer to the whole of it makes the body that text alone. `empty` errors have no
    body, whatever Content-Type they carry (none where `media_type` is empty); `negotiated` ones
    have neither unless Accept admits their media type.
    """

    media_type: str = "application/json"
    schema: str = ""
    code: Pointer | None = None
    status: Pointer | None = None
    detail: Pointer | None = None
    reason: Pointer | None = None
    parameters: Pointer | None = None
    name: Pointer | None = None
    empty: bool = False
    negotiated: bool = False


class Errors(ErrorFormat, frozen=True):
    """The error format, what each class of fault gets, and which statuses may come anywhere.

    `formats` are other formats, for faults that name one. A class of fault that is not listed, and
    that the standard does not name a status for, is no fault. A fault may be answered with a 2xx
    that has no body, where an API takes it for none.
    """

    everywhere: list[int] = []
    faults: dict[FaultKind, Fault] = {}
    formats: dict[str, ErrorFormat] = {}


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
    has none and the RFC 2069 form is expected. `challenge` stands in WWW-Authenticate in place of
    the scheme's own (empty: the scheme has none). `callers_of` names a scheme whose callers sign in
    by this one too, with the same names and secrets; what they own and imply is declared there.
    Tokens that are issued for client credentials live for `token_seconds`. With `secret_as_user` a
    secret alone signs in by basic, as the name with an empty password.
    """

    realm: str = "lockstep"
    qop: list[str] = msgspec.field(default_factory=lambda: ["auth"])
    algorithms: list[str] = msgspec.field(default_factory=lambda: ["MD5"])
    nonce_seconds: int = 300
    owned: str = ""
    implies: dict[str, list[str]] = {}
    principals: list[Principal] = []
    challenge: str | None = None
    callers_of: str = ""
    token_seconds: int = 3600
    secret_as_user: bool = False


class Access(_Extension, frozen=True):
    """The roles of which the caller needs one, on an operation.

    `creating` are those for an upsert that creates, `roles` then those for one that changes. With
    `owner` no role is needed by whom the resource belongs to.
    """

    roles: list[str] = []
    creating: list[str] | None = None
    owner: bool = False


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
    visibility: Visibility | None = None


class Behaviours(msgspec.Struct, frozen=True):
    """Everything declared on the document; `auth` is by security scheme."""

    resources: dict[str, Resource] = {}
    errors: Errors | None = None
    version: Version | None = None
    auth: dict[str, Auth] = {}

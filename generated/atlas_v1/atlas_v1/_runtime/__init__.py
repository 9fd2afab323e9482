# Part of the Lockstep runtime, copied here by the generator. Do not edit.
# fmt: off
"""The runtime of generated clients: calls, retries, paging, authentication, decoding and errors.

Generated modules state facts and delegate; what is done with the facts is written here, once. This
package imports only msgspec and the standard library, never a transport: the modules
``over_httpx2``, ``over_httpx2_async``, ``over_pyreqwest``, ``over_pyreqwest_async`` and ``asgi``
are imported by whoever wants one of them. It uses relative imports alone, so it works under any
package name.

What generated code may rely on, and nothing else (``CONTRACT`` counts its incompatible changes):

Facts, all keyword-only but for the leading fields shown without a name::

    Operation(id=, method=, path=, parameters=(), accept="", responses=(), error=None, security=(),
              body=None, bodies=(), idempotency_key=None, server="", instead_of=())
        Operation[T]: T is what a call returns; server: called instead of one of these base URLs
    PagedOperation(..., page=, whole=())            PagedOperation[T, I]: and I is one item
        whole: media types of successes that are no pages
    Parameter(name, location, style="", explode=None, media_type=None, allow_reserved=False,
              argument="")                          location: path, query, header, cookie
    Body(media_type, required=False, omit=(), extra=False, fields=(), form=None)
        omit: pointers of read-only fields, ``*`` = any; extra: unknown fields are sent back;
        fields: Parameters that say how fields of a form are written
        form: FormFields(names, needed=(), always={}), where fields make a form by name
    Answer(status, media_type=None, type=None)      status: "200", "4XX", "default"
    ErrorFields(code=None, detail=None, status=None)                       JSON pointers
    PageNumber(page=, size=None, items="", total=None, links=None, start=1, default_size=None,
               maximum=None)
    Offset(offset=, limit=None, items="", total=None, links=None, default_limit=None, maximum=None)
    Cursor(cursor=, next=, items="", total=None)    next: pointer of the next cursor
    LinkNext(items="", next=None, links=None, total=None)    neither given: the ``Link`` header

The tuples of ``security`` hold names of schemes, an OR of ANDs: ``(("Key", "Digest"), ())``.
``links`` is the pointer of an array of ``{"rel": ..., "href": ...}``.

    Webhook(name=, bodies=(Carried(media_type, type), ...))
        Webhook[T]: ``decode(body, headers)`` reads a request of the API's as a T

Calls, on ``Caller`` and with ``await`` on ``AsyncCaller``::

    caller.call(operation, arguments, body=UNSET, *, options=None) -> T
    caller.call_raw(operation, arguments, body=UNSET, *, options=None) -> RawResponse[T]
    caller.page(operation, arguments, body=UNSET, *, options=None) -> Page[I]
    caller.page_or_whole(operation, arguments, body=UNSET, *, options=None) -> Page[I] | T
    caller.stream(operation, arguments, body=UNSET, *, options=None) -> StreamedResponse[T]

``operation.narrowed(accept=, content_type=)`` is the operation with one media type of several, and
``operation.filled(body, model, fields)`` the body that was given or that fields make;
``operation.formed(body, fields, content_type, model)`` is so for forms, whose fields are mappings.

``arguments`` maps the wire name of a parameter (or its ``argument``, where two parameters share a
name) to its value; ``UNSET`` is never sent.

A resource whose caller is ``RawCaller(caller)`` or ``StreamCaller(caller)`` answers with responses
as they came, or read in pieces; ``raw(method)`` and ``streamed(method)`` give
such methods their types (``async_raw`` and ``async_streamed`` over the awaited callers), and
``headed(method, fields)`` and ``headed_stream(method, fields)`` type the header fields, too, by a
subclass of ``HeaderFields``::

    class OrganizationsRaw:
        def __init__(self, caller: Caller) -> None:
            methods = Organizations(RawCaller(caller))
            self.list_organizations = raw(methods.list_organizations)

Where servers have variables, or there are several, the base URL is that of
``address_of(servers, base_url, chosen, values)``, of ``ApiServer(at, url, variables=(), name="")``
with ``ServerVariable(name, default, values=())``.

What has another name than before is marked: methods with ``@deprecated(message)``, arguments with
``@renamed_arguments({old: new})``, classes with ``__getattr__ = renamed_classes(__name__, {...})``.

Clients subclass ``BaseClient`` and ``AsyncBaseClient``; a resource is made when it is first used::

    class Client(BaseClient):
        def __init__(
            self,
            base_url: str = "https://api.example.com",
            *,
            auth: AuthChoice = None,
            options: Options | None = None,
            transport: Transport | None = None,
        ) -> None:
            super().__init__(
                base_url,
                auth=auth,
                options=options,
                transport=transport or Httpx2Transport(),
                user_agent="acme/1.0",
                schemes=("DigestAuth",),
            )

        @cached_property
        def organizations(self) -> Organizations:
            return Organizations(self._caller)

The transports by option ``http``::

    from ._runtime.over_httpx2 import Httpx2Transport
    from ._runtime.over_httpx2_async import AsyncHttpx2Transport
    from ._runtime.over_pyreqwest import PyreqwestTransport
    from ._runtime.over_pyreqwest_async import AsyncPyreqwestTransport

Models subclass ``Model`` (repeat ``kw_only=True``, msgspec does not inherit it), enumerations
``OpenEnum`` or ``OpenIntEnum``; a tagged union that is to survive unknown tags lists a subclass of
``UnknownVariant`` among its members. A union of models that no tag tells apart is an ``Untagged``::

    Untagged(name, *members, constants=(), tag_field="", tags=None, unknown=None)
        constants: for each member, fields with their only value; tags: tag to members;
        unknown: the UnknownVariant for other tags
"""

from msgspec import UNSET, UnsetType, field

from .auth import ApiKey, Aside, Auth, AuthChoice, Basic, Bearer
from .body import File, FileLike, Part
from .caller import Caller, Page
from .caller_async import AsyncCaller, AsyncPage
from .client import BaseClient
from .client_async import AsyncBaseClient
from .digest import Digest
from .enums import OpenEnum, OpenIntEnum
from .errors import (
    BodySpent,
    ConnectError,
    ConnectTimeout,
    DecodeError,
    Error,
    MissingCredentials,
    PagingError,
    TimeoutError_,
    TokenError,
    TransportError,
)
from .form_fields import FormFields
from .hooks import Hook, LogHook, OpenTelemetryHook
from .lines import Event
from .messages import Headers, Request, Response
from .models import Model, UnknownVariant
from .oauth2 import OAuth2
from .operation import (
    Answer,
    Body,
    ErrorFields,
    Operation,
    PagedOperation,
    Parameter,
)
from .options import Options
from .paging import Cursor, LinkNext, Offset, PageNumber
from .raw import RawResponse
from .renamed import deprecated, renamed_arguments, renamed_classes
from .servers import ApiServer, ServerVariable, address_of
from .status import (
    BadGateway,
    BadRequest,
    ClientError,
    Conflict,
    Forbidden,
    GatewayTimeout,
    Gone,
    InternalServerError,
    MethodNotAllowed,
    NotAcceptable,
    NotFound,
    PaymentRequired,
    PreconditionFailed,
    RequestTimeout,
    ServerError,
    ServiceUnavailable,
    StatusError,
    TooManyRequests,
    Unauthorized,
    UnexpectedStatus,
    UnprocessableEntity,
    UnsupportedMediaType,
)
from .streamed import HeadedStream, StreamedResponse
from .streamed_async import AsyncHeadedStream, AsyncStreamedResponse
from .surfaces import RawCaller, StreamCaller, Streaming, headed, headed_stream, raw, streamed
from .surfaces_async import (
    AsyncRawCaller,
    AsyncStreamCaller,
    AsyncStreaming,
    async_headed,
    async_headed_stream,
    async_raw,
    async_streamed,
)
from .transport import (
    AsyncIncoming,
    AsyncTransport,
    Incoming,
    Timeouts,
    Transport,
    TransportOptions,
)
from .typed_headers import HeadedResponse, HeaderFields
from .unions import Untagged
from .upload import Content, Upload
from .webhooks import Carried, Webhook

CONTRACT = 1

__all__ = [
    "CONTRACT",
    "UNSET",
    "Answer",
    "ApiKey",
    "ApiServer",
    "Aside",
    "AsyncBaseClient",
    "AsyncCaller",
    "AsyncHeadedStream",
    "AsyncIncoming",
    "AsyncPage",
    "AsyncRawCaller",
    "AsyncStreamCaller",
    "AsyncStreamedResponse",
    "AsyncStreaming",
    "AsyncTransport",
    "Auth",
    "AuthChoice",
    "BadGateway",
    "BadRequest",
    "BaseClient",
    "Basic",
    "Bearer",
    "Body",
    "BodySpent",
    "Caller",
    "Carried",
    "ClientError",
    "Conflict",
    "ConnectError",
    "ConnectTimeout",
    "Content",
    "Cursor",
    "DecodeError",
    "Digest",
    "Error",
    "ErrorFields",
    "Event",
    "File",
    "FileLike",
    "Forbidden",
    "FormFields",
    "GatewayTimeout",
    "Gone",
    "HeadedResponse",
    "HeadedStream",
    "HeaderFields",
    "Headers",
    "Hook",
    "Incoming",
    "InternalServerError",
    "LinkNext",
    "LogHook",
    "MethodNotAllowed",
    "MissingCredentials",
    "Model",
    "NotAcceptable",
    "NotFound",
    "OAuth2",
    "Offset",
    "OpenEnum",
    "OpenIntEnum",
    "OpenTelemetryHook",
    "Operation",
    "Options",
    "Page",
    "PageNumber",
    "PagedOperation",
    "PagingError",
    "Parameter",
    "Part",
    "PaymentRequired",
    "PreconditionFailed",
    "RawCaller",
    "RawResponse",
    "Request",
    "RequestTimeout",
    "Response",
    "ServerError",
    "ServerVariable",
    "ServiceUnavailable",
    "StatusError",
    "StreamCaller",
    "StreamedResponse",
    "Streaming",
    "TimeoutError_",
    "Timeouts",
    "TokenError",
    "TooManyRequests",
    "Transport",
    "TransportError",
    "TransportOptions",
    "Unauthorized",
    "UnexpectedStatus",
    "UnknownVariant",
    "UnprocessableEntity",
    "UnsetType",
    "UnsupportedMediaType",
    "Untagged",
    "Upload",
    "Webhook",
    "address_of",
    "async_headed",
    "async_headed_stream",
    "async_raw",
    "async_streamed",
    "deprecated",
    "field",
    "headed",
    "headed_stream",
    "raw",
    "renamed_arguments",
    "renamed_classes",
    "streamed",
]

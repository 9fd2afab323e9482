# Part of the Lockstep runtime, copied here by the generator. Do not edit.
# fmt: off
"""What the two transports over httpx2 share: pools, certificates, headers and failures.

The adapter drives httpx2's own engine, httpcore2, rather than its client: what the client adds
(cookies, redirects, its URL and header types) is decided above, and costs more than the engine.
In come options, out go the arguments of a connection pool for an origin; TLS is set up only when
an https origin is first met.
"""

import os
import ssl
from importlib.util import find_spec
from time import monotonic
from typing import Any, Protocol, runtime_checkable

import httpcore2

from .codings import ACCEPTED
from .errors import ConnectError, ConnectTimeout, TimeoutError_, TransportError
from .messages import Headers, Request
from .over_httpx2_waits import Until
from .proxies import proxy_for
from .transport import Timeouts, TransportOptions
from .upload import Upload


@runtime_checkable
class _Closable(Protocol):
    """An event loop of asyncio, which a blocking client must not pay for loading."""

    def is_closed(self) -> bool: ...


FAILURES = (
    httpcore2.TimeoutException,
    httpcore2.NetworkError,
    httpcore2.ProtocolError,
    httpcore2.ProxyError,
    httpcore2.UnsupportedProtocol,
    httpcore2.ConnectionNotAvailable,
    ssl.SSLError,
)


def checked(options: TransportOptions) -> TransportOptions:
    """The options; ImportError where what they ask for is not installed."""
    if options.http2 and find_spec("h2") is None:
        raise ImportError("TransportOptions(http2=True) needs h2, which the extra http2 installs")
    return options


Place = tuple[str, int, object]
"""Where connections may be used: to an origin, from a process, on an event loop."""


def is_over(place: Place) -> bool:
    """Whether the event loop of a place is closed; loops of other kinds do not say."""
    loop = getattr(place[2], "native_token", place[2])
    return isinstance(loop, _Closable) and loop.is_closed()


def may_share(place: Place, options: TransportOptions) -> bool:
    """Whether calls at once may share a connection: tasks on one loop, over HTTP/2.

    The engine keeps the state of such a connection right for tasks alone, not for threads:
    https://github.com/pydantic/httpx2/pull/1153
    """
    return options.http2 and place[2] is not None


def pool_arguments(origin: str, options: TransportOptions) -> dict[str, Any]:
    """The arguments of the connection pool that serves an origin."""
    proxy = options.proxy
    if proxy is None and options.trust_env:
        proxy = proxy_for(origin, os.environ)
    secure = origin.startswith("https:") or (proxy or "").startswith("https:")
    return {
        "ssl_context": _trust(options) if secure else None,
        "proxy": None if proxy is None else _proxy(proxy),
        "max_connections": options.max_connections,
        "keepalive_expiry": options.keepalive,
        "http2": options.http2,
    }


def core_url(request: Request) -> httpcore2.URL:
    """The URL of a request as the engine takes it."""
    scheme, _, authority = request.origin.partition("://")
    host, port = authority, None
    if not authority.endswith("]") and ":" in authority:
        host, _, digits = authority.rpartition(":")
        port = int(digits)
    return httpcore2.URL(
        scheme=scheme.encode(),
        host=host.strip("[]").encode("idna" if not host.isascii() else "ascii"),
        port=port,
        target=request.target.encode("ascii"),
    )


def core_headers(request: Request) -> list[tuple[bytes, bytes]]:
    """The header fields of a request as the engine takes them."""
    host = request.origin.partition("://")[2]
    fields = [(b"host", host.encode())]
    if "accept-encoding" not in request.headers:
        fields.append((b"accept-encoding", ACCEPTED.encode()))
    body = request.body
    length = body.length if isinstance(body, Upload) else len(body)
    if length is None:
        fields.append((b"transfer-encoding", b"chunked"))
    elif length or request.method in ("POST", "PUT", "PATCH"):
        fields.append((b"content-length", str(length).encode()))
    fields += [(name.encode(), value.encode()) for name, value in request.headers.items()]
    return fields


def core_extensions(timeouts: Timeouts, options: TransportOptions) -> dict[str, Any]:
    """The timeouts of one sending as the engine takes them."""
    wait, connect = timeouts.shortest, options.connect_timeout
    if connect is None or (wait is not None and wait < connect):
        connect = wait
    if timeouts.total is not None:
        ends = monotonic() + timeouts.total
        wait, connect = (each and Until(each, ends) for each in (wait, connect))
    return {"timeout": {"connect": connect, "read": wait, "write": wait, "pool": wait}}


def headers_of(raw: list[tuple[bytes, bytes]]) -> Headers:
    """The header fields of a response."""
    return Headers([(name.decode("latin-1"), value.decode("latin-1")) for name, value in raw])


def failure(error: Exception) -> TransportError:
    """What went wrong below, as this package says it."""
    reason = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    if isinstance(error, httpcore2.ConnectTimeout | httpcore2.PoolTimeout):
        return ConnectTimeout(reason)
    if isinstance(error, httpcore2.ConnectError | httpcore2.ProxyError):
        return ConnectError(reason)
    if isinstance(error, httpcore2.TimeoutException):
        return TimeoutError_(reason)
    return TransportError(reason)


def _trust(options: TransportOptions) -> ssl.SSLContext:
    if options.ca_bundle is not None:
        context = ssl.create_default_context(cafile=options.ca_bundle)
    else:
        context = httpcore2.default_ssl_context(_trust_env=options.trust_env)
    if not options.verify:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    if options.client_certificate is not None:
        context.load_cert_chain(*options.client_certificate)
    return context


def _proxy(url: str) -> httpcore2.Proxy:
    """A proxy, with the credentials that its URL carries."""
    scheme, _, rest = url.partition("://")
    user, mark, authority = rest.rpartition("@")
    address = f"{scheme}://{authority.rstrip('/')}"
    if not mark:
        return httpcore2.Proxy(address)
    name, _, password = user.partition(":")
    return httpcore2.Proxy(address, auth=(_plain(name), _plain(password)))


def _plain(text: str) -> bytes:
    pieces = text.encode().split(b"%")
    return pieces[0] + b"".join(bytes.fromhex(p[:2].decode()) + p[2:] for p in pieces[1:])

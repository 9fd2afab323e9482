"""What the two transports over pyreqwest share: how a client is built, headers and failures.

In come options and a builder of either kind, out goes the builder, told everything; redirects,
cookies and referrers are switched off. What pyreqwest has begun goes on when the awaiting call is
cancelled, so its connection is busy until its answer or its timeout comes.
"""

import re
from datetime import timedelta
from typing import TypeVar

from pyreqwest import exceptions
from pyreqwest.client import ClientBuilder, SyncClientBuilder
from pyreqwest.proxy import ProxyBuilder
from pyreqwest.response import BaseResponse

from .errors import ConnectError, ConnectTimeout, TimeoutError_, TransportError
from .messages import Headers
from .transport import TransportOptions

B = TypeVar("B", ClientBuilder, SyncClientBuilder)

USUAL_TIMEOUT = 60.0
_FOR_EVER = timedelta(days=365)
_URL = re.compile(r" for url \(.*\)")
"""What messages say of a URL, in which there may be credentials; calls say it without these."""

FAILURES = (exceptions.RequestError, exceptions.BuilderError)


def built(builder: B, options: TransportOptions) -> B:
    """A builder that knows the options."""
    builder = builder.follow_redirects(False).referer(False).http2(options.http2)
    # What most calls ask for is set once: a timeout of its own costs a call a tenth of its time.
    builder = builder.timeout(timedelta(seconds=USUAL_TIMEOUT))
    builder = builder.max_connections(options.max_connections)
    builder = builder.pool_idle_timeout(_seconds(options.keepalive))
    if options.connect_timeout is not None:
        builder = builder.connect_timeout(timedelta(seconds=options.connect_timeout))
    if options.stream_timeout is not None:
        builder = builder.read_timeout(timedelta(seconds=options.stream_timeout))
    if options.proxy is not None:
        builder = builder.proxy(ProxyBuilder.all(options.proxy))
    elif not options.trust_env:
        builder = builder.no_proxy()
    return _trusting(builder, options)


def duration(seconds: float | None) -> timedelta:
    """A timeout as pyreqwest takes it; no timeout is a very long one."""
    return _FOR_EVER if seconds is None else timedelta(seconds=seconds)


class NativeHeaders(Headers):
    """Header fields that stay in native code until more than one of them is asked for."""

    __slots__ = ("_response",)

    def __init__(self, response: BaseResponse) -> None:
        # Not by the base's own: this is made for every answer.
        self._given = ()
        self._lowered = None
        self._response = response

    def get(self, name: str) -> str | None:
        """The first value of a field, or None."""
        return self._response.get_header(name)

    def items(self) -> tuple[tuple[str, str], ...]:
        """All fields, names in lower case, in the order in which they came."""
        if self._lowered is None:
            self._lowered = tuple(
                [(name.lower(), value) for name, value in self._response.headers.items()]
            )
        return self._lowered


def failure(error: Exception) -> TransportError:
    """What went wrong below, as this package says it."""
    reason = _reason(error)
    if isinstance(error, exceptions.PoolTimeoutError):
        return ConnectTimeout(reason)
    # What broke or took too long once the request was sent is called a failure to connect, too.
    is_connecting = isinstance(error, _CONNECTING) and "(Connect)" in reason
    if isinstance(error, exceptions.RequestTimeoutError):
        return ConnectTimeout(reason) if is_connecting else TimeoutError_(reason)
    return ConnectError(reason) if is_connecting else TransportError(reason)


_CONNECTING = (exceptions.ConnectError, exceptions.ConnectTimeoutError)


def _trusting(builder: B, options: TransportOptions) -> B:
    if options.ca_bundle is not None:
        builder = builder.add_root_certificate_pem(_read(options.ca_bundle))
    if options.client_certificate is not None:
        parts = [_read(name) for name in options.client_certificate]
        builder = builder.identity_pem(b"\n".join(parts))
    if not options.verify:
        builder = builder.danger_accept_invalid_certs(True)
    return builder


def _read(path: str) -> bytes:
    # Not by pathlib, whose import costs more than the rest of this module.
    with open(path, "rb") as file:
        return file.read()


def _seconds(value: float | None) -> timedelta | None:
    return None if value is None else timedelta(seconds=value)


def _reason(error: Exception) -> str:
    details = error.details if isinstance(error, exceptions.DetailedPyreqwestError) else None
    causes = (details.get("causes") or []) if details else []
    words = (str(error.args[0]), *(cause["message"] for cause in causes))
    return ": ".join(_URL.sub("", word) for word in words)

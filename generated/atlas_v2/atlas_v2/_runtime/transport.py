# Part of the Lockstep runtime, copied here by the generator. Do not edit.
# fmt: off
"""The seam to the network: four methods, blocking or awaited.

A transport sends one request and reads its response, whole or piece by piece. It follows no
redirects, adds no credentials, keeps no cookies and repeats nothing: all that is decided above it.
Whatever goes wrong below is raised as ``TransportError``: ``ConnectError`` when nothing was sent,
``TimeoutError_`` when time ran out.
"""

import re
from collections.abc import AsyncIterator, Iterator
from typing import Protocol

from msgspec import Struct

from .messages import Headers, Request, Response

_PROXY = re.compile(r"(https?|socks[45][ah]?)://[^\s/]", re.IGNORECASE)


class Timeouts(Struct, frozen=True):
    """How long one sending may take, in seconds; None is for ever."""

    wait: float | None = None
    """Each wait on the connection."""
    total: float | None = None
    """Until the response is there, all of it where it is read whole."""

    @property
    def shortest(self) -> float | None:
        """The tighter of the two, None when there is neither."""
        if self.wait is None or self.total is None:
            return self.wait if self.total is None else self.total
        return min(self.wait, self.total)


class TransportOptions(Struct, frozen=True, kw_only=True):
    """What both network transports can be told; a proxy is one for every address."""

    proxy: str | None = None
    trust_env: bool = True
    """Whether the environment's proxies are used, and (httpx2) the certificates that it names."""
    ca_bundle: str | None = None
    """A file of certificates in PEM that are trusted: over httpx2 no others are, over pyreqwest
    those of the system are, too."""
    client_certificate: tuple[str, str] | None = None
    """Files in PEM: certificate and key."""
    verify: bool = True
    http2: bool = False
    max_connections: int | None = 100
    keepalive: float | None = 60.0
    """Seconds that an idle connection is kept."""
    connect_timeout: float | None = 10.0
    stream_timeout: float | None = 60.0
    """Seconds of silence that end a streamed response where a call cannot say (pyreqwest)."""

    def __post_init__(self) -> None:
        if self.proxy is not None and not _PROXY.match(self.proxy):
            shown = _blotted(self.proxy)
            raise ValueError(f"a proxy is a URL, such as http://host:3128, not {shown!r}")

    def __repr__(self) -> str:
        usual = TransportOptions()
        pairs = ((name, getattr(self, name)) for name in self.__struct_fields__)
        said = {name: value for name, value in pairs if value != getattr(usual, name)}
        if self.proxy is not None:
            said["proxy"] = _blotted(self.proxy)
        return f"TransportOptions({', '.join(f'{name}={value!r}' for name, value in said.items())})"


def _blotted(url: str) -> str:
    """A URL without the credentials in it."""
    user, mark, host = url.rpartition("@")
    scheme, slashes, _ = user.partition("://")
    return f"{scheme if slashes else ''}{slashes}{mark and '***@'}{host}"


class Incoming(Protocol):
    """A response whose body is still to be read."""

    @property
    def status(self) -> int:
        """The HTTP status."""
        ...

    @property
    def headers(self) -> Headers:
        """The header fields."""
        ...

    def chunks(self) -> Iterator[bytes]:
        """The body in pieces, content codings undone."""
        ...

    def close(self) -> None:
        """Give the connection back, or up; closing twice does no harm."""
        ...


class AsyncIncoming(Protocol):
    """A response whose body is still to be awaited."""

    @property
    def status(self) -> int:
        """The HTTP status."""
        ...

    @property
    def headers(self) -> Headers:
        """The header fields."""
        ...

    def chunks(self) -> AsyncIterator[bytes]:
        """The body in pieces, content codings undone."""
        ...

    async def close(self) -> None:
        """Give the connection back, or up; closing twice does no harm."""
        ...


class Transport(Protocol):
    """Sends requests and blocks; usable from several threads."""

    def send(self, request: Request, timeouts: Timeouts) -> Response:
        """Send and read the response whole."""
        ...

    def open(self, request: Request, timeouts: Timeouts) -> Incoming:
        """Send and leave the body to be read."""
        ...

    def sleep(self, seconds: float) -> None:
        """Wait between two attempts."""
        ...

    def close(self) -> None:
        """Close what is open; closing twice does no harm."""
        ...


class AsyncTransport(Protocol):
    """Sends requests and is awaited."""

    async def send(self, request: Request, timeouts: Timeouts) -> Response:
        """Send and read the response whole."""
        ...

    async def open(self, request: Request, timeouts: Timeouts) -> AsyncIncoming:
        """Send and leave the body to be read."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Wait between two attempts."""
        ...

    async def close(self) -> None:
        """Close what is open; closing twice does no harm."""
        ...

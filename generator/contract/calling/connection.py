"""One kept HTTP/1.1 connection: requests go out as they shall stand on the wire, answers come in.

In come an address and a way to get there, and requests; out come responses. Nothing is normalised,
followed, decoded or repeated; only what the framing needs is added. A target that cannot be
reached, hangs up or speaks no HTTP is `NoAnswer`; a request that HTTP cannot carry is `Unsendable`.
"""

from __future__ import annotations

import base64
import selectors
import socket
import ssl
import sys
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

import httptools

from generator.api.exchange import Headers, Request, Response

_SECONDS = 30.0
_PORTS = {"http": 80, "https": 443}
_CHUNK = 65536
_BREAKING = frozenset("\r\n\0")
_WITH_BODY = frozenset({"POST", "PUT", "PATCH"})


class NoAnswer(Exception):
    """The target could not be reached, hung up or spoke no HTTP; the text says why."""


class Unsendable(NoAnswer):
    """The request was not sent, because HTTP cannot carry it: no fault of the target."""


@dataclass(frozen=True, slots=True)
class FixedHeader:
    """A header field of every call that has none of that name.

    `told` is its value as it may be shown, with variables of the environment; `secrets` are theirs.
    """

    name: str
    value: str
    told: str
    secrets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """How a target is reached: whom to trust over TLS, through which proxy (http), how patiently.

    Without a context https trusts what the machine trusts; `seconds` is the wait for each packet.
    `headers` go with every call and are in no record.
    """

    context: ssl.SSLContext | None = None
    proxy: str = ""
    seconds: float = _SECONDS
    headers: tuple[FixedHeader, ...] = ()

    def headers_beside(self, given: Headers) -> tuple[FixedHeader, ...]:
        """Those that go with a request which has header fields of its own."""
        if not self.headers:
            return ()
        names = {name.lower() for name, _ in given}
        return tuple(each for each in self.headers if each.name.lower() not in names)


class Connection:
    """The connection to a URL's origin; opened when needed, and again when it was closed."""

    def __init__(self, url: str, route: Route | None = None) -> None:
        parts = urlsplit(url)
        self._route = route or Route()
        self._secure = parts.scheme == "https"
        self._authority = parts.netloc.rpartition("@")[2]
        self._origin = f"{parts.scheme}://{self._authority}"
        self._address = (parts.hostname or "", parts.port or _PORTS[parts.scheme])
        self._socket: socket.socket | None = None
        self._waiting: selectors.BaseSelector | None = None

    def exchange(self, request: Request) -> Response:
        """The answer to one request."""
        octets = self._written(request)
        try:
            open_ = self._opened()
            open_.sendall(octets)
            _hasten(open_)
            answer = _read(open_, request.method)
        except (OSError, httptools.HttpParserError) as error:
            self.close()
            raise NoAnswer(f"{self._origin}: {str(error) or type(error).__name__}") from error
        except BaseException:
            # Half an answer may still come: the next call must not take it for its own.
            self.close()
            raise
        # Whoever failed may hang up without saying so, and the next call would be lost.
        if not answer.kept or answer.status >= 500:
            self.close()
        return Response(answer.status, tuple(answer.headers), b"".join(answer.body))

    def close(self) -> None:
        """Let go of the connection."""
        if self._waiting is not None:
            self._waiting.close()
            self._waiting = None
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def _opened(self) -> socket.socket:
        # One that can be read between two calls was closed by the other side, or is out of step.
        if self._waiting is not None and self._waiting.select(0):
            self.close()
        if self._socket is None:
            self._socket = self._connected()
            self._waiting = selectors.DefaultSelector()
            self._waiting.register(self._socket, selectors.EVENT_READ)
        return self._socket

    def _connected(self) -> socket.socket:
        proxy = urlsplit(self._route.proxy)
        there = (proxy.hostname, proxy.port or _PORTS["http"]) if proxy.hostname else self._address
        made = socket.create_connection(there, self._route.seconds)
        made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if not self._secure:
            return made
        if proxy.hostname:
            self._tunnel(made)
        context = self._route.context or ssl.create_default_context()
        return context.wrap_socket(made, server_hostname=self._address[0])

    def _tunnel(self, through: socket.socket) -> None:
        """Ask a proxy for a tunnel (RFC 9110, section 9.3.6)."""
        host, port = self._address
        headers = "".join(f"{name}: {value}\r\n" for name, value in self._proxy_headers())
        line = f"CONNECT {host}:{port} HTTP/1.1\r\nHost: {host}:{port}\r\n{headers}\r\n"
        through.sendall(line.encode("ascii"))
        answer = _read(through, "CONNECT")
        if not 200 <= answer.status < 300:
            raise OSError(f"the proxy answered {answer.status}")

    def _written(self, request: Request) -> bytes:
        plain_proxy = self._route.proxy and not self._secure
        target = f"{self._origin}{request.target}" if plain_proxy else request.target
        headers = [("Host", self._authority), ("Accept-Encoding", "identity"), *request.headers]
        headers += [(each.name, each.value) for each in self._route.headers_beside(request.headers)]
        headers += self._proxy_headers() if plain_proxy else []
        if request.body or request.method in _WITH_BODY:
            headers.append(("Content-Length", str(len(request.body))))
        for name, value in (("target", target), *headers):
            if not _BREAKING.isdisjoint(value) or (name == "target" and " " in value):
                raise Unsendable(f"{self._origin}: HTTP cannot carry this in {name}: {value!r}")
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers)
        head = f"{request.method} {target} HTTP/1.1\r\n{lines}\r\n"
        return head.encode("utf-8", "surrogateescape") + request.body

    def _proxy_headers(self) -> list[tuple[str, str]]:
        proxy = urlsplit(self._route.proxy)
        if proxy.username is None:
            return []
        pair = f"{unquote(proxy.username)}:{unquote(proxy.password or '')}".encode()
        return [("Proxy-Authorization", f"Basic {base64.b64encode(pair).decode()}")]


class _Answer:
    """What has come of an answer; the methods are what its parser calls."""

    def __init__(self, method: str) -> None:
        self.parser = httptools.HttpResponseParser(self)
        self.status = 0
        self.headers: list[tuple[str, str]] = []
        self.body: list[bytes] = []
        self.kept = False
        self.whole = False
        # RFC 9112, section 6.3: these answers have no body, whatever their headers say.
        self._bodiless = method in ("HEAD", "CONNECT")

    def on_header(self, name: bytes, value: bytes) -> None:
        """A header field has come."""
        if self.whole:
            return
        self.headers.append((name.decode("latin-1"), value.decode("latin-1")))

    def on_headers_complete(self) -> None:
        """The body begins, where there is one."""
        if self.whole:
            # What nobody asked for follows in the same packet: the connection is out of step.
            self.kept = False
            return
        self.status = self.parser.get_status_code()
        self.whole = self._bodiless and self.status >= 200
        # A server may send a body after all, and it would be taken for the next answer.
        self.kept = self.parser.should_keep_alive() and not self._bodiless

    def on_body(self, part: bytes) -> None:
        """Some of the body has come."""
        if not self.whole:
            self.body.append(part)

    def on_message_complete(self) -> None:
        """The answer is whole, unless it was an interim one (RFC 9110, section 15.2)."""
        if self.status >= 200:
            self.whole = True
        else:
            self.headers.clear()
            self.status = 0

    @property
    def ends_with_connection(self) -> bool:
        """Whether nothing but the end of the connection ends the body (RFC 9112, section 6.3)."""
        framed = ("content-length", "transfer-encoding")
        return self.status > 0 and not any(name.lower() in framed for name, _ in self.headers)


def _hasten(connected: socket.socket) -> None:
    """Acknowledge at once what comes next.

    Many servers write the head and the body of an answer apart, and wait with the body until the
    head is acknowledged (RFC 9293, section 3.7.4): 40 ms a call, where the kernel takes its time.
    """
    if sys.platform == "linux":
        connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)


def _read(connected: socket.socket, method: str) -> _Answer:
    """The next answer on a connection."""
    answer = _Answer(method)
    while not answer.whole:
        part = connected.recv(_CHUNK)
        if part:
            answer.parser.feed_data(part)
        elif answer.ends_with_connection:
            break
        else:
            raise ConnectionResetError("the connection was closed before the answer was whole")
    return answer

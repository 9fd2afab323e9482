# Part of the Lockstep runtime, copied here by the generator. Do not edit.
# fmt: off
"""Requests and responses as they cross the seam between the sans-IO core and a transport.

Both are plain values: a body is bytes, or says whether it can be sent again. Header names of
requests are lower-case. ``repr`` of a request never shows the value of a header or of a query
parameter.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from .upload import Upload
from .uri import encode

_SECRET_WORDS = ("auth", "cookie", "key", "passw", "secret", "session", "signature", "token")
"""A header or query parameter whose name holds one of these is taken to be secret."""

_TOKEN = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+\Z")


class Request(Struct, frozen=True, kw_only=True):
    """What is to be sent: ``origin`` and ``target`` together are the URL."""

    method: str
    origin: str
    target: str
    headers: Mapping[str, str] = {}
    body: bytes | Upload = b""
    secret: frozenset[str] = frozenset()
    """Names of headers and query parameters that carry credentials."""

    @property
    def url(self) -> str:
        """The whole URL, credentials in the query included."""
        return self.origin + self.target

    def with_header(self, name: str, value: str) -> "Request":
        """The same request with one header set, which is kept out of every message."""
        return Request(
            method=self.method,
            origin=self.origin,
            target=self.target,
            headers={**self.headers, name.lower(): checked(name, value)},
            body=self.body,
            secret=self.secret | {name.lower()},
        )

    def with_query(self, name: str, value: str) -> "Request":
        """The same request with one query parameter more, kept out of every message."""
        mark = "&" if "?" in self.target else "?"
        return Request(
            method=self.method,
            origin=self.origin,
            target=f"{self.target}{mark}{encode(name)}={encode(value)}",
            headers=self.headers,
            body=self.body,
            secret=self.secret | {encode(name)},
        )

    @property
    def is_spent(self) -> bool:
        """Whether the body was read and cannot be read again."""
        return isinstance(self.body, Upload) and self.body.is_spent

    @property
    def redacted_url(self) -> str:
        """The URL with the credentials in its query blotted out."""
        path, mark, query = self.target.partition("?")
        pairs = (
            f"{pair.partition('=')[0]}=***" if self._hides(pair.partition("=")[0]) else pair
            for pair in query.split("&")
        )
        return f"{self.origin}{path}{mark}{'&'.join(pairs)}"

    @property
    def curl(self) -> str:
        """A curl command for the request; credentials are blotted out, the body is a file."""
        words = ["curl", "-X", self.method]
        for name, value in self.headers.items():
            words += ["-H", _quoted(f"{name}: {'***' if self._hides(name) else value}")]
        if self.body:
            words += ["--data-binary", "@body"]
        return " ".join([*words, _quoted(self.redacted_url)])

    def _hides(self, name: str) -> bool:
        if name in self.secret:
            return True
        # The key that makes a request idempotent is no credential, and helps to find it in logs.
        lower = name.lower()
        return lower != "idempotency-key" and any(word in lower for word in _SECRET_WORDS)

    def __repr__(self) -> str:
        return f"<Request {self.method} {self.redacted_url}>"


class Headers:
    """Header fields of a response, in order, looked up without regard to case."""

    __slots__ = ("_given", "_lowered")

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self._given = pairs
        self._lowered: tuple[tuple[str, str], ...] | None = None

    def get(self, name: str) -> str | None:
        """The first value of a field, or None."""
        name = name.lower()
        for key, value in self.items():
            if key == name:
                return value
        return None

    def get_all(self, name: str) -> tuple[str, ...]:
        """Every value of a field."""
        name = name.lower()
        return tuple(value for key, value in self.items() if key == name)

    def items(self) -> tuple[tuple[str, str], ...]:
        """All fields, names in lower case, in the order in which they came."""
        if self._lowered is None:
            self._lowered = tuple([(name.lower(), value) for name, value in self._given])
        return self._lowered

    def __reduce__(self) -> tuple[type["Headers"], tuple[tuple[tuple[str, str], ...]]]:
        # Whatever they are read from: what a transport gave may not leave the process.
        return Headers, (self.items(),)

    def __repr__(self) -> str:
        return f"<Headers {', '.join(name for name, _ in self.items())}>"


class Response(Struct, frozen=True):
    """What came back, its body read whole."""

    status: int
    headers: Headers
    body: bytes = b""

    @property
    def media_type(self) -> str:
        """The media type in lower case without its parameters, empty when there is none."""
        return essence(self.headers.get("content-type") or "")

    @property
    def request_id(self) -> str | None:
        """What the server calls this exchange, where it says so."""
        for name in ("x-request-id", "request-id", "x-correlation-id", "x-amzn-requestid"):
            value = self.headers.get(name)
            if value is not None:
                return value
        return None


def essence(media_type: str) -> str:
    """A media type in lower case without parameters."""
    return media_type.partition(";")[0].strip().lower()


def is_json(media_type: str) -> bool:
    """Whether a media type without parameters is JSON, by name or by its ``+json`` suffix."""
    return media_type.endswith(("/json", "+json"))


def standing_for(declared: Sequence[str], media_type: str) -> int | None:
    """Which of the declared media types takes in a media type, None where none does.

    JSON under another name will do where only one of them is JSON.
    """
    kinds = [essence(each) for each in declared]
    for at, kind in enumerate(kinds):
        is_range = kind.endswith("/*") and media_type.startswith(kind[:-1])
        if kind in ("*/*", media_type) or is_range:
            return at
    json = [at for at, kind in enumerate(kinds) if is_json(kind)]
    return json[0] if len(json) == 1 and is_json(media_type) else None


def checked(name: str, value: str) -> str:
    """The value of a header, refused when it would end its line or the name is none.

    https://www.rfc-editor.org/rfc/rfc9110#section-5.1
    """
    if any(mark in text for mark in "\r\n\0" for text in (value, name)):
        raise ValueError(f"header {name!r} holds a line break or a null")
    if not _TOKEN.match(name):
        raise ValueError(f"header {name!r} is no name of a header")
    return value


def _quoted(word: str) -> str:
    return "'" + word.replace("'", "'\"'\"'") + "'"

# Part of the Lockstep runtime, copied here by the generator. Do not edit.
# fmt: off
"""Percent-encoding and the parts of a URL.

In come text and base URLs, out go strings that are safe where they are put. A base URL with
credentials, a query or a fragment is refused, and so is a path segment that servers and proxies
would resolve away. Encoding follows RFC 3986 section 2: only unreserved characters stay.
"""

import re

from msgspec import Struct

_UNRESERVED = frozenset(
    b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~",
)
_RESERVED = frozenset(b":/?#[]@!$&'()*+,;=")
# https://www.rfc-editor.org/rfc/rfc3986#section-3.3 : pchar, and the slash between segments.
_PATH = _UNRESERVED | frozenset(b":@!$&'()*+,;=/")
# https://www.rfc-editor.org/rfc/rfc3986#section-3.4 , but for what forms read as their own marks.
_QUERY = _PATH.difference(b"&+") | frozenset(b"?")
_TABLE = tuple(chr(byte) if byte in _UNRESERVED else f"%{byte:02X}" for byte in range(256))
_TRIPLET = re.compile(r"(%[0-9A-Fa-f]{2})")
_HOST = r"(?:\[[0-9a-f:.]+\]|[^\s/?#@\\:\[\]]+)(?::\d{1,5})?"
_BASE = re.compile(rf"(https?)://({_HOST})(/[^\s?#]*)?", re.ASCII | re.IGNORECASE)


class Base(Struct, frozen=True):
    """Where a server is: scheme with authority, and the path below which its operations lie."""

    origin: str
    path: str


def encode(text: str) -> str:
    """Percent-encode everything but unreserved characters."""
    if text.isalnum() and text.isascii():
        return text
    return "".join([_TABLE[byte] for byte in text.encode()])


def encode_reserved(text: str) -> str:
    """Percent-encode, but leave reserved characters and percent-encoded triplets alone."""
    return _encode_but(text, _UNRESERVED | _RESERVED)


def encode_query(text: str) -> str:
    """Percent-encode, but leave alone what is reserved and may stand in a value of a query."""
    return _encode_but(text, _QUERY)


def encode_path(text: str) -> str:
    """Percent-encode the literal part of a path, slashes and triplets left alone."""
    return _encode_but(text, _PATH)


def _encode_but(text: str, kept: frozenset[int]) -> str:
    return "".join(
        piece if index % 2 else _encode_bytes(piece, kept)
        for index, piece in enumerate(_TRIPLET.split(text))
    )


def _encode_bytes(text: str, kept: frozenset[int]) -> str:
    return "".join(chr(byte) if byte in kept else _TABLE[byte] for byte in text.encode())


def split_base(url: str) -> Base:
    """The origin and path of a base URL."""
    match = _BASE.fullmatch(url)
    if match is None or _port(match.group(2)) > 65535:
        # The URL is not repeated: what is wrong with it may be that it holds a password.
        raise ValueError(
            "a base URL is http:// or https://, a host, maybe a port and a path,"
            " without credentials, query or fragment"
        )
    scheme, authority, path = match.groups()
    return Base(_origin(scheme, authority), encode_path(path or "").rstrip("/"))


def split_reference(base: Base, reference: str, target: str) -> Base:
    """Resolve a URI reference a server sent; ``path`` of the result is the new target."""
    reference = reference.partition("#")[0]
    if "://" in reference.partition("?")[0]:
        scheme, _, rest = reference.partition("://")
        end = min((at for at in map(rest.find, "/?") if at >= 0), default=len(rest))
        return Base(_origin(scheme, rest[:end]), _absolute(rest[end:]))
    if reference.startswith("//"):
        return split_reference(base, f"{base.origin.partition(':')[0]}:{reference}", target)
    if reference.startswith("/"):
        return Base(base.origin, encode_reserved(reference))
    path = target.partition("?")[0]
    if reference.startswith("?"):
        return Base(base.origin, path + encode_reserved(reference))
    return Base(base.origin, path.rpartition("/")[0] + "/" + encode_reserved(reference))


def _port(authority: str) -> int:
    port = authority.rpartition(":")[2]
    return int(port) if port.isdigit() else 0


def _origin(scheme: str, authority: str) -> str:
    """Scheme and authority in lower case, a port that goes without saying left out."""
    scheme, authority = scheme.lower(), authority.lower()
    return f"{scheme}://{authority.removesuffix({'http': ':80', 'https': ':443'}.get(scheme, ''))}"


def _absolute(target: str) -> str:
    return encode_reserved(target if target.startswith("/") else "/" + target)


def has_dot_segment(path: str) -> bool:
    """Whether a segment is ``.`` or ``..``, which URL libraries would resolve away."""
    return any(segment in (".", "..") for segment in path.split("/"))

"""HTTP Digest: the arithmetic of RFC 7616, and of RFC 2069 where a challenge names no qop.

In come names, secrets and header parameters, out come hashes, header values and verdicts. Which
nonces live and how often one may be used is the server's policy and not decided here. `auth-int` is
refused: it would bind the answer to a body that servers often no longer have.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import unquote

from generator.wire.challenge import Challenge, format_challenge

_HASHES: Mapping[str, str] = MappingProxyType(
    {"MD5": "md5", "SHA-256": "sha256", "SHA-512-256": "sha512_256"}
)
_SESSION = "-SESS"
_COUNT = re.compile(r"[0-9a-fA-F]{8}")

ALGORITHMS: tuple[str, ...] = tuple(
    name for base in _HASHES for name in (base, base + _SESSION.lower())
)
"""The algorithms that are understood, as RFC 7616 spells them."""


def ha1(username: str, realm: str, password: str, algorithm: str = "MD5") -> str:
    """H(username:realm:password): what a server may keep instead of the password."""
    return _hash(algorithm, username, realm, password)


def user_hash(username: str, realm: str, algorithm: str = "MD5") -> str:
    """What stands for the user's name where `userhash=true` was agreed (section 3.4.4)."""
    return _hash(algorithm, username, realm)


def digest_response(
    secret: str,
    *,
    method: str,
    uri: str,
    nonce: str,
    algorithm: str = "MD5",
    qop: str | None = None,
    nc: str = "",
    cnonce: str = "",
) -> str:
    """The `response` parameter for a request; `secret` is what `ha1` gives."""
    # RFC 7616, section 3.4.2: a session's A1 is bound to the nonces it was opened with.
    if _is_session(algorithm):
        secret = _hash(algorithm, secret, nonce, cnonce)
    request = _hash(algorithm, method, uri)
    if qop is None:
        return _hash(algorithm, secret, nonce, request)
    return _hash(algorithm, secret, nonce, nc, cnonce, qop, request)


@dataclass(frozen=True, slots=True)
class DigestCredentials:
    """What a client sent in Authorization, complete and of an algorithm that is understood."""

    username: str
    realm: str
    nonce: str
    uri: str
    response: str
    algorithm: str = "MD5"
    qop: str | None = None
    nc: str = ""
    cnonce: str = ""
    opaque: str | None = None
    userhash: bool = False

    @classmethod
    def of(cls, challenge: Challenge) -> DigestCredentials | None:
        """The credentials in these parameters; None where one is missing or makes no sense."""
        given = challenge.parameters
        username = _username(given)
        required = [given.get(name) for name in ("realm", "nonce", "uri", "response")]
        algorithm = _spelling(given.get("algorithm", "MD5"))
        qop = given.get("qop")
        if challenge.scheme != "digest" or username is None or algorithm is None:
            return None
        if None in required or not _sound_qop(given, algorithm):
            return None
        realm, nonce, uri, response = (value or "" for value in required)
        return cls(
            username,
            realm,
            nonce,
            uri,
            response,
            algorithm,
            qop.lower() if qop is not None else None,
            given.get("nc", ""),
            given.get("cnonce", ""),
            given.get("opaque"),
            given.get("userhash", "").lower() == "true",
        )

    @property
    def count(self) -> int | None:
        """The nonce count as a number; None where the client sent none (RFC 2069)."""
        return int(self.nc, 16) if self.nc else None


def verify(credentials: DigestCredentials, *, method: str, uri: str, secret: str) -> bool:
    """Whether the response proves the secret for this very request; compared in constant time."""
    expected = digest_response(
        secret,
        method=method,
        uri=uri,
        nonce=credentials.nonce,
        algorithm=credentials.algorithm,
        qop=credentials.qop,
        nc=credentials.nc,
        cnonce=credentials.cnonce,
    )
    same = hmac.compare_digest(_octets(expected), _octets(credentials.response.lower()))
    return same and credentials.uri == uri


def digest_challenge(
    realm: str,
    nonce: str,
    *,
    algorithm: str | None = "MD5",
    qop: Sequence[str] = ("auth",),
    opaque: str | None = None,
    stale: bool = False,
) -> str:
    """A WWW-Authenticate value; without `qop` and `algorithm` it is the form of RFC 2069."""
    pairs = {
        "realm": realm,
        "nonce": nonce,
        "qop": ", ".join(qop) or None,
        "algorithm": algorithm,
        "opaque": opaque,
        "stale": "true" if stale else None,
    }
    # RFC 7616, section 3.3: stale and algorithm must not be quoted, the others must.
    given = {name: value for name, value in pairs.items() if value is not None}
    return format_challenge("Digest", given, unquoted=("algorithm", "stale"))


def _hash(algorithm: str, *parts: str) -> str:
    name = _HASHES[algorithm.upper().removesuffix(_SESSION)]
    return hashlib.new(name, _octets(":".join(parts)), usedforsecurity=False).hexdigest()


def _octets(text: str) -> bytes:
    # A field that was no UTF-8 can hold lone surrogates; taken as they came, they only do not fit.
    return text.encode("utf-8", "surrogatepass")


def _is_session(algorithm: str) -> bool:
    return algorithm.upper().endswith(_SESSION)


def _spelling(algorithm: str) -> str | None:
    return next((name for name in ALGORITHMS if name.upper() == algorithm.upper()), None)


def _username(given: Mapping[str, str]) -> str | None:
    # RFC 7616, section 3.4: exactly one of the two may be there; the second is RFC 8187's form.
    plain, extended = given.get("username"), given.get("username*")
    if extended is None or plain is not None:
        return plain if extended is None else None
    charset, _, rest = extended.partition("'")
    _, found, value = rest.partition("'")
    return unquote(value) if found and charset.upper() == "UTF-8" else None


def _sound_qop(given: Mapping[str, str], algorithm: str) -> bool:
    qop = given.get("qop")
    if qop is None:
        return not _is_session(algorithm) or "cnonce" in given
    return (
        qop.lower() == "auth"
        and "cnonce" in given
        and _COUNT.fullmatch(given.get("nc", "")) is not None
    )

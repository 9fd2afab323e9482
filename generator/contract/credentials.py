"""How a principal proves who they are, without sockets: headers out, challenges in.

One object a principal and run. Digest keeps the last challenge and its nonce count, so that only
the first call costs two requests; a scheme that is not known adds nothing.
"""

from __future__ import annotations

import base64
import secrets
from dataclasses import dataclass
from typing import Protocol

from generator.api.exchange import Headers, Principal, Request, Response
from generator.api.model import SecurityScheme
from generator.wire import (
    ALGORITHMS,
    Challenge,
    digest_response,
    format_challenge,
    ha1,
    parse_challenges,
)


class Credentials(Protocol):
    """What the client asks before a call, and tells after one."""

    def headers(self, request: Request) -> Headers:
        """The headers that prove the principal for this request."""
        ...

    def learn(self, response: Response) -> bool:
        """Take in an answer; true where the call is worth repeating with what was learnt."""
        ...


@dataclass(frozen=True, slots=True)
class Fixed:
    """Headers that are the same for every call."""

    given: Headers = ()

    def headers(self, request: Request) -> Headers:
        """The fixed headers."""
        return self.given

    def learn(self, response: Response) -> bool:
        """Nothing can be learnt."""
        return False


class Digest:
    """HTTP Digest (RFC 7616), and RFC 2069 where the challenge has no qop."""

    def __init__(self, user: str, secret: str) -> None:
        self._user = user
        self._secret = secret
        self._challenge: Challenge | None = None
        self._count = 0

    def headers(self, request: Request) -> Headers:
        """Authorization for the challenge last seen; nothing before the first."""
        if self._challenge is None:
            return ()
        self._count += 1
        value = authorization(self._challenge, request, self._user, self._secret, count=self._count)
        return (("Authorization", value),)

    def learn(self, response: Response) -> bool:
        """Keep a fresh challenge; repeat once where there was none, or the nonce was stale."""
        if response.status != 401:
            return False
        challenge = offered(response)
        if challenge is None:
            return False
        known = self._challenge is not None
        self._challenge, self._count = challenge, 0
        return not known or challenge.parameters.get("stale", "").lower() == "true"


def offered(response: Response) -> Challenge | None:
    """The first Digest challenge of an algorithm that is understood."""
    for each in parse_challenges(response.header("WWW-Authenticate") or ""):
        algorithm = each.parameters.get("algorithm", "MD5").upper()
        known = algorithm in {name.upper() for name in ALGORITHMS}
        if each.scheme == "digest" and known and "nonce" in each.parameters:
            return each
    return None


def authorization(
    challenge: Challenge, request: Request, user: str, secret: str, *, count: int
) -> str:
    """The Authorization value that answers a challenge for one request."""
    given = challenge.parameters
    realm, nonce, algorithm = given.get("realm", ""), given["nonce"], given.get("algorithm", "MD5")
    qop = "auth" if "auth" in (word.strip() for word in given.get("qop", "").split(",")) else None
    nc, cnonce = f"{count:08x}", secrets.token_hex(8)
    response = digest_response(
        ha1(user, realm, secret, algorithm),
        method=request.method,
        uri=request.target,
        nonce=nonce,
        algorithm=algorithm,
        qop=qop,
        nc=nc,
        cnonce=cnonce,
    )
    pairs = {
        "username": user,
        "realm": realm,
        "nonce": nonce,
        "uri": request.target,
        "response": response,
        **{name: given[name] for name in ("algorithm", "opaque") if name in given},
        **({"qop": qop, "nc": nc, "cnonce": cnonce} if qop else {}),
    }
    # RFC 7616, section 3.4: these three are not quoted.
    return format_challenge("Digest", pairs, unquoted=("algorithm", "qop", "nc"))


def credentials_for(principal: Principal, scheme: SecurityScheme | None) -> Credentials:
    """The credentials of a principal under a security scheme."""
    if scheme is None:
        return Fixed()
    if scheme.kind == "apiKey" and scheme.location == "header":
        return Fixed(((scheme.parameter, principal.secret),))
    kind = scheme.scheme.lower() if scheme.kind == "http" else scheme.kind
    if kind == "digest":
        return Digest(principal.user, principal.secret)
    if kind == "basic":
        pair = base64.b64encode(f"{principal.user}:{principal.secret}".encode()).decode()
        return Fixed((("Authorization", f"Basic {pair}"),))
    if kind in ("bearer", "oauth2", "openIdConnect"):
        return Fixed((("Authorization", f"Bearer {principal.secret}"),))
    return Fixed()

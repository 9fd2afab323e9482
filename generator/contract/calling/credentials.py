"""How a principal proves who they are, without sockets: signed requests out, answers in.

One object a principal and run. Digest keeps the last challenge and its nonce count, client
credentials keep their token, so that only the first call costs two requests; a scheme that is not
known adds nothing.
"""

from __future__ import annotations

import base64
import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol, cast
from urllib.parse import quote, quote_plus, urlsplit

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
    """What a client asks before a call, and tells after one."""

    def asks(self) -> Request | None:
        """What must be answered before a call can be signed; mostly nothing."""
        ...

    def signed(self, request: Request) -> Request:
        """The request with what proves the principal."""
        ...

    def learn(self, response: Response) -> bool:
        """Take in an answer; true where the call is worth repeating with what was learnt."""
        ...


def exchanged(
    credentials: Credentials, request: Request, exchange: Callable[[Request], Response]
) -> tuple[Request, Response]:
    """The request as it was signed last, and its answer; at most once it is signed anew."""
    for again in (True, False):
        asked = credentials.asks()
        if asked is not None:
            credentials.learn(exchange(asked))
        sent = credentials.signed(request)
        response = exchange(sent)
        if not (credentials.learn(response) and again):
            break
    return sent, response


@dataclass(frozen=True, slots=True)
class Fixed:
    """What is the same for every call: headers, and a pair for the query."""

    given: Headers = ()
    query: str = ""

    def asks(self) -> Request | None:
        """Nothing is needed first."""
        return None

    def signed(self, request: Request) -> Request:
        """The request with them."""
        if not (self.given or self.query):
            return request
        target = request.target
        if self.query:
            target += ("&" if "?" in target else "?") + self.query
        return replace(request, target=target, headers=request.headers + self.given)

    def learn(self, response: Response) -> bool:
        """Nothing can be learnt."""
        return False


@dataclass(frozen=True, slots=True)
class Several:
    """The credentials of several schemes, all in one request."""

    parts: tuple[Credentials, ...]

    def asks(self) -> Request | None:
        """What the first of them needs that needs something."""
        return next(filter(None, (each.asks() for each in self.parts)), None)

    def signed(self, request: Request) -> Request:
        """The request signed by all."""
        for each in self.parts:
            request = each.signed(request)
        return request

    def learn(self, response: Response) -> bool:
        """Tell all; true where one of them learnt something."""
        learnt = tuple(each.learn(response) for each in self.parts)
        return any(learnt)


class ClientCredentials:
    """OAuth2 client credentials (RFC 6749, section 4.4): a token, asked for where it is needed."""

    def __init__(self, path: str, client: str, secret: str) -> None:
        pair = f"{quote_plus(client)}:{quote_plus(secret)}".encode()
        self._asked = Request(
            "POST",
            path,
            (
                ("Authorization", f"Basic {base64.b64encode(pair).decode()}"),
                ("Content-Type", "application/x-www-form-urlencoded"),
                ("Accept", "application/json"),
            ),
            b"grant_type=client_credentials",
        )
        self._asking = False
        self._token: str | None = None
        self._served = False

    def asks(self) -> Request | None:
        """The request for a token, where there is none."""
        self._asking = self._token is None
        return self._asked if self._asking else None

    def signed(self, request: Request) -> Request:
        """The request with the token; as it is where none was given."""
        if not self._token:
            return request
        bearer = ("Authorization", f"Bearer {self._token}")
        return replace(request, headers=(*request.headers, bearer))

    def learn(self, response: Response) -> bool:
        """Keep the token; one that served before and is refused now is asked for again."""
        if self._asking:
            self._asking = False
            self._token, self._served = _token(response), False
            return False
        expired = response.status == 401 and self._served
        self._served = response.status != 401
        if expired:
            self._token = None
        return expired


def _token(response: Response) -> str:
    """The access token of an answer; empty where it has none."""
    try:
        found: object = json.loads(response.body) if response.status == 200 else {}
    except (ValueError, RecursionError):
        return ""
    named = cast("dict[str, object]", found) if isinstance(found, dict) else {}
    return str(named.get("access_token", ""))


class Digest:
    """HTTP Digest (RFC 7616), and RFC 2069 where the challenge has no qop."""

    def __init__(self, user: str, secret: str) -> None:
        self._user = user
        self._secret = secret
        self._challenge: Challenge | None = None
        self._count = 0

    def asks(self) -> Request | None:
        """Nothing: the first answer brings the challenge."""
        return None

    def signed(self, request: Request) -> Request:
        """With Authorization for the challenge last seen; as it is before the first."""
        if self._challenge is None:
            return request
        self._count += 1
        value = authorization(self._challenge, request, self._user, self._secret, count=self._count)
        return replace(request, headers=(*request.headers, ("Authorization", value)))

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
    if scheme.kind == "apiKey":
        return _key(scheme, principal.secret)
    kind = scheme.scheme.lower() if scheme.kind == "http" else scheme.kind
    if kind == "digest":
        return Digest(principal.user, principal.secret)
    if kind == "basic":
        pair = base64.b64encode(f"{principal.user}:{principal.secret}".encode()).decode()
        return Fixed((("Authorization", f"Basic {pair}"),))
    if token := token_path(principal, scheme):
        return ClientCredentials(token, principal.user, principal.secret)
    if kind in ("bearer", "oauth2", "openIdConnect"):
        return Fixed((("Authorization", f"Bearer {principal.secret}"),))
    return Fixed()


def token_path(principal: Principal, scheme: SecurityScheme) -> str:
    """Where a client asks for its token; empty where the secret is the token.

    It is asked for at the target: the address in the description may be production's.
    """
    url = scheme.flows.get("clientCredentials", {}).get("tokenUrl")
    return urlsplit(url).path if principal.user and isinstance(url, str) else ""


def _key(scheme: SecurityScheme, secret: str) -> Fixed:
    if scheme.location == "query":
        return Fixed(query=f"{quote(scheme.parameter, safe='')}={quote(secret, safe='')}")
    if scheme.location == "cookie":
        return Fixed((("Cookie", f"{scheme.parameter}={secret}"),))
    return Fixed(((scheme.parameter, secret),))

"""The security schemes: who a request's credentials say is calling.

Each scheme is a function from a call to its principal, or `Unauthenticated`; and each has the
challenge that a 401 carries. A principal stands in the state. Tokens that were issued
here live as long as is declared; a principal's secret, for callers who fetch no token, is one that
does not end.
"""

from __future__ import annotations

import base64
import binascii
import hmac
from collections.abc import Callable, Sequence
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs

import generator.mock.admitting.nonces as nonces
import generator.mock.admitting.tokens as tokens
from generator.api.behaviours import Auth
from generator.api.exchange import Principal
from generator.api.model import SecurityScheme
from generator.mock.calls import Call, LesserScope, Unauthenticated
from generator.mock.state import State
from generator.wire import (
    DigestCredentials,
    digest_challenge,
    format_challenge,
    ha1,
    parse_challenges,
    user_hash,
    verify,
)

Authenticate = Callable[[Call], Principal]
Challenge = Callable[[State, Unauthenticated], tuple[State, tuple[str, ...]]]
Schemes = tuple[str, ...]
"""The schemes whose principals are let in."""

_MISSING = "none were sent"
_WRONG = "what was sent is wrong"
_INVALID_TOKEN = "invalid_token"


def authenticator(scheme: SecurityScheme, auth: Auth, scopes: Sequence[str]) -> Authenticate:
    """The function that finds out who is calling by this scheme, with a token for the scopes."""
    kind = kind_of(scheme)
    callers = (scheme.name, auth.callers_of)
    if kind == "digest":
        return lambda call: _digest(call, callers, auth)
    if kind == "basic":
        return lambda call: _basic(call, callers, auth.secret_as_user)
    if kind == "apiKey":
        return lambda call: _by_secret(call, callers, _api_key(call, scheme))
    if kind == "oauth2" and "clientCredentials" in scheme.flows:
        return lambda call: _by_token(call, callers, auth, scopes)
    return lambda call: _by_secret(call, callers, _bearer(call), _INVALID_TOKEN)


def kind_of(scheme: SecurityScheme) -> str:
    """How the scheme works: the name that HTTP has for it, else its kind."""
    return scheme.scheme.lower() if scheme.kind == "http" else scheme.kind


def challenger(scheme: SecurityScheme, auth: Auth) -> Challenge:
    """The function that writes the scheme's challenges, and the state after it."""
    kind = kind_of(scheme)
    if auth.challenge is not None:
        own = (auth.challenge,) if auth.challenge else ()
        return lambda state, refused: (state, own)
    if kind == "digest":
        return lambda state, refused: _digest_challenges(state, auth, refused.stale)
    if kind == "apiKey":
        return lambda state, refused: (state, ())
    if kind == "basic":
        text = format_challenge("Basic", {"realm": auth.realm})
        return lambda state, refused: (state, (text,))
    return lambda state, refused: (state, (_bearer_challenge(auth, refused),))


def _bearer_challenge(auth: Auth, refused: Unauthenticated) -> str:
    error = {"error": refused.error} if refused.error else {}
    return format_challenge("Bearer", {"realm": auth.realm, **error})


def _digest_challenges(state: State, auth: Auth, stale: bool) -> tuple[State, tuple[str, ...]]:
    state, nonce = nonces.make(state)
    texts = tuple(
        digest_challenge(auth.realm, nonce, algorithm=each, qop=auth.qop, stale=stale)
        for each in auth.algorithms
    )
    return state, texts


def _digest(call: Call, schemes: Schemes, auth: Auth) -> Principal:
    credentials = _digest_credentials(call)
    principal = next(
        (each for each in _of(call.state, schemes) if _names(credentials, each.user, auth)), None
    )
    if principal is None or not _agreed(credentials, auth):
        raise Unauthenticated(_WRONG)
    verdict = nonces.judge(call.state, credentials.nonce, credentials.count, auth.nonce_seconds)
    secret = ha1(principal.user, auth.realm, principal.secret, credentials.algorithm)
    request = call.request
    proven = verify(credentials, method=request.method, uri=request.target, secret=secret)
    if not proven or verdict in (nonces.Verdict.FOREIGN, nonces.Verdict.REPLAYED):
        raise Unauthenticated(_WRONG)
    if verdict is nonces.Verdict.STALE:
        raise Unauthenticated("the nonce is too old", stale=True)
    call.state = nonces.use(call.state, credentials.nonce, credentials.count, auth.nonce_seconds)
    return principal


def _digest_credentials(call: Call) -> DigestCredentials:
    header = call.headers.get("authorization")
    if header is None:
        raise Unauthenticated(_MISSING)
    for challenge in parse_challenges(header):
        credentials = DigestCredentials.of(challenge)
        if credentials is not None:
            return credentials
    raise Unauthenticated(_WRONG)


def _names(credentials: DigestCredentials, user: str, auth: Auth) -> bool:
    if credentials.userhash:
        user = user_hash(user, auth.realm, credentials.algorithm)
    return _same(credentials.username, user)


def _agreed(credentials: DigestCredentials, auth: Auth) -> bool:
    """Whether realm, algorithm and qop are what the challenge offered."""
    qop = credentials.qop in auth.qop if auth.qop else credentials.qop is None
    algorithms = {each.upper() for each in auth.algorithms}
    return qop and credentials.algorithm.upper() in algorithms and credentials.realm == auth.realm


def _basic(call: Call, schemes: Schemes, secret_as_user: bool) -> Principal:
    challenge = _first(call, "basic")
    try:
        text = base64.b64decode(challenge or "", validate=True).decode("utf-8")
    except (binascii.Error, ValueError):
        raise Unauthenticated(_WRONG) from None
    user, _, secret = text.partition(":")
    if secret_as_user and not secret:
        return _by_secret(call, schemes, user)
    for each in _of(call.state, schemes):
        if _same(each.user, user) and _same(each.secret, secret):
            return each
    raise Unauthenticated(_WRONG)


def _bearer(call: Call) -> str:
    return _first(call, "bearer") or ""


def _by_token(call: Call, schemes: Schemes, auth: Auth, scopes: Sequence[str]) -> Principal:
    token = _bearer(call)
    verdict = tokens.judge(call.state, token, auth.token_seconds)
    if verdict.principal is None or verdict.principal.scheme not in schemes:
        return _by_secret(call, schemes, token, _INVALID_TOKEN)
    if verdict.expired:
        raise Unauthenticated("the token has expired", error=_INVALID_TOKEN)
    if not verdict.scopes.issuperset(scopes):
        raise LesserScope(auth.realm, " ".join(scopes))
    return verdict.principal


def _first(call: Call, scheme: str) -> str | None:
    header = call.headers.get("authorization")
    if header is None:
        raise Unauthenticated(_MISSING)
    name, _, rest = header.strip().partition(" ")
    if name.lower() != scheme:
        raise Unauthenticated(_WRONG)
    return rest.strip()


def _api_key(call: Call, scheme: SecurityScheme) -> str:
    if scheme.location == "header":
        value = call.headers.get(scheme.parameter.lower())
    elif scheme.location == "cookie":
        value = _cookie(call.headers.get("cookie", ""), scheme.parameter)
    else:
        query = parse_qs(call.target.partition("?")[2])
        value = query.get(scheme.parameter, [None])[-1]
    if value is None:
        raise Unauthenticated(_MISSING)
    return value


def _cookie(header: str, name: str) -> str | None:
    jar: SimpleCookie = SimpleCookie()
    try:
        jar.load(header)
    except CookieError:
        return None
    return jar[name].value if name in jar else None


def _by_secret(call: Call, schemes: Schemes, secret: str, error: str = "") -> Principal:
    for each in _of(call.state, schemes):
        if _same(each.secret, secret):
            return each
    raise Unauthenticated(_WRONG, error=error)


def _of(state: State, schemes: Schemes) -> list[Principal]:
    return [each for each in state.principals if each.scheme in schemes]


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(
        one.encode("utf-8", "surrogatepass"), other.encode("utf-8", "surrogatepass")
    )

# Part of the Lockstep runtime, copied here by the generator. Do not edit.
# fmt: off
"""OAuth 2 with client credentials (RFC 6749 section 4.4): a token fetched when it is needed.

A token is fetched again ahead of its end, by one call for all: those that still hold a good token
go on with it, the others wait. A token that the server refuses before its time is replaced once for
a call. Whatever the authorization server answers instead of a token is a TokenError.
"""

import binascii
import math
from collections.abc import Callable, Generator, Sequence
from time import monotonic

import msgspec
from msgspec import Struct

from .auth import Aside, Auth, Flow, Move, answered
from .baton import Baton, pauses
from .errors import TokenError, TransportError, printable
from .messages import Request, Response
from .uri import encode, split_base

_WORK = "token"


class _Token(Struct, frozen=True):
    """A token, and until when it is to be used and may be used."""

    value: str
    fresh_until: float
    good_until: float

    def __repr__(self) -> str:
        return "_Token(***)"


class _Grant(Struct):
    """What an authorization server grants."""

    access_token: str
    token_type: str = "bearer"
    expires_in: float | None = None


class _Fault(Struct):
    """What it says instead (RFC 6749 section 5.2)."""

    error: str = ""
    error_description: str = ""


class OAuth2(Auth):
    """Client credentials for an authorization server; ``ahead`` is how early tokens are renewed."""

    interactive = True

    def __init__(
        self,
        client_id: str,
        client_secret: str,
        token_url: str,
        *,
        scopes: Sequence[str] = (),
        ahead: float = 60.0,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self.client_id = client_id
        self.token_url = token_url
        self._secret = client_secret
        self._scopes = tuple(scopes)
        self._base = split_base(token_url)
        self._ahead = ahead
        self._clock = clock
        self._held: _Token | None = None
        self._baton = Baton()

    def __repr__(self) -> str:
        return f"OAuth2({self.client_id!r}, ***, {self.token_url!r})"

    def flow(self, request: Request) -> Flow:
        """Send with the token at hand, or fetch one; replace it once when it is refused."""
        held = self._held
        token = yield from self._token()
        response = answered((yield _signed(request, token)))
        if response.status != 401 or token is not held:
            return response
        if self._held is token:
            self._held = None
        token = yield from self._token()
        return answered((yield _signed(request, token)))

    def _token(self) -> Generator[Move, Response | None, _Token]:
        for pause in pauses():
            token, now = self._held, self._clock()
            if token is not None and now < token.fresh_until:
                return token
            if self._baton.take(_WORK):
                # Another thread may have fetched one between the look above and the taking.
                if self._held is token:
                    return (yield from self._renewed(token))
                self._baton.give(_WORK)
                continue
            if token is not None and now < token.good_until:
                return token
            yield pause
        raise AssertionError("pauses never end")

    def _renewed(self, token: _Token | None) -> Generator[Move, Response | None, _Token]:
        """A new token; the old one while it is good and there is no new one."""
        try:
            self._held = granted = self._granted(answered((yield Aside(self._request()))))
            return granted
        except (TransportError, TokenError):
            if token is None or self._clock() >= token.good_until:
                raise
            return token
        finally:
            self._baton.give(_WORK)

    def _request(self) -> Request:
        # https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1 : the parts are form-encoded first
        pair = f"{encode(self.client_id)}:{encode(self._secret)}".encode()
        coded = binascii.b2a_base64(pair, newline=False).decode()
        scope = f"&scope={encode(' '.join(self._scopes))}" if self._scopes else ""
        request = Request(
            method="POST",
            origin=self._base.origin,
            target=self._base.path or "/",
            headers={
                "accept": "application/json",
                "content-type": "application/x-www-form-urlencoded",
            },
            body=f"grant_type=client_credentials{scope}".encode(),
        )
        return request.with_header("authorization", f"Basic {coded}")

    def _granted(self, response: Response) -> _Token:
        if response.status != 200:
            raise TokenError(f"no token: {response.status}{_fault(response)}")
        try:
            grant = msgspec.json.decode(response.body, type=_Grant)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            # Not chained: the message of a decoder may quote the body, which may hold a token.
            raise TokenError("no token: the answer is not what RFC 6749 describes") from None
        if grant.token_type.lower() != "bearer":
            raise TokenError(f"no bearer token but {printable(grant.token_type, 40)!r}")
        now = self._clock()
        lasts = math.inf if grant.expires_in is None else grant.expires_in
        return _Token(grant.access_token, now + max(lasts - self._ahead, lasts / 2), now + lasts)


def _signed(request: Request, token: _Token) -> Request:
    return request.with_header("authorization", f"Bearer {token.value}")


def _fault(response: Response) -> str:
    try:
        fault = msgspec.json.decode(response.body, type=_Fault)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return ""
    return "".join(f" {printable(word)}" for word in (fault.error, fault.error_description) if word)

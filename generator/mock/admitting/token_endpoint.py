"""The token endpoint of OAuth2's client credentials (RFC 6749, section 4.4), at its declared path.

In come form-encoded requests, with the client's name and secret in the form or in Basic, out go
tokens or the errors of section 5.2. Its answers are those of the standard, not of the description.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast
from urllib.parse import parse_qsl, unquote_plus, urlsplit

import msgspec

import generator.mock.admitting.tokens as tokens
from generator.api.behaviours import Auth
from generator.api.exchange import Headers, Principal, Request, Response
from generator.api.model import Api, SecurityScheme
from generator.mock.answering.determined import UNDECIDED
from generator.mock.calls import NOBODY, Failed
from generator.mock.state import State
from generator.mock.steps import Step
from generator.wire import MediaType, format_challenge

_HEADERS: Headers = (("content-type", "application/json"), ("cache-control", "no-store"))


@dataclass(frozen=True, slots=True)
class _Scheme:
    """A scheme whose tokens are issued here."""

    name: str
    scopes: frozenset[str]
    seconds: int


class _Denied(Exception):
    """An error of RFC 6749, section 5.2, by its code."""


def token_endpoints(api: Api) -> Mapping[str, TokenEndpoint]:
    """The token endpoints by path, each for the schemes that name it."""
    found: dict[str, list[_Scheme]] = {}
    for scheme in api.security_schemes.values():
        path, compiled = _declared(api, scheme)
        if path and compiled is not None:
            found.setdefault(path, []).append(compiled)
    return {path: TokenEndpoint(schemes) for path, schemes in found.items()}


class TokenEndpoint:
    """What answers at one path."""

    def __init__(self, schemes: Sequence[_Scheme]) -> None:
        self._schemes = schemes

    def step(
        self, state: State, request: Request, headers: Mapping[str, str], values: list[str]
    ) -> Step:
        """A token, or why there is none."""
        try:
            form = _form(request, headers)
            if "grant_type" not in form:
                raise _Denied(_INVALID)
            scheme, principal = self._client(state, form, headers)
            if form["grant_type"] != "client_credentials":
                raise _Denied("unsupported_grant_type")
            scopes = form.get("scope", "").split() or sorted(scheme.scopes)
            if not scheme.scopes.issuperset(scopes):
                raise _Denied("invalid_scope")
        except _Denied as denied:
            return state, _error(str(denied), headers), UNDECIDED
        state, token = tokens.issue(state, principal, scopes)
        body: dict[str, object] = {
            "access_token": token,
            "token_type": "Bearer",
            "expires_in": scheme.seconds,
        }
        if scopes:
            body["scope"] = " ".join(scopes)
        return state, Response(200, _HEADERS, msgspec.json.encode(body)), UNDECIDED

    def failures(
        self, state: State, request: Request, headers: Mapping[str, str], values: list[str]
    ) -> tuple[str, list[Failed]]:
        """The error that it answers with; it is no operation of the description."""
        _, response, _ = self.step(state, request, headers, values)
        found = msgspec.json.decode(response.body)
        return "", [Failed("unauthenticated", "", found["error"])] if "error" in found else []

    def tell(self, status: int, example: str, accept: str | None) -> Response | None:
        """Nothing is declared of it."""
        return None

    def _client(
        self, state: State, form: Mapping[str, str], headers: Mapping[str, str]
    ) -> tuple[_Scheme, Principal]:
        """Who asks, and by which scheme; on an open server the first principal, whoever asks."""
        if state.open:
            return self._schemes[0], state.principals[0] if state.principals else NOBODY
        user, secret = _credentials(form, headers)
        for scheme in self._schemes:
            for each in state.principals:
                if each.scheme == scheme.name and (each.user, each.secret) == (user, secret):
                    return scheme, each
        raise _Denied("invalid_client")


_INVALID = "invalid_request"


def _declared(api: Api, scheme: SecurityScheme) -> tuple[str, _Scheme | None]:
    flow = scheme.flows.get("clientCredentials") if scheme.kind == "oauth2" else None
    if not flow:
        return "", None
    scopes = cast("Mapping[str, object]", flow.get("scopes") or {})
    auth = api.behaviours.auth.get(scheme.name, Auth())
    compiled = _Scheme(scheme.name, frozenset(scopes), auth.token_seconds)
    path = urlsplit(str(flow.get("tokenUrl", ""))).path.lstrip("/")
    return f"/{path}" if path else "", compiled


def _form(request: Request, headers: Mapping[str, str]) -> dict[str, str]:
    sent = MediaType.parse(headers.get("content-type", ""))
    if sent is None or sent.essence != "application/x-www-form-urlencoded":
        raise _Denied(_INVALID)
    try:
        pairs = parse_qsl(request.body.decode("utf-8"), keep_blank_values=True, strict_parsing=True)
    except ValueError:
        raise _Denied(_INVALID) from None
    form = dict(pairs)
    if len(form) != len(pairs):
        raise _Denied(_INVALID)  # Section 3.2: no parameter comes twice.
    return form


def _credentials(form: Mapping[str, str], headers: Mapping[str, str]) -> tuple[str, str]:
    """The client's name and secret; by one way only (section 2.3)."""
    kind, _, encoded = headers.get("authorization", "").partition(" ")
    if not kind:
        return form.get("client_id", ""), form.get("client_secret", "")
    if kind.lower() != "basic":
        raise _Denied("invalid_client")
    if "client_secret" in form:
        raise _Denied(_INVALID)
    try:
        text = base64.b64decode(encoded.strip(), validate=True).decode("utf-8")
    except (binascii.Error, ValueError):
        raise _Denied("invalid_client") from None
    user, _, secret = text.partition(":")
    return unquote_plus(user), unquote_plus(secret)


def _error(code: str, headers: Mapping[str, str]) -> Response:
    status = 401 if code == "invalid_client" else 400
    challenge = format_challenge("Basic", {"realm": "token"})
    fields = (("www-authenticate", challenge),) if status == 401 else ()
    return Response(status, (*_HEADERS, *fields), msgspec.json.encode({"error": code}))

"""How schemathesis proves who calls: of each operation whoever may call it.

In come an Api, who calls which operation, and a client; out comes what requests calls before it
sends, with the operations that it signs, and afterwards whose call one was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

from requests import PreparedRequest
from requests.auth import AuthBase, HTTPBasicAuth, HTTPDigestAuth

from generator.api.exchange import Principal, Request
from generator.api.model import Api, Operation
from generator.contract.calling.client import Client


class Callers:
    """Who calls which operation."""

    def __init__(
        self, api: Api, principal_for: Callable[[Operation], Principal | None], client: Client
    ) -> None:
        self._api = api
        self._client = client
        self._principals = {each.name: principal_for(each) for each in api.operations}

    def signing(self) -> Iterator[tuple[AuthBase, list[str]]]:
        """What signs, and the labels of the operations whose calls it signs."""
        signed: dict[tuple[Principal, ...], list[str]] = {}
        for operation in self._api.operations:
            principal = self._principals[operation.name]
            if principal is not None:
                who = self._client.callers_of(operation.name, principal)
                signed.setdefault(who, []).append(operation.label)
        for who, labels in signed.items():
            yield _All([self._auth(each) for each in who]), labels

    def named(self, operation: Operation | None, request: Request) -> str:
        """The name of whoever made a call: of nobody where it carries no credentials of theirs."""
        principal = self._principals.get(operation.name) if operation else None
        return principal.name if principal is not None and self._signs(principal, request) else ""

    def _signs(self, principal: Principal, request: Request) -> bool:
        """Whether a request carries the credentials of a principal."""
        told = {name.lower(): value for name, value in request.headers}
        if self._http(principal) == "digest":
            # Each proof is another one, but the user stands in all of them.
            return f'username="{principal.user}"' in told.get("authorization", "")
        signed = self._client.signed("", Request("GET", "/"), principal)
        query = urlsplit(signed.target).query
        return query in urlsplit(request.target).query and all(
            told.get(name.lower()) == value for name, value in signed.headers
        )

    def _http(self, principal: Principal) -> str:
        scheme = self._api.security_schemes.get(principal.scheme)
        return scheme.scheme.lower() if scheme is not None and scheme.kind == "http" else ""

    def _auth(self, principal: Principal) -> AuthBase:
        """requests' own way where it has one, else what our client does."""
        kind = self._http(principal)
        if kind == "digest":
            return HTTPDigestAuth(principal.user, principal.secret)
        if kind == "basic":
            return HTTPBasicAuth(principal.user, principal.secret)
        return _Signing(self._client, principal)


class _All(AuthBase):
    """Signs by several schemes, one after the other."""

    def __init__(self, parts: list[AuthBase]) -> None:
        self._parts = parts

    def __call__(self, r: PreparedRequest) -> PreparedRequest:
        """Let each of them sign."""
        for each in self._parts:
            r = each(r)
        return r


class _Signing(AuthBase):
    """Signs as the client does."""

    def __init__(self, client: Client, principal: Principal) -> None:
        self._client = client
        self._principal = principal

    def __call__(self, r: PreparedRequest) -> PreparedRequest:
        """Put on the headers, and what stands in the query."""
        signed = self._client.signed("", Request(str(r.method), str(r.url)), self._principal)
        r.url = signed.target
        for name, value in signed.headers:
            r.headers[name] = value
        return r

"""How schemathesis proves who calls: by requests' own ways, else as our client does.

In come an Api, a target and a client, out comes what requests calls before it sends.
"""

from __future__ import annotations

from requests import PreparedRequest
from requests.auth import AuthBase, HTTPBasicAuth, HTTPDigestAuth

from generator.api.exchange import Principal, Request
from generator.api.model import Api
from generator.contract.client import Client
from generator.contract.target import Target


def auth_for(api: Api, target: Target, client: Client) -> AuthBase | None:
    """What signs as the first principal; None where there is none."""
    if not target.principals:
        return None
    principal = target.principals[0]
    scheme = api.security_schemes.get(principal.scheme)
    if scheme is not None and scheme.kind == "http" and scheme.scheme.lower() == "digest":
        return HTTPDigestAuth(principal.user, principal.secret)
    if scheme is not None and scheme.kind == "http" and scheme.scheme.lower() == "basic":
        return HTTPBasicAuth(principal.user, principal.secret)
    return _Signing(client, principal)


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

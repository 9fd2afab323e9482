"""Credentials that are none: what no server can take for somebody's.

In comes a security scheme, out come ways to sign with what it does not allow. Nothing of the true
secret is in them but its length, so they may be shown.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator

from generator.api.exchange import Principal
from generator.api.model import SecurityScheme
from generator.contract.calling.credentials import Credentials, Fixed, credentials_for

_AUTHORIZATION = {
    "nothing": "",
    "Digest alone": "Digest",
    "Digest that ends too soon": 'Digest username="lockstep',
    "Digest without a proof": 'Digest username="lockstep", realm="", nonce="", uri="/"',
    "Digest of an unknown kind": (
        'Digest username="lockstep", realm="", nonce="a", uri="/", response="a", algorithm=LOCKSTEP'
    ),
    "Digest with a count that is none": (
        'Digest username="lockstep", realm="", nonce="a", uri="/", response="a", qop=auth, nc=zz'
    ),
    "Basic alone": "Basic",
    "Basic that is no Base64": "Basic !!!",
    "Basic without a colon": "Basic " + base64.b64encode(b"lockstep").decode(),
    "Basic that is no UTF-8": "Basic " + base64.b64encode(b"\xff:\xff").decode(),
    "Bearer alone": "Bearer",
    "a token of two words": "Bearer lockstep lockstep",
    "a token with a sign too many": "Bearer lock,step",
    "a token that begins like one": "Bearer e30.e30.",
    "an unknown scheme": "Lockstep lockstep",
    "no scheme": "=,;",
}


def malformed(scheme: SecurityScheme | None, secret: str) -> Iterator[tuple[str, Credentials]]:
    """Credentials that no description allows, with what is wrong about each."""
    for what, value in _AUTHORIZATION.items():
        yield what, Fixed((("Authorization", value),))
    tokens = {"of the same length": "x" * len(secret), "that is long": "x" * 2_000}
    if scheme is None:
        return
    if scheme.kind == "apiKey":
        tokens |= {"that is empty": "", "of two words": "lock step", "with signs": "lock,step=;"}
        if scheme.location == "header":
            tokens["of other letters"] = "\u00fc" * 8
    for what, token in tokens.items():
        nobody = Principal("nobody", scheme.name, "lockstep", token)
        credentials = credentials_for(nobody, scheme)
        # What answers a challenge, or asks for a token first, has no secret of its own to send.
        if isinstance(credentials, Fixed):
            yield f"a {scheme.kind} {what}", credentials

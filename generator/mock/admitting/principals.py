"""Seeded credentials for the principals that a description declares.

In come an Api and a seed, out come principals that can sign in: the first is the one who acts where
nobody is asked. A scheme of which nothing is declared gets one principal without roles; one that
is for the callers of another gets none of its own.
"""

from __future__ import annotations

from random import Random

from generator.api.behaviours import Auth
from generator.api.behaviours import Principal as Declared
from generator.api.exchange import Principal
from generator.api.model import Api
from generator.mock.samples import generator

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_DEFAULT = "default"


def principals_for(api: Api, seed: int) -> tuple[Principal, ...]:
    """One principal with credentials for each that is declared, in the description's order."""
    made: list[Principal] = []
    for scheme in api.security_schemes:
        auth = api.behaviours.auth.get(scheme, Auth())
        if auth.callers_of in api.security_schemes:
            continue
        for declared in auth.principals or [Declared(_DEFAULT)]:
            random = generator(seed, "principal", scheme, declared.name)
            made.append(_principal(declared, scheme, random))
    return tuple(made)


def _principal(declared: Declared, scheme: str, random: Random) -> Principal:
    return Principal(
        name=declared.name,
        scheme=scheme,
        user="".join(random.choice(_LETTERS) for _ in range(8)),
        secret=f"{random.getrandbits(128):032x}",
        roles=tuple(declared.roles),
        tenant=declared.tenant,
    )

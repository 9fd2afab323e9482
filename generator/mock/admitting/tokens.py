"""Access tokens that the mock issues: sealed with the state's seed, so no list of them is kept.

A token carries whose it is and when it was made; whether it still lives is a question to the
state's clock.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from generator.api.exchange import Principal
from generator.mock.state import State, passed


class _Claims(msgspec.Struct, frozen=True, array_like=True):
    scheme: str
    user: str
    moment: int
    tick: int
    scopes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whom a token names, if the state knows them, what it is good for, and whether too old."""

    principal: Principal | None = None
    scopes: frozenset[str] = frozenset()
    expired: bool = False


def issue(state: State, principal: Principal, scopes: Sequence[str]) -> tuple[State, str]:
    """A new token for a principal, good for these scopes, and the state after it."""
    state = passed(state)
    claims = _Claims(principal.scheme, principal.user, state.moment, state.tick, tuple(scopes))
    text = base64.urlsafe_b64encode(msgspec.json.encode(claims)).decode("ascii").rstrip("=")
    return state, f"{text}.{_seal(state.seed, text)}"


def judge(state: State, token: str, life: int) -> Verdict:
    """What is to be thought of a token."""
    text, _, seal = token.partition(".")
    if not token.isascii() or seal != _seal(state.seed, text):
        return Verdict()
    try:
        padded = text + "=" * (-len(text) % 4)
        claims = msgspec.json.decode(base64.urlsafe_b64decode(padded), type=_Claims)
    except (binascii.Error, msgspec.DecodeError):
        return Verdict()
    named = (claims.scheme, claims.user)
    principal = next((p for p in state.principals if (p.scheme, p.user) == named), None)
    expired = state.moment - claims.moment >= life
    return Verdict(principal, frozenset(claims.scopes), expired)


def _seal(seed: int, text: str) -> str:
    return hashlib.blake2s(f"{seed}.token.{text}".encode(), digest_size=16).hexdigest()

"""The server's side of Digest: which nonces live, and that no count of one is used twice.

A nonce carries the moment and the event that it was made at, sealed with the state's seed, so no
list of nonces is kept; only the counts that were used are. All of it is a function of the state.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from enum import Enum

from generator.mock.state import State, passed, spend

MOST = 4_096
"""How many requests one nonce serves; the next is told that it is stale."""


class Verdict(Enum):
    """What is to be thought of a nonce and its count."""

    FRESH = "fresh"
    STALE = "stale"
    FOREIGN = "foreign"
    REPLAYED = "replayed"


def make(state: State) -> tuple[State, str]:
    """A new nonce, and the state after it."""
    state = passed(state)
    return state, _sealed(state.seed, state.moment, state.tick)


def judge(state: State, nonce: str, count: int | None, life: int) -> Verdict:
    """Whether a nonce made here may be used now, for the count'th time."""
    made = _made(state.seed, nonce)
    if made is None:
        return Verdict.FOREIGN
    moment, tick = made
    if tick < state.since or state.moment - moment > life or (count or 0) > MOST:
        return Verdict.STALE
    if count is not None and (count == 0 or state.counts.get(nonce, 0) >> count & 1):
        return Verdict.REPLAYED
    return Verdict.FRESH


def use(state: State, nonce: str, count: int | None, life: int) -> State:
    """The state after the use; counts of nonces that are dead by then are forgotten."""
    if count is None:
        return passed(state)
    if nonce not in state.counts:
        state = _forgetting(state, life)
    return spend(state, nonce, count)


def _forgetting(state: State, life: int) -> State:
    alive = {
        nonce: used
        for nonce, used in state.counts.items()
        if (made := _made(state.seed, nonce)) is not None and state.moment - made[0] <= life
    }
    return state if len(alive) == len(state.counts) else replace(state, counts=alive)


def _sealed(seed: int, moment: int, tick: int) -> str:
    text = f"{moment:x}.{tick:x}"
    seal = hashlib.blake2s(f"{seed}.{text}".encode(), digest_size=8).hexdigest()
    return f"{text}.{seal}"


def _made(seed: int, nonce: str) -> tuple[int, int] | None:
    """The moment and tick that a nonce was made at; None for one that was not made here."""
    parts = nonce.split(".")
    if len(parts) != 3 or not all(part.isalnum() and part.isascii() for part in parts):
        return None
    try:
        moment, tick = int(parts[0], 16), int(parts[1], 16)
    except ValueError:
        return None
    return (moment, tick) if _sealed(seed, moment, tick) == nonce else None

"""The mock's state: everything that an API of this kind remembers, as one immutable value.

In come states and what happened, out come new states; nothing here is changed in place, so a state
may be kept, compared and stepped from again. Tables are copied when written to; their dicts are to
be read only. Nothing here knows HTTP.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, field, replace
from typing import Any

from generator.api.exchange import Principal

Fields = Mapping[str, Any]
TablePath = tuple[str, ...]
"""A table's name: the resource, then the keys of its parents, the outermost first."""

EPOCH = 1_704_067_200
"""Where the logical clock begins: 2024-01-01T00:00:00Z."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that is kept: its stored representation, and whose it is."""

    fields: Fields
    tenant: str = ""


Table = Mapping[str, Item]

_NO_ITEMS: Table = {}


@dataclass(frozen=True, slots=True)
class State:
    """All that is remembered between two requests.

    `moment` is the time in seconds, which goes on with each event while `ticking` (else a shell
    sets it); `tick` counts the events so far: what is made at one is made from `seed` and `tick`.
    `open` is a server that asks for no credentials: `principals[0]` acts. `counts` holds the used
    nonce counts of each nonce as bits; nonces made before the tick `since` are of an earlier run.
    """

    seed: int = 0
    principals: tuple[Principal, ...] = ()
    open: bool = True
    moment: int = EPOCH
    ticking: bool = True
    tick: int = 0
    since: int = 0
    tables: Mapping[TablePath, Table] = field(default_factory=dict[TablePath, Table])
    counts: Mapping[str, int] = field(default_factory=dict[str, int])

    def table(self, path: TablePath) -> Table:
        """The items at a path by key, in the order of their creation."""
        return self.tables.get(path, _NO_ITEMS)

    def find(self, path: TablePath, key: str) -> Item | None:
        """One item, or None."""
        return self.tables.get(path, _NO_ITEMS).get(key)


def passed(state: State) -> State:
    """The state one event later: the logical clock goes on by a second."""
    return replace(state, tick=state.tick + 1, moment=state.moment + state.ticking)


def put(state: State, path: TablePath, key: str, item: Item) -> State:
    """The state with an item added, or replaced in its place."""
    table = {**state.table(path), key: item}
    return replace(state, tables={**state.tables, path: table})


def drop(state: State, path: TablePath, key: str, below: Set[str]) -> State:
    """The state without an item and without all that lies under it, of the resources `below`."""
    inside = (*path[1:], key)
    depth = len(inside)
    tables = {
        each: table
        for each, table in state.tables.items()
        if not (each[0] in below and each[1 : depth + 1] == inside)
    }
    tables[path] = {each: item for each, item in state.table(path).items() if each != key}
    return replace(state, tables=tables)


def spend(state: State, nonce: str, count: int) -> State:
    """The state in which this count of the nonce was used."""
    used = state.counts.get(nonce, 0) | 1 << count
    return replace(passed(state), counts={**state.counts, nonce: used})

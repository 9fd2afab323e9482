"""A state as JSON and back: what stands, and how far the clock and the seeds went.

Principals, and whether the server is open, are of the run and not of the state: a snapshot has
neither, and taking one up keeps those that are there.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import msgspec

from generator.mock.state import Item, State, Table, TablePath

_FORMAT = "lockstep-snapshot-1"


class SnapshotError(ValueError):
    """A text that is no snapshot of this description; the message says why."""


class _Item(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    key: str
    tenant: str
    fields: dict[str, Any]


class _Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    path: list[str]
    items: list[_Item]


class _Snapshot(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    format: str
    description: str
    seed: int
    tick: int
    moment: int
    tables: list[_Table]


def written(state: State, description: str) -> bytes:
    """The snapshot of a state; `description` is the fingerprint of what it belongs to."""
    tables = [
        _Table(
            list(path), [_Item(key, item.tenant, dict(item.fields)) for key, item in table.items()]
        )
        for path, table in state.tables.items()
    ]
    made = _Snapshot(_FORMAT, description, state.seed, state.tick, state.moment, tables)
    return msgspec.json.encode(made)


def restored(text: bytes, description: str, state: State) -> State:
    """The state with what a snapshot says in it."""
    try:
        found = msgspec.json.decode(text, type=_Snapshot)
    except msgspec.DecodeError as error:
        raise SnapshotError(f"it is no snapshot: {error}") from None
    if (found.format, found.description) != (_FORMAT, description):
        raise SnapshotError("it is of another version or another description")
    tables: dict[TablePath, Table] = {
        tuple(each.path): {item.key: Item(item.fields, item.tenant) for item in each.items}
        for each in found.tables
        if each.path
    }
    return replace(state, seed=found.seed, tick=found.tick, moment=found.moment, tables=tables)

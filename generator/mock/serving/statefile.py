"""A state that outlives its process: an SQLite file, written before a change is acknowledged.

In come a fresh state, and then each state before and after a change; what differs is committed as
one transaction. A file of another description, a file that is no state, and a file that another
process holds are a `StateFileError`.

The journal is a write-ahead log with `synchronous=NORMAL`: whatever ends the process, `kill -9`
between any two acknowledged writes included, costs none of them. A loss of power may cost the last
ones, never the file: the log is not forced to the disk with each commit
(https://www.sqlite.org/pragma.html#pragma_synchronous).
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import replace

import msgspec

from generator.mock.blueprint import Blueprint
from generator.mock.state import Item, State, Table, TablePath

_FORMAT = "lockstep-state-1"
_RUN = 1 << 32
"""How far ticks jump with each run, so that none that was lost comes again."""

_TABLES = """
CREATE TABLE IF NOT EXISTS fact (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS item (
  position INTEGER PRIMARY KEY AUTOINCREMENT,
  path TEXT NOT NULL, key TEXT NOT NULL, tenant TEXT NOT NULL, fields TEXT NOT NULL,
  UNIQUE (path, key)
);
"""
_PUT = """
INSERT INTO item (path, key, tenant, fields) VALUES (?, ?, ?, ?)
ON CONFLICT (path, key) DO UPDATE SET tenant = excluded.tenant, fields = excluded.fields
"""
_DROP = "DELETE FROM item WHERE path = ? AND key = ?"
_FACT = "INSERT INTO fact VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value"


class StateFileError(Exception):
    """The file cannot hold this state; the message names it and says why."""


class _Unsuitable(Exception):
    """What is wrong with a file that can be read."""


class StateFile:
    """An open state file; `state` is what stood in it, or the fresh state where it was empty."""

    def __init__(self, path: str, blueprint: Blueprint, fresh: State) -> None:
        self._path = path
        self._connection = self._opened()
        try:
            self.state = self._restored(fingerprint(blueprint), fresh)
        except (sqlite3.Error, LookupError, ValueError, _Unsuitable) as error:
            self._connection.close()
            raise self._error(error) from None

    def keep(self, before: State, after: State) -> None:
        """Commit what changed."""
        try:
            with self._connection:
                self._write(before.tables, after)
        except sqlite3.Error as error:
            raise self._error(error) from None

    def close(self) -> None:
        """Let go of the file; more than once does no harm."""
        self._connection.close()

    def _opened(self) -> sqlite3.Connection:
        try:
            # Several threads may use it, never two at once: the app sees to that.
            connection = sqlite3.connect(self._path, timeout=0, check_same_thread=False)
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            _refuse_foreign(connection)
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.executescript(_TABLES)
        except (sqlite3.Error, _Unsuitable) as error:
            raise self._error(error) from None
        return connection

    def _restored(self, identity: str, fresh: State) -> State:
        facts = dict(self._connection.execute("SELECT name, value FROM fact").fetchall())
        if not facts:
            with self._connection:
                self._state_facts({"format": _FORMAT, "description": identity})
                self._write({}, fresh)
            return fresh
        if facts.get("format") != _FORMAT:
            raise _Unsuitable("it was written by another version")
        if facts.get("description") != identity:
            raise _Unsuitable("it holds the state of another description")
        tick = (int(facts["tick"]) // _RUN + 1) * _RUN
        state = replace(
            fresh,
            seed=int(facts["seed"]),
            tick=tick,
            since=tick,
            moment=int(facts["moment"]),
            tables=self._tables(),
        )
        with self._connection:
            self._write(state.tables, state)
        return state

    def _tables(self) -> dict[TablePath, Table]:
        tables: dict[TablePath, dict[str, Item]] = {}
        rows = self._connection.execute(
            "SELECT path, key, tenant, fields FROM item ORDER BY position"
        )
        for path, key, tenant, fields in rows:
            tables.setdefault(tuple(json.loads(path)), {})[key] = Item(json.loads(fields), tenant)
        return dict(tables)

    def _write(self, before: Mapping[TablePath, Table], after: State) -> None:
        for path, key, item in changes(before, after.tables):
            name = json.dumps(path)
            if item is None:
                self._connection.execute(_DROP, (name, key))
            else:
                fields = json.dumps(item.fields, ensure_ascii=False)
                self._connection.execute(_PUT, (name, key, item.tenant, fields))
        self._state_facts({"seed": after.seed, "tick": after.tick, "moment": after.moment})

    def _state_facts(self, facts: Mapping[str, object]) -> None:
        self._connection.executemany(_FACT, [(name, str(value)) for name, value in facts.items()])

    def _error(self, error: Exception) -> StateFileError:
        said = str(error)
        reason = "another process holds it" if "locked" in said else said
        return StateFileError(f"{self._path}: {reason}")


def _refuse_foreign(connection: sqlite3.Connection) -> None:
    names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    if names and "fact" not in names:
        raise _Unsuitable("it is the database of another program")


def changes(
    before: Mapping[TablePath, Table], after: Mapping[TablePath, Table]
) -> Iterator[tuple[TablePath, str, Item | None]]:
    """The items that were put, and those that were dropped as None, table by table."""
    nothing: Table = {}
    for path in [*before, *(each for each in after if each not in before)]:
        old, new = before.get(path, nothing), after.get(path, nothing)
        if old is new:
            continue
        yield from ((path, key, None) for key in old if key not in new)
        yield from ((path, key, item) for key, item in new.items() if old.get(key) is not item)


def fingerprint(blueprint: Blueprint) -> str:
    """What tells descriptions apart that keep different things; seeds and prose do not count."""
    digest = hashlib.sha256(blueprint.api.title.encode())
    for name, kind in sorted(blueprint.kinds.items()):
        kept = msgspec.structs.replace(kind.resource, seed=[])
        schema = blueprint.conform.json_schema(kind.schema, "response")
        digest.update(json.dumps([name, msgspec.to_builtins(kept), schema]).encode())
    return digest.hexdigest()

"""Sequences that parted a target from the model, remembered in one of hypothesis's databases.

In come an example database and the name of a description, out come sequences to begin with: several
machines that work on one target share what they found. What no longer parts the two is forgotten.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec
from hypothesis.database import ExampleDatabase

from generator.contract.lockstep.moves import Move


class Memory:
    """What was found before; without a database nothing is remembered."""

    def __init__(self, database: ExampleDatabase | None, title: str) -> None:
        self._database = database
        self._key = f"lockstep sequences of {title}".encode()

    def sequences(self) -> Iterator[list[Move]]:
        """The remembered sequences, the shortest first; what cannot be read is none."""
        known = self._database.fetch(self._key) if self._database is not None else ()
        for octets in sorted(known, key=lambda each: (len(each), each)):
            try:
                yield msgspec.json.decode(octets, type=list[Move])
            except msgspec.DecodeError:
                continue

    def keep(self, moves: Sequence[Move], *, apart: bool) -> None:
        """Remember a sequence that parts the two, forget one that does not."""
        if self._database is None:
            return
        octets = msgspec.json.encode(list(moves))
        change = self._database.save if apart else self._database.delete
        change(self._key, octets)

"""What the lockstep part needs of a model beyond `api.Model`: to be told what the target holds.

The model keeps its own state; it never asks the target anything. Two more functions make it
stand where the target stands: what was there before is put into it, and a name that the target
chose takes the place of the one that the model chose.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol, TypeVar

from generator.api.exchange import Model

State = TypeVar("State")


class Twin(Model[State], Protocol[State]):
    """An executable model that can be brought to where a target stands."""

    def emptied(self, state: State) -> State:
        """The state without anything that the API keeps."""
        ...

    def adopted(
        self,
        state: State,
        kind: str,
        keys: Mapping[str, str],
        fields: Mapping[str, object],
        tenant: str,
    ) -> State:
        """The state with a thing in it; `keys` are its own and its ancestors', by resource."""
        ...

    def agreed(self, state: State, names: Mapping[str, str]) -> State:
        """The state in which names that the model chose are those that the target chose."""
        ...

"""The mock's model as the twin of a target: brought to where a server under test stands.

In comes an Api, out comes what the contract suite steps beside the target. Here alone the suite and
the mock meet.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, cast

from generator.api.behaviours import Resource
from generator.api.exchange import Determined, Principal, Request, Response
from generator.api.infer import infer
from generator.api.model import Api
from generator.contract.kinds import Kinds
from generator.mock import Item, State, model_for
from generator.mock.state import put

_AWAY = 1_000_000_000
"""Seconds, and calls: far from any target's clock and from the numbers that it counts its things
by, so that no time and no key of the model's is one of the target's."""


class MockTwin:
    """The executable model of an Api, with its state open to what a target holds."""

    def __init__(self, api: Api) -> None:
        self._model = model_for(api)
        self._theirs: dict[int, Item] = {}
        inferred = infer(api).api
        self._kinds = Kinds(inferred)
        resources = inferred.behaviours.resources
        self._naming = {name: tuple(_naming(name, resources)) for name in resources}

    def start(self, seed: int, principals: Sequence[Principal]) -> State:
        """The state before the first call."""
        state = self._model.start(seed, principals)
        return replace(state, moment=state.moment + _AWAY, tick=state.tick + _AWAY)

    def step(self, state: State, request: Request) -> tuple[State, Response, Determined]:
        """What the model answers."""
        return self._model.step(state, request)

    def emptied(self, state: State) -> State:
        """The state without any resource."""
        return replace(state, tables={})

    def adopted(
        self,
        state: State,
        kind: str,
        keys: Mapping[str, str],
        fields: Mapping[str, object],
        tenant: str,
    ) -> State:
        """The state with a resource in its table."""
        above = [keys.get(name, "") for name in reversed(self._kinds.line(kind))]
        item = Item(fields, tenant)
        self._theirs[id(item)] = item
        return put(state, (kind, *above), keys.get(kind, ""), item)

    def agreed(self, state: State, names: Mapping[str, str]) -> State:
        """The state with names replaced wherever they stand as a whole."""
        if not names:
            return state
        tables = {
            tuple(names.get(each, each) for each in path): {
                names.get(key, key): self._agreed(path[0], item, names)
                for key, item in table.items()
            }
            for path, table in state.tables.items()
        }
        return replace(state, tables=tables)

    def _agreed(self, kind: str, item: Item, names: Mapping[str, str]) -> Item:
        # What was adopted and not changed since holds no name that the model chose.
        if id(item) in self._theirs:
            return item
        fields = _renamed(item.fields, names)
        # A number is a name in the fields for names alone.
        for name in self._naming[kind]:
            if type(fields.get(name)) is int and str(fields[name]) in names:
                fields[name] = int(names[str(fields[name])])
        return Item(fields, item.tenant)


def _naming(kind: str, resources: Mapping[str, Resource]) -> Iterator[str]:
    """The fields that hold the key of a thing of the kind, or of what it lies in."""
    resource = resources[kind]
    yield resource.key
    above = resources.get(resource.parent)
    for name, source in resource.fields.items():
        if above is not None and above.key and source.parent == above.key:
            yield name


def _renamed(value: Any, names: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return names.get(value, value)
    if isinstance(value, Mapping):
        members = cast("Mapping[str, object]", value)
        return {name: _renamed(member, names) for name, member in members.items()}
    if isinstance(value, list):
        return [_renamed(each, names) for each in cast("list[object]", value)]
    return value

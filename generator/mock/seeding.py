"""What stands before the first call: the resources that a description seeds, with their children.

They belong to the first principal's tenant, as if that principal had made them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from generator.api.behaviours import Seed
from generator.mock.blueprint import Blueprint, Kind
from generator.mock.calls import NOBODY
from generator.mock.changing import merged
from generator.mock.making import maker
from generator.mock.state import Item, State, TablePath, put


def seeded(blueprint: Blueprint, state: State) -> State:
    """The state with every declared seed in it."""
    for kind in blueprint.kinds.values():
        if not kind.ancestors:
            seeds = kind.resource.seed or ([Seed()] if kind.resource.singleton else [])
            state = _planted(blueprint, state, kind, (kind.name,), seeds)
    return state


def _planted(
    blueprint: Blueprint, state: State, kind: Kind, path: TablePath, seeds: Sequence[Seed]
) -> State:
    make = maker(blueprint, kind)
    principal = state.principals[0] if state.principals else NOBODY
    for seed in seeds:
        if kind.resource.singleton and "" in state.table(path):
            state = _changed(blueprint, state, kind, path, seed.fields)
            key = ""
        else:
            state, key = make(state, path, seed.fields, principal)
        for name, children in seed.children.items():
            if name in blueprint.kinds:
                inside = (name, *path[1:], key)
                state = _planted(blueprint, state, blueprint.kinds[name], inside, children)
    return state


def _changed(
    blueprint: Blueprint, state: State, kind: Kind, path: TablePath, fields: Mapping[str, object]
) -> State:
    """The singleton came into being with its parent; the seed changes what it says."""
    item = state.table(path)[""]
    return put(state, path, "", Item(merged(blueprint, kind, item.fields, fields), item.tenant))

"""What stands before the first call: the resources that a description seeds, with their children.

They belong to the tenant that the seed names, or to the first principal's, as if that principal had
made them; what lies under one belongs to whom it belongs to.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from generator.api.behaviours import Seed
from generator.api.exchange import Principal
from generator.mock.blueprint import Blueprint, Kind
from generator.mock.calls import NOBODY
from generator.mock.items.changing import merged
from generator.mock.items.making import addressable, maker
from generator.mock.samples import generator
from generator.mock.state import Item, State, TablePath, put
from generator.mock.values import is_object


def seeded(blueprint: Blueprint, state: State) -> State:
    """The state with every declared seed in it, and with one of each kind that was inferred."""
    for kind in blueprint.kinds.values():
        if not kind.ancestors:
            seeds = kind.resource.seed or ([Seed()] if kind.resource.singleton else [])
            principal = state.principals[0] if state.principals else NOBODY
            state = _planted(blueprint, state, kind, (kind.name,), seeds, principal)
    for kind in sorted(blueprint.kinds.values(), key=lambda kind: len(kind.ancestors)):
        if kind.inferred:
            state = _sampled(blueprint, state, kind)
    return state


def _sampled(blueprint: Blueprint, state: State, kind: Kind) -> State:
    """One of a kind below each of its parents, so that there is something to read."""
    make = maker(blueprint, kind)
    principal = state.principals[0] if state.principals else NOBODY
    sample = blueprint.samples.shown(kind.schema, generator(state.seed, "seed", kind.name))
    fields = dict(sample) if is_object(sample) else {}
    if not addressable(blueprint, kind, fields.get(kind.resource.key)):
        fields.pop(kind.resource.key, None)
    for path in list(_places(state, kind)):
        state, _ = make(state, path, fields, principal)
    return state


def _places(state: State, kind: Kind) -> Iterator[TablePath]:
    if not kind.ancestors:
        yield (kind.name,)
    for path, table in state.tables.items():
        if kind.ancestors and path[0] == kind.ancestors[-1]:
            yield from ((kind.name, *path[1:], key) for key in table)


def _planted(
    blueprint: Blueprint,
    state: State,
    kind: Kind,
    path: TablePath,
    seeds: Sequence[Seed],
    principal: Principal,
) -> State:
    make = maker(blueprint, kind)
    for seed in seeds:
        owner = replace(principal, tenant=seed.tenant) if seed.tenant else principal
        if kind.resource.singleton and "" in state.table(path):
            state = _changed(blueprint, state, kind, path, seed.fields)
            key = ""
        else:
            state, key = make(state, path, seed.fields, owner)
        for name, children in seed.children.items():
            if name in blueprint.kinds:
                inside = (name, *path[1:], key)
                below = blueprint.kinds[name]
                state = _planted(blueprint, state, below, inside, children, owner)
    return state


def _changed(
    blueprint: Blueprint, state: State, kind: Kind, path: TablePath, fields: Mapping[str, object]
) -> State:
    """The singleton came into being with its parent; the seed changes what it says."""
    item = state.table(path)[""]
    return put(state, path, "", Item(merged(blueprint, kind, item.fields, fields), item.tenant))

"""What changes touch of the contract suite: laws by operation, and what to run first."""

from __future__ import annotations

from msgspec.structs import replace

from generator.api import Api
from generator.compose.load import Loaded
from generator.contract import LAWS
from generator.contract.kinds import Kinds
from generator.diff import Policy, changes, judge, touched_operations


def laws_of(*apis: Api) -> dict[str, frozenset[str]]:
    """The ids of the laws that are about an operation, by its name in any of the APIs."""
    found: dict[str, frozenset[str]] = {}
    for api in apis:
        kinds = Kinds(api)
        for law in LAWS:
            for operation in law.subjects(kinds):
                found[operation.name] = found.get(operation.name, frozenset()) | {law.id}
    return found


def changed(base: Api, revision: Api, policy: Policy) -> frozenset[str]:
    """The names of the revision's operations about which anything changed."""
    verdicts = judge(changes(base, revision), policy)
    names = frozenset[str]().union(*(touched_operations(each, revision) for each in verdicts))
    return names & {each.name for each in revision.operations}


def changed_first(loaded: Loaded, names: frozenset[str]) -> Loaded:
    """The description with these operations before all others, for a run that may end early."""
    assert loaded.api is not None
    operations = sorted(loaded.api.operations, key=lambda each: each.name not in names)
    return replace(loaded, api=replace(loaded.api, operations=tuple(operations)))

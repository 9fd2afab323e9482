"""Where a resource stands in the state: tables and keys from an operation's path parameters.

Compiled from what the operation declares. A path that names all ancestors leads straight to one
table; one that leaves some out (a flat path) is searched for in every table of its resource.
"""

from __future__ import annotations

from collections.abc import Callable

from generator.api.behaviours import ResourceUse
from generator.mock.blueprint import Kind
from generator.mock.calls import Call, Refused
from generator.mock.state import State, TablePath

Locator = Callable[[Call], tuple[TablePath, str]]
TableLocator = Callable[[Call], TablePath]


def locator(kind: Kind, use: ResourceUse) -> Locator:
    """From a call to the table and key of the resource that its path names; nothing is checked."""
    names = _names(use)
    table = table_locator(kind, use)
    own = names.get(kind.name)
    if own is None:
        return lambda call: (table(call), "")
    if not _flat(kind, names):
        return lambda call: (table(call), call.path.get(own, ""))
    return lambda call: _search(call.state, kind.name, call.path.get(own, ""))


def table_locator(kind: Kind, use: ResourceUse) -> TableLocator:
    """From a call to the table that its path names."""
    names = _names(use)
    ways = [names.get(each) for each in kind.ancestors]
    name = kind.name

    def find(call: Call) -> TablePath:
        return (name, *[call.path.get(way, "") if way else "" for way in ways])

    return find


def parents_checker(kind: Kind, use: ResourceUse) -> Callable[[Call], None]:
    """Refuses a call under a parent that does not exist."""
    names = _names(use)
    if _flat(kind, names) and kind.name in names:
        return lambda call: None
    ways = [(each, names.get(each)) for each in kind.ancestors]

    def check(call: Call) -> None:
        keys: list[str] = []
        for resource, way in ways:
            key = call.path.get(way, "") if way else ""
            if call.state.find((resource, *keys), key) is None:
                raise Refused("parent-not-found", way or resource, key)
            keys.append(key)

    return check


def _names(use: ResourceUse) -> dict[str, str]:
    """The path parameter of each resource."""
    return {resource: name for name, resource in use.parameters.items()}


def _flat(kind: Kind, names: dict[str, str]) -> bool:
    """Whether the path leaves an ancestor out."""
    return not all(each in names for each in kind.addressed)


def _search(state: State, resource: str, key: str) -> tuple[TablePath, str]:
    for path, table in state.tables.items():
        if path[0] == resource and key in table:
            return path, key
    return (resource,), key

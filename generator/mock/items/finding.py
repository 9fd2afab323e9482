"""The item that a call is about: by the keys in its path, or by an alternative key."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from generator.api.behaviours import ResourceUse
from generator.mock.blueprint import Kind
from generator.mock.calls import Call, Refused
from generator.mock.pointers import lookup, split
from generator.mock.reading.locate import locator, parents_checker
from generator.mock.state import Item, TablePath
from generator.mock.values import ABSENT

Found = tuple[TablePath, str, Item]
Finder = Callable[[Call], Found]
Seeker = Callable[[Call, TablePath], Found | None]


def finder(kind: Kind, use: ResourceUse) -> Finder:
    """The function that finds the item of a call, or refuses it as not found."""
    locate = locator(kind, use)
    check_parents = parents_checker(kind, use)
    own = own_parameter(use) or kind.name

    def find(call: Call) -> Found:
        path, key = locate(call)
        if use.by is not None:
            key = key_by(call, use, path) or ""
        item = call.state.find(path, key)
        if item is None:
            check_parents(call)
            asked = _asked(call, use) if use.by else key
            raise Refused("not-found", own, "" if asked is ABSENT else asked)
        return path, key, item

    return find


def seeker(kind: Kind, use: ResourceUse) -> Seeker:
    """The function that finds the item an upsert is about: by the key in its body, which must
    exist, by an alternative key, or by the key in its path."""
    tokens = split(use.key)
    own = own_parameter(use)

    def seek(call: Call, path: TablePath) -> Found | None:
        named = lookup(call.body, tokens) if use.key else ABSENT
        if named is not ABSENT and named is not None:
            item = call.state.find(path, str(named))
            if item is None:
                raise Refused("not-found", kind.resource.key, named)
            return path, str(named), item
        key = key_by(call, use, path) if use.by else call.path.get(own, "") if own else None
        item = call.state.find(path, key) if key is not None else None
        return (path, key, item) if key is not None and item is not None else None

    return seek


def own_parameter(use: ResourceUse) -> str | None:
    return next((name for name, owner in use.parameters.items() if owner == use.resource), None)


def key_by(call: Call, use: ResourceUse, path: TablePath) -> str | None:
    """The key of the item whose alternative key the call names."""
    asked = _asked(call, use)
    field = use.by.field if use.by is not None else ""
    for key, item in call.state.table(path).items():
        if asked is not ABSENT and item.fields.get(field) == asked:
            return key
    return None


def _asked(call: Call, use: ResourceUse) -> Any:
    by = use.by
    if by is None:
        return ABSENT
    if by.parameter:
        return call.query.get(by.parameter, call.path.get(by.parameter, ABSENT))
    return lookup(call.body, split(by.body))

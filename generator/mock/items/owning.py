"""Whom a thing belongs to after a write that names its owner.

In come the fields of a write, out comes the tenant of the user they name. A user is known who may
sign in, or who already owns something of the kind; others are refused.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from generator.mock.blueprint import Kind
from generator.mock.calls import Refused
from generator.mock.pointers import Tokens, lookup, split
from generator.mock.state import Fields, State, TablePath
from generator.mock.values import ABSENT

Tenant = Callable[[State, TablePath, Fields, Fields, str], str]
"""From a state, a table, the fields of a write, those before it and their tenant to the tenant."""


def tenant_finder(kind: Kind) -> Tenant:
    """The function that says to which tenant a thing belongs after a write."""
    pointers = [split(each) for each in kind.resource.owner]

    def find(state: State, path: TablePath, given: Fields, kept: Fields, tenant: str) -> str:
        for tokens in pointers:
            named = _named(given, tokens)
            if named is not None:
                same = named == _named(kept, tokens)
                return tenant if same else _tenant(state, path, tokens, named)
        return tenant

    return find


def _named(fields: Mapping[str, Any], tokens: Tokens) -> Any:
    value = lookup(fields, tokens)
    return None if value is ABSENT else value


def _tenant(state: State, path: TablePath, tokens: Tokens, named: Any) -> str:
    for principal in state.principals:
        if principal.user == named:
            return principal.tenant
    for item in state.table(path).values():
        if _named(item.fields, tokens) == named:
            return item.tenant
    raise Refused("unknown-owner", tokens[-1], named)

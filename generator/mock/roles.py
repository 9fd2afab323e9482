"""What operations do to resources: one compiler for each role.

Each takes a blueprint and an operation and gives the handler that its calls end in, after all
checks have passed: it steps the call's state and says what is answered. `ROLES` is the table.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from typing import Any

from generator.api.behaviours import Guard, ResourceUse
from generator.api.model import Operation
from generator.mock.admitting.access import permitter
from generator.mock.blueprint import Blueprint, Kind
from generator.mock.calls import Answer, Call, Guarded, Handler
from generator.mock.items.changing import merged, refuse_duplicate, renewed, sender, write
from generator.mock.items.finding import Found, finder, own_parameter, seeker
from generator.mock.items.listing import list_items
from generator.mock.items.making import maker
from generator.mock.items.owning import tenant_finder
from generator.mock.items.showing import shower
from generator.mock.reading.locate import parents_checker, table_locator
from generator.mock.state import Fields, TablePath, drop, passed


def create(blueprint: Blueprint, operation: Operation, kind: Kind, use: ResourceUse) -> Handler:
    """Makes an item and shows it."""
    table = table_locator(kind, use)
    check_parents = parents_checker(kind, use)
    sent = sender(blueprint, kind, use)
    make = _creator(blueprint, kind)
    show = shower(blueprint, operation, kind, use, "created")

    def handle(call: Call) -> Answer:
        check_parents(call)
        return Answer(show(call, make(call, table(call), sent(call))))

    return handle


def read(blueprint: Blueprint, operation: Operation, kind: Kind, use: ResourceUse) -> Handler:
    """Shows an item."""
    find = finder(kind, use)
    show = shower(blueprint, operation, kind, use, "")
    return lambda call: Answer(show(call, find(call)))


def update(blueprint: Blueprint, operation: Operation, kind: Kind, use: ResourceUse) -> Handler:
    """Changes the members that were sent; null clears, what was not sent stays."""
    find = finder(kind, use)
    sent = sender(blueprint, kind, use)
    show = shower(blueprint, operation, kind, use, "updated")

    def handle(call: Call) -> Answer:
        return Answer(show(call, _changed(blueprint, kind, call, find(call), sent(call))))

    return handle


def replace(blueprint: Blueprint, operation: Operation, kind: Kind, use: ResourceUse) -> Handler:
    """Puts what was sent in an item's place; what only the server writes stays."""
    find = finder(kind, use)
    sent = sender(blueprint, kind, use)
    show = shower(blueprint, operation, kind, use, "updated")

    def handle(call: Call) -> Answer:
        path, key, item = find(call)
        given = sent(call)
        refuse_duplicate(kind, call.state, path, given, key)
        fields = renewed(blueprint, kind, call, path, item.fields, given)
        return Answer(show(call, write(blueprint, kind, call, path, key, item, fields)))

    return handle


def upsert(blueprint: Blueprint, operation: Operation, kind: Kind, use: ResourceUse) -> Handler:
    """Changes the item that is there, or makes it: 201 says so where that is declared."""
    table = table_locator(kind, use)
    seek = seeker(kind, use)
    sent = sender(blueprint, kind, use)
    with_key = _with_key(kind, own_parameter(use))
    make = _creator(blueprint, kind)
    show_new = shower(blueprint, operation, kind, use, "created")
    show_old = shower(blueprint, operation, kind, use, "updated")
    permit = permitter(blueprint, operation)
    made = 201 if any(each.status == "201" for each in operation.responses) else 0
    check_parents = parents_checker(kind, use)

    def handle(call: Call) -> Answer:
        check_parents(call)
        path = table(call)
        given = sent(call)
        found = seek(call, path)
        if permit is not None:
            permit(call, found[2] if found is not None else None)
        if found is not None:
            return Answer(show_old(call, _changed(blueprint, kind, call, found, given)))
        return Answer(show_new(call, make(call, path, with_key(call, given))), made)

    return handle


def delete(blueprint: Blueprint, operation: Operation, kind: Kind, use: ResourceUse) -> Handler:
    """Takes an item away with all that lies under it; shows it where a body is declared."""
    find = finder(kind, use)
    show = shower(blueprint, operation, kind, use, "deleted")

    def handle(call: Call) -> Answer:
        path, key, item = find(call)
        shown = show(call, (path, key, item))
        call.state = drop(passed(call.state), path, key, kind.below)
        return Answer(shown)

    return handle


def act(blueprint: Blueprint, operation: Operation, kind: Kind, use: ResourceUse) -> Handler:
    """Finds an item and shows it as it is: what an action does to it is not declared."""
    return read(blueprint, operation, kind, use)


Compile = Callable[[Blueprint, Operation, Kind, ResourceUse], Handler]

ROLES: dict[str, Compile] = {
    "create": create,
    "list": list_items,
    "read": read,
    "update": update,
    "replace": replace,
    "delete": delete,
    "upsert": upsert,
    "act": act,
}
"""The compiler of each role."""


def guarded(blueprint: Blueprint, operation: Operation, handler: Handler) -> Handler:
    """The handler behind what is asked of its item: whose it is, and the operation's guards."""
    use = operation.behaviours.resource
    guards = operation.behaviours.guards
    kind = blueprint.kinds.get(use.resource) if use is not None else None
    if use is None or kind is None:
        return handler
    permit = permitter(blueprint, operation) if use.role != "upsert" else None
    if not guards and permit is None:
        return handler
    find = finder(kind, use) if use.role not in ("create", "list") else None

    def handle(call: Call) -> Answer:
        found = find(call) if find is not None else None
        if permit is not None:
            permit(call, found[2] if found is not None else None)
        if found is not None:
            _refuse_guarded(call, found, guards)
        return handler(call)

    return handle


def _refuse_guarded(call: Call, found: Found, guards: Sequence[Guard]) -> None:
    path, key, _ = found
    for guard in guards:
        if call.state.table((guard.has, *path[1:], key)):
            raise Guarded(guard)


def _creator(blueprint: Blueprint, kind: Kind) -> Callable[[Call, TablePath, Fields], Found]:
    """The function that makes an item of what was sent, and puts it into the call's state."""
    make = maker(blueprint, kind)
    find_tenant = tenant_finder(kind)

    def create(call: Call, path: TablePath, given: Fields) -> Found:
        refuse_duplicate(kind, call.state, path, given, None)
        caller = call.principal
        tenant = find_tenant(call.state, path, given, {}, caller.tenant)
        call.state, key = make(call.state, path, given, dataclasses.replace(caller, tenant=tenant))
        return path, key, call.state.table(path)[key]

    return create


def _changed(
    blueprint: Blueprint, kind: Kind, call: Call, found: Found, given: dict[str, Any]
) -> Found:
    """The item after the members that were sent are changed."""
    path, key, item = found
    refuse_duplicate(kind, call.state, path, given, key)
    fields = merged(blueprint, kind, item.fields, given)
    return write(blueprint, kind, call, path, key, item, fields)


def _with_key(kind: Kind, own: str | None) -> Callable[[Call, dict[str, Any]], dict[str, Any]]:
    """Adds the key that the path names to the fields of an item that is made there."""
    if own is None or not kind.resource.key:
        return lambda call, given: given
    return lambda call, given: {kind.resource.key: call.path.get(own, ""), **given}

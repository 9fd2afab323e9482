"""What operations do to resources: one compiler for each role.

Each takes a blueprint and an operation and gives the handler that its calls end in, after all
checks have passed: it steps the call's state and says what is answered. `ROLES` is the table.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from generator.api.behaviours import ResourceUse
from generator.api.model import Operation
from generator.mock.blueprint import Blueprint, Kind
from generator.mock.calls import Answer, Call, Guarded, Handler
from generator.mock.changing import merged, refuse_duplicate, renewed, sent_fields, write
from generator.mock.finding import Found, finder, key_by, own_parameter
from generator.mock.frames import answer_schema, echo, frame, item_schema
from generator.mock.listing import list_items
from generator.mock.locate import parents_checker, table_locator
from generator.mock.making import maker
from generator.mock.pointers import split
from generator.mock.state import drop, passed
from generator.mock.values import ABSENT
from generator.mock.views import view

Show = Callable[[Call, Found], Any]


def create(blueprint: Blueprint, operation: Operation, kind: Kind, use: ResourceUse) -> Handler:
    """Makes an item and shows it."""
    table = table_locator(kind, use)
    check_parents = parents_checker(kind, use)
    make = maker(blueprint, kind)
    show = _show(blueprint, operation, kind, use)

    def handle(call: Call) -> Answer:
        check_parents(call)
        path = table(call)
        given = sent_fields(call, use)
        refuse_duplicate(kind, call.state, path, given, None)
        call.state, key = make(call.state, path, given, call.principal)
        return Answer(show(call, (path, key, call.state.table(path)[key])))

    return handle


def read(blueprint: Blueprint, operation: Operation, kind: Kind, use: ResourceUse) -> Handler:
    """Shows an item."""
    find = finder(kind, use)
    show = _show(blueprint, operation, kind, use)
    return lambda call: Answer(show(call, find(call)))


def update(blueprint: Blueprint, operation: Operation, kind: Kind, use: ResourceUse) -> Handler:
    """Changes the members that were sent; null clears, what was not sent stays."""
    find = finder(kind, use)
    show = _show(blueprint, operation, kind, use)

    def handle(call: Call) -> Answer:
        path, key, item = find(call)
        given = sent_fields(call, use)
        refuse_duplicate(kind, call.state, path, given, key)
        fields = merged(blueprint, kind, item.fields, given)
        return Answer(show(call, write(blueprint, kind, call, path, key, item, fields)))

    return handle


def replace(blueprint: Blueprint, operation: Operation, kind: Kind, use: ResourceUse) -> Handler:
    """Puts what was sent in an item's place; what only the server writes stays."""
    find = finder(kind, use)
    show = _show(blueprint, operation, kind, use)

    def handle(call: Call) -> Answer:
        path, key, item = find(call)
        given = sent_fields(call, use)
        refuse_duplicate(kind, call.state, path, given, key)
        fields = renewed(blueprint, kind, call, path, item.fields, given)
        return Answer(show(call, write(blueprint, kind, call, path, key, item, fields)))

    return handle


def upsert(blueprint: Blueprint, operation: Operation, kind: Kind, use: ResourceUse) -> Handler:
    """Changes the item that is there, or makes it: 201 says so where that is declared."""
    table = table_locator(kind, use)
    change = update(blueprint, operation, kind, use)
    own = own_parameter(use)
    with_key = _with_key(kind, own)
    make = maker(blueprint, kind)
    show = _show(blueprint, operation, kind, use)
    made = 201 if any(each.status == "201" for each in operation.responses) else 0
    check_parents = parents_checker(kind, use)

    def handle(call: Call) -> Answer:
        check_parents(call)
        path = table(call)
        if own is not None or use.by is not None:
            found = key_by(call, use, path) if use.by else call.path.get(own or "", "")
            if found is not None and found in call.state.table(path):
                return change(call)
        given = with_key(call, sent_fields(call, use))
        refuse_duplicate(kind, call.state, path, given, None)
        call.state, key = make(call.state, path, given, call.principal)
        return Answer(show(call, (path, key, call.state.table(path)[key])), made)

    return handle


def delete(blueprint: Blueprint, operation: Operation, kind: Kind, use: ResourceUse) -> Handler:
    """Takes an item away with all that lies under it; shows it where a body is declared."""
    find = finder(kind, use)
    show = _show(blueprint, operation, kind, use) if answer_schema(operation) else None

    def handle(call: Call) -> Answer:
        path, key, item = find(call)
        shown = show(call, (path, key, item)) if show is not None else ABSENT
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
    """The handler behind the guards that its operation declares."""
    use = operation.behaviours.resource
    guards = operation.behaviours.guards
    kind = blueprint.kinds.get(use.resource) if use is not None else None
    if use is None or kind is None or not guards:
        return handler
    find = finder(kind, use)

    def handle(call: Call) -> Answer:
        path, key, _ = find(call)
        for guard in guards:
            if call.state.table((guard.has, *path[1:], key)):
                raise Guarded(guard)
        return handler(call)

    return handle


def _show(blueprint: Blueprint, operation: Operation, kind: Kind, use: ResourceUse) -> Show:
    """The function that shows one item as the operation's answer."""
    tokens = split(use.item)
    schema = answer_schema(operation)
    if schema is None:
        return lambda call, found: ABSENT
    one = view(blueprint, kind, item_schema(blueprint, schema, tokens))
    put_in = frame(blueprint, schema, tokens)
    give = echo(blueprint, schema, use.echo) if use.echo else None

    def show(call: Call, found: Found) -> Any:
        path, key, item = found
        body = put_in(one(call, item.fields, (*path[1:], key), False))
        if give is not None:
            give(call, body)
        return body

    return show


def _with_key(kind: Kind, own: str | None) -> Callable[[Call, dict[str, Any]], dict[str, Any]]:
    """Adds the key that the path names to the fields of an item that is made there."""
    if own is None or not kind.resource.key:
        return lambda call, given: given
    return lambda call, given: {kind.resource.key: call.path.get(own, ""), **given}

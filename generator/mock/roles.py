"""What operations do to resources: one compiler for each role.

Each takes a blueprint and an operation and gives the handler that its calls end in, after all
checks have passed: it steps the call's state and says what is answered. `ROLES` is the table.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from generator.api import walk
from generator.api.behaviours import ResourceUse
from generator.api.model import Operation
from generator.mock.blueprint import Blueprint, Kind
from generator.mock.calls import Answer, Call, Guarded, Handler, Refused
from generator.mock.filters import keeper
from generator.mock.frames import answer_schema, echo, frame, item_schema
from generator.mock.links import Keys
from generator.mock.locate import locator, parents_checker, table_locator
from generator.mock.making import complete, maker, touched
from generator.mock.pages import Cut, cutter, link_field, members
from generator.mock.pointers import lookup, place, split
from generator.mock.samples import ABSENT
from generator.mock.state import Fields, Item, State, TablePath, drop, passed, put
from generator.mock.views import view

Found = tuple[TablePath, str, Item]
Finder = Callable[[Call], Found]
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
    own = _own_parameter(use)
    with_key = _with_key(kind, own)
    make = maker(blueprint, kind)
    show = _show(blueprint, operation, kind, use)
    made = 201 if any(each.status == "201" for each in operation.responses) else 0
    check_parents = parents_checker(kind, use)

    def handle(call: Call) -> Answer:
        check_parents(call)
        path = table(call)
        if own is not None or use.by is not None:
            found = _by(call, use, path) if use.by else call.path.get(own or "", "")
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


def list_items(blueprint: Blueprint, operation: Operation, kind: Kind, use: ResourceUse) -> Handler:
    """Shows the items of a table that the caller may see and the query keeps, a page of them."""
    collect = _collector(blueprint, operation, kind, use)
    pagination = operation.behaviours.pagination
    tokens = split(pagination.items if pagination else use.item)
    schema = answer_schema(operation)
    show = view(blueprint, kind, item_schema(blueprint, schema, tokens))
    put_in = frame(blueprint, schema, tokens)
    cut: Cut | None = cutter(blueprint, operation, pagination) if pagination else None
    tell = members(blueprint, pagination) if pagination else None

    def handle(call: Call) -> Answer:
        found = collect(call)
        if cut is None or tell is None or pagination is None:
            return Answer(put_in([show(call, item.fields, keys, True) for keys, item in found]))
        page = cut(call, len(found))
        part = found[page.first : page.last]
        body = put_in([show(call, item.fields, keys, True) for keys, item in part])
        for at, value in tell(call, len(found), page):
            place(body, at, value)
        return Answer(body, headers=link_field(blueprint, call, pagination, page))

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


def finder(kind: Kind, use: ResourceUse) -> Finder:
    """The function that finds the item of a call, or refuses it as not found."""
    locate = locator(kind, use)
    check_parents = parents_checker(kind, use)
    own = _own_parameter(use) or kind.name

    def find(call: Call) -> Found:
        path, key = locate(call)
        if use.by is not None:
            key = _by(call, use, path) or ""
        item = call.state.find(path, key)
        if item is None:
            check_parents(call)
            raise Refused("not-found", own, _asked(call, use) if use.by else key)
        return path, key, item

    return find


def sent_fields(call: Call, use: ResourceUse) -> dict[str, Any]:
    """The resource's fields in the request body."""
    value = lookup(call.body, split(use.request))
    fields = cast("dict[str, Any]", value) if isinstance(value, dict) else {}
    return {name: member for name, member in fields.items() if name not in use.echo}


def merged(blueprint: Blueprint, kind: Kind, kept: Fields, given: Fields) -> dict[str, Any]:
    """The kept fields with the given ones; null takes a field away that cannot be null."""
    properties = walk.properties(blueprint.api, kind.schema)
    fields = {**kept, **given}
    for name, value in given.items():
        where = properties.get(name)
        if value is None and (where is None or not blueprint.samples.fits(where, None)):
            del fields[name]
    return fields


def renewed(
    blueprint: Blueprint, kind: Kind, call: Call, path: TablePath, kept: Fields, given: Fields
) -> dict[str, Any]:
    """The given fields with what only the server writes of the kept ones."""
    properties = walk.properties(blueprint.api, kind.schema)
    server = {
        name: value
        for name, value in kept.items()
        if name in kind.resource.fields
        or name == kind.resource.key
        or (name in properties and blueprint.api.schemas[properties[name]].read_only)
    }
    return complete(blueprint, kind, call.state, path, {**server, **given}, call.principal)


def write(
    blueprint: Blueprint,
    kind: Kind,
    call: Call,
    path: TablePath,
    key: str,
    item: Item,
    fields: dict[str, Any],
) -> Found:
    """Put changed fields into the call's state; the key does not change."""
    call.state = passed(call.state)
    if kind.resource.key in item.fields:
        fields[kind.resource.key] = item.fields[kind.resource.key]
    changed = Item(touched(blueprint, kind, call.state, fields), item.tenant)
    call.state = put(call.state, path, key, changed)
    return path, key, changed


def refuse_duplicate(
    kind: Kind, state: State, path: TablePath, given: Fields, key: str | None
) -> None:
    """Refuse a key that is taken, and a field's value that another item has and none may share."""
    table = state.table(path)
    chosen = given.get(kind.resource.key)
    if key is None and chosen is not None and str(chosen) in table:
        raise Refused("duplicate", kind.resource.key, chosen)
    for name in kind.resource.unique:
        for other, item in table.items():
            if other != key and name in given and item.fields.get(name) == given[name]:
                raise Refused("duplicate", name, given[name])


def ordered(kind: Kind, found: list[tuple[Keys, Item]]) -> list[tuple[Keys, Item]]:
    """The items in the declared order, or in that of their creation."""
    for name in reversed(kind.resource.order):
        field = name.lstrip("-")
        found = sorted(
            found,
            key=lambda pair: _rank(pair[1].fields.get(field)),
            reverse=name.startswith("-"),
        )
    return found


def _rank(value: Any) -> tuple[int, Any]:
    """Numbers before texts before the rest, so that any two values compare."""
    if isinstance(value, int | float):
        return 0, value
    return (1, value) if isinstance(value, str) else (2, "")


def _collector(
    blueprint: Blueprint, operation: Operation, kind: Kind, use: ResourceUse
) -> Callable[[Call], list[tuple[Keys, Item]]]:
    """The function that gives all items of a list with their keys, before it is cut."""
    table = table_locator(kind, use)
    check_parents = parents_checker(kind, use)
    keep = keeper(operation)
    owned = kind.name in blueprint.owned

    def collect(call: Call) -> list[tuple[Keys, Item]]:
        check_parents(call)
        path = table(call)
        above = path[1:]
        found: list[tuple[Keys, Item]] = [
            ((*above, key), item)
            for key, item in call.state.table(path).items()
            if (not owned or _visible(call, item)) and (keep is None or keep(call, item.fields))
        ]
        return ordered(kind, found)

    return collect


def _visible(call: Call, item: Item) -> bool:
    return call.state.open or item.tenant == call.principal.tenant


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


def _own_parameter(use: ResourceUse) -> str | None:
    return next((name for name, owner in use.parameters.items() if owner == use.resource), None)


def _with_key(kind: Kind, own: str | None) -> Callable[[Call, dict[str, Any]], dict[str, Any]]:
    """Adds the key that the path names to the fields of an item that is made there."""
    if own is None or not kind.resource.key:
        return lambda call, given: given
    return lambda call, given: {kind.resource.key: call.path.get(own, ""), **given}


def _asked(call: Call, use: ResourceUse) -> Any:
    by = use.by
    if by is None:
        return ABSENT
    if by.parameter:
        return call.query.get(by.parameter, call.path.get(by.parameter, ABSENT))
    return lookup(call.body, split(by.body))


def _by(call: Call, use: ResourceUse, path: TablePath) -> str | None:
    """The key of the item whose alternative key the call names."""
    asked = _asked(call, use)
    field = use.by.field if use.by is not None else ""
    for key, item in call.state.table(path).items():
        if asked is not ABSENT and item.fields.get(field) == asked:
            return key
    return None

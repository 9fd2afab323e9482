"""Lists: which items a caller sees and a query keeps, in which order, and one page of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from generator.api.behaviours import ResourceUse, Visibility
from generator.api.model import Operation
from generator.mock.admitting.access import role_finder
from generator.mock.answering.frames import answer_schema, frame, item_schema
from generator.mock.blueprint import Blueprint, Kind
from generator.mock.calls import Answer, Call, Handler
from generator.mock.items.filters import keeper
from generator.mock.items.links import Keys
from generator.mock.items.pages import cutter, link_field, members
from generator.mock.items.views import view
from generator.mock.pointers import place, split
from generator.mock.reading.locate import parents_checker, table_locator
from generator.mock.state import Item

Listed = tuple[Keys, Item]
Sees = Callable[[Call, Item], bool]


def list_items(blueprint: Blueprint, operation: Operation, kind: Kind, use: ResourceUse) -> Handler:
    """Shows the items of a table that the caller may see and the query keeps, a page of them."""
    collect = _collector(blueprint, operation, kind, use)
    pagination = operation.behaviours.pagination
    tokens = split(pagination.items if pagination else use.item)
    schema = answer_schema(operation)
    show = view(blueprint, kind, item_schema(blueprint, schema, tokens))
    put_in = frame(blueprint, schema, tokens)
    cut = cutter(blueprint, operation, pagination) if pagination else None
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


def _collector(
    blueprint: Blueprint, operation: Operation, kind: Kind, use: ResourceUse
) -> Callable[[Call], list[Listed]]:
    """The function that gives all items of a list with their keys, before it is cut."""
    table = table_locator(kind, use)
    check_parents = parents_checker(kind, use)
    keep = keeper(operation)
    sees = viewer(blueprint, operation, kind)

    def collect(call: Call) -> list[Listed]:
        check_parents(call)
        path = table(call)
        above = path[1:]
        found: list[Listed] = [
            ((*above, key), item)
            for key, item in call.state.table(path).items()
            if (sees is None or sees(call, item)) and (keep is None or keep(call, item.fields))
        ]
        return ordered(kind, found)

    return collect


def ordered(kind: Kind, found: list[Listed]) -> list[Listed]:
    """The items in the declared order, or in that of their creation."""
    for name in reversed(kind.resource.order):
        field = name.lstrip("-")
        found = sorted(
            found,
            key=lambda pair: _rank(pair[1].fields.get(field)),
            reverse=name.startswith("-"),
        )
    return found


def viewer(blueprint: Blueprint, operation: Operation, kind: Kind) -> Sees | None:
    """The function that says whether the caller sees an item; None where everybody sees all."""
    declared = operation.behaviours.visibility
    if declared is not None:
        return _declared_viewer(blueprint, declared)
    return _visible if kind.name in blueprint.owned else None


def _visible(call: Call, item: Item) -> bool:
    return call.state.open or item.tenant == call.principal.tenant


def _declared_viewer(blueprint: Blueprint, declared: Visibility) -> Sees:
    roles_of = role_finder(blueprint)
    public = declared.public.items()

    def sees(call: Call, item: Item) -> bool:
        if _visible(call, item) or not roles_of(call.principal).isdisjoint(declared.see_all):
            return True
        if call.query.get(declared.own_only) is True or not public:
            return False
        return all(item.fields.get(name) == value for name, value in public)

    return sees


def _rank(value: Any) -> tuple[int, Any]:
    """Numbers before texts before the rest, so that any two values compare."""
    if isinstance(value, int | float):
        return 0, value
    return (1, value) if isinstance(value, str) else (2, "")

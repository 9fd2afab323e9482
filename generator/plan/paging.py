"""Pagination: the runtime's declaration of how a list is cut, and the type of its items.

In: an operation with its declared pagination. Out: a fact to state, or nothing where the answer is
whole or its items cannot be found in its schema.
"""

from __future__ import annotations

from generator.api import Api, Operation
from generator.api.behaviours import Pagination
from generator.api.walk import at, keyword
from generator.diagnostics.where import split
from generator.plan.answers import Answers
from generator.plan.classes import Classes
from generator.plan.code import Call, given
from generator.plan.shapes import Array
from generator.plan.types import ANY, Type


def plan_page(
    api: Api, classes: Classes, operation: Operation, answers: Answers
) -> tuple[Call, Type] | None:
    """How pages are asked for and what they hold; None for an operation that answers whole."""
    declared = operation.behaviours.pagination
    if declared is None or declared.style == "single":
        return None
    item = _item(api, classes, declared, answers)
    return None if item is None else (_declaration(api, operation, declared), item)


def _item(api: Api, classes: Classes, declared: Pagination, answers: Answers) -> Type | None:
    place = next((answer.where for answer in answers.success if answer.where), None)
    items = None if place is None else at(api, place, split(declared.items))
    if items is None:
        return None
    shape = classes.shapes[items]
    if not isinstance(shape, Array):
        return None
    return ANY if shape.item is None else classes.type(shape.item, "read")


def _declaration(api: Api, operation: Operation, declared: Pagination) -> Call:
    where = given(items=declared.items, total=declared.total)
    if declared.style == "cursor":
        asked = given(cursor=declared.cursor, next=declared.next)
        return Call("Cursor", keywords={**asked, **where})
    if declared.style == "link":
        return Call("LinkNext", keywords=where | given(next=declared.next, links=declared.links))
    size = _size(api, operation, declared.size)
    links = given(links=declared.links)
    if declared.style == "offset":
        asked = given(offset=declared.offset, limit=declared.size)
        return Call("Offset", keywords={**asked, **where, **links, **_as_limit(size)})
    start = {} if declared.start == 1 else {"start": declared.start}
    asked = given(page=declared.page, size=declared.size)
    return Call("PageNumber", keywords={**asked, **where, **links, **start, **size})


def _size(api: Api, operation: Operation, name: str) -> dict[str, int]:
    """Default and maximum of the parameter that says how long a page is."""
    place = next((each.schema for each in operation.parameters if each.name == name), None)
    if place is None:
        return {}
    found = {
        "default_size": keyword(api, place, "default"),
        "maximum": keyword(api, place, "maximum"),
    }
    return {key: value for key, value in found.items() if isinstance(value, int)}


def _as_limit(size: dict[str, int]) -> dict[str, int]:
    return {key.replace("default_size", "default_limit"): value for key, value in size.items()}

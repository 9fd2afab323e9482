"""Pagination: the runtime's declaration of how a list is cut, and the type of its items.

In: an operation with its declared pagination. Out: a fact to state and the items of each media
type, or nothing where all answers are whole or their items cannot be found in their schemas.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from generator.api import Api, Operation
from generator.api.behaviours import Pagination
from generator.api.walk import at, keyword
from generator.diagnostics.where import split
from generator.plan.answers import Answer, Answers
from generator.plan.classes import Classes
from generator.plan.code import Call, given
from generator.plan.shape import Array
from generator.plan.types import ANY, Type, union
from generator.wire import is_json


class Pages(Struct, frozen=True):
    """How pages are asked for, and one item of those of each media type that has pages."""

    declaration: Call
    items: Mapping[str, Type]

    def item(self, media_type: str = "") -> Type | None:
        """What a page of a media type, or of any, holds; None where there are no pages."""
        return self.items.get(media_type) if media_type else union(*self.items.values())


def plan_pages(api: Api, classes: Classes, operation: Operation, answers: Answers) -> Pages | None:
    """How pages are asked for and what they hold; None for an operation that answers whole."""
    declared = operation.behaviours.pagination
    if declared is None or declared.style == "single":
        return None
    items: dict[str, Type] = {}
    for answer in answers.success:
        item = _item(api, classes, declared, answer)
        if item is not None:
            before = [items[answer.media_type]] if answer.media_type in items else []
            items[answer.media_type] = union(*before, item)
    return Pages(_declaration(api, operation, declared), items) if items else None


def _item(api: Api, classes: Classes, declared: Pagination, answer: Answer) -> Type | None:
    if answer.where is None or not is_json(answer.media_type):
        return None
    items = at(api, answer.where, split(declared.items))
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

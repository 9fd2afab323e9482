"""Lists cut into pages, in the style that the description declares.

Compiled for an operation: from all items and the query to the items of one page, with what the
body or the Link field says of the others.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from generator.api import walk
from generator.api.behaviours import Pagination
from generator.api.exchange import Headers
from generator.api.model import Operation
from generator.mock.blueprint import Blueprint
from generator.mock.calls import Call, Refused
from generator.mock.items.links import origin
from generator.mock.pointers import Tokens, split
from generator.wire import Link, format_links

_SIZE = 100


@dataclass(frozen=True, slots=True)
class Page:
    """The part of a list that an answer shows: where it begins and ends, and its neighbours."""

    first: int
    last: int
    previous: str | None = None
    next: str | None = None


Cut = Callable[[Call, int], Page]
"""From a call and the number of all items to the page that it asks for."""


def cutter(blueprint: Blueprint, operation: Operation, pagination: Pagination) -> Cut:
    """The function that cuts lists of an operation."""
    size = _default(blueprint, operation, pagination.size, _SIZE)
    if pagination.style == "single":
        return lambda call, total: Page(0, total)
    if pagination.cursor:
        return lambda call, total: _by_cursor(call, total, pagination, size)
    if pagination.offset:
        return lambda call, total: _by_offset(call, total, pagination, size)
    if pagination.page:
        start = _default(blueprint, operation, pagination.page, pagination.start)
        return lambda call, total: _by_number(call, total, pagination, size, start)
    return lambda call, total: Page(0, total)


def members(
    blueprint: Blueprint, pagination: Pagination
) -> Callable[[Call, int, Page], list[tuple[Tokens, Any]]]:
    """The function that says what a body tells of its page: total, next and links."""
    total_at = split(pagination.total) if pagination.total else ()
    next_at = split(pagination.next) if pagination.next else ()
    links_at = split(pagination.links) if pagination.links else ()

    def tell(call: Call, total: int, page: Page) -> list[tuple[Tokens, Any]]:
        told: list[tuple[Tokens, Any]] = []
        if total_at and call.query.get(pagination.count, True) is not False:
            told.append((total_at, total))
        if next_at and page.next is not None:
            token = (
                page.next if pagination.cursor else _address(blueprint, call, pagination, page.next)
            )
            told.append((next_at, token))
        if links_at:
            links = _links(blueprint, call, pagination, page)
            told.append(
                (links_at, [{"href": each.target, "rel": each.relations[0]} for each in links])
            )
        return told

    return tell


def link_field(blueprint: Blueprint, call: Call, pagination: Pagination, page: Page) -> Headers:
    """The Link field of an answer, where the style is that (RFC 8288)."""
    if pagination.style != "link":
        return ()
    links = _links(blueprint, call, pagination, page)
    return (("link", format_links(links)),)


def _by_number(call: Call, total: int, pagination: Pagination, size: int, start: int) -> Page:
    size = _asked(call, pagination.size, size)
    number = max(_asked(call, pagination.page, start), pagination.start)
    first = (number - pagination.start) * size
    last = first + size
    return Page(
        min(first, total),
        min(last, total),
        str(number - 1) if number > pagination.start else None,
        str(number + 1) if last < total else None,
    )


def _by_offset(call: Call, total: int, pagination: Pagination, size: int) -> Page:
    # A size of nothing or less asks for all that is left.
    size = _asked(call, pagination.size, size)
    first = min(max(_asked(call, pagination.offset, 0), 0), total)
    last = min(first + size, total) if size > 0 else total
    return Page(
        first,
        last,
        str(max(first - size, 0)) if first > 0 and size > 0 else None,
        str(last) if last < total else None,
    )


def _by_cursor(call: Call, total: int, pagination: Pagination, size: int) -> Page:
    size = _asked(call, pagination.size, size)
    token = call.query.get(pagination.cursor)
    first = min(_position(pagination, token) if token else 0, total)
    last = min(first + max(size, 1), total)
    previous = _token(max(first - max(size, 1), 0)) if first > 0 else None
    return Page(first, last, previous, _token(last) if last < total else None)


def _token(position: int) -> str:
    return base64.urlsafe_b64encode(f"from:{position}".encode()).decode("ascii").rstrip("=")


def _position(pagination: Pagination, token: Any) -> int:
    text = str(token)
    try:
        padded = text + "=" * (-len(text) % 4)
        name, _, position = base64.urlsafe_b64decode(padded.encode()).decode().partition(":")
        if name == "from" and len(position) < 20:
            return max(int(position), 0)
    except (binascii.Error, ValueError):
        pass
    raise Refused("invalid-query", pagination.cursor, text, "it is no cursor of this list")


def _asked(call: Call, name: str, default: int) -> int:
    value = call.query.get(name, default) if name else default
    return value if isinstance(value, int) else default


def _default(blueprint: Blueprint, operation: Operation, name: str, default: int) -> int:
    for parameter in operation.parameters:
        if parameter.name == name and parameter.schema is not None:
            value = walk.keyword(blueprint.api, parameter.schema, "default")
            return value if isinstance(value, int) else default
    return default


def _links(blueprint: Blueprint, call: Call, pagination: Pagination, page: Page) -> Sequence[Link]:
    start = origin(blueprint, call)
    found = [Link(start + call.target, ("self",))]
    if page.previous is not None:
        target = _address(blueprint, call, pagination, page.previous)
        found.insert(0, Link(target, ("previous",)))
    if page.next is not None:
        found.append(Link(_address(blueprint, call, pagination, page.next), ("next",)))
    return found


def _address(blueprint: Blueprint, call: Call, pagination: Pagination, value: str) -> str:
    """The address of another page: this one's with the page parameter replaced."""
    path, _, query = call.target.partition("?")
    name = pagination.cursor or pagination.offset or pagination.page
    kept = [pair for pair in query.split("&") if pair and pair.partition("=")[0] != name]
    return f"{origin(blueprint, call)}{path}?{'&'.join([*kept, f'{name}={value}'])}"

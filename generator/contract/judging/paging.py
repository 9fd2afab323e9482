"""Lists read to their end, page by page, whatever style their pages have.

In comes a way to call the list with query values, out come pages. The number of pages is bounded: a
list that never ends is told by `Page.more` on the last page read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from generator.api import walk
from generator.api.behaviours import Pagination
from generator.api.model import Api, Operation, Parameter
from generator.contract.judging.answer import Answer
from generator.contract.pointer import MISSING, items, mapping
from generator.wire import link_target

MOST_PAGES = 200
Fetch = Callable[[Mapping[str, object]], Answer]


@dataclass(frozen=True)
class Page:
    """One page: its answer, its items, and whether it says that another follows."""

    answer: Answer
    items: tuple[object, ...]
    more: bool


def pages(operation: Operation, fetch: Fetch, size: int | None = None) -> Iterator[Page]:
    """Every page from the first on, up to a failed one or the one that says that it is the last."""
    paging = operation.behaviours.pagination
    query: dict[str, object] = {paging.size: size} if paging and paging.size and size else {}
    for _ in range(MOST_PAGES):
        answer = fetch(query)
        page = _page(answer, paging)
        yield page
        if paging is None or not answer.success or not page.more:
            return
        query = _following(paging, query, page)


def total_of(page: Page, operation: Operation) -> object:
    """The total that a page tells; MISSING where it tells none."""
    paging = operation.behaviours.pagination
    if paging is None or paging.total is None:
        return MISSING
    return page.answer.at(paging.total)


def next_of(answer: Answer, paging: Pagination) -> str | None:
    """What the answer gives to reach the next page: a cursor or an address."""
    if paging.style == "link":
        return link_target(answer.call.response.header("Link"), "next")
    if paging.next is not None:
        found = answer.at(paging.next)
        return str(found) if found not in (MISSING, None, "") else None
    if paging.links is not None:
        links = [mapping(each) for each in items(answer.at(paging.links))]
        return next((str(each.get("href")) for each in links if each.get("rel") == "next"), None)
    return None


def size_parameter(operation: Operation) -> Parameter | None:
    """The parameter that sets the size of a page."""
    paging = operation.behaviours.pagination
    if paging is None or not paging.size:
        return None
    return next((each for each in operation.parameters if each.name == paging.size), None)


def size_bound(api: Api, operation: Operation, keyword: str) -> int | None:
    """What the description says of the size of a page: its default, its maximum."""
    parameter = size_parameter(operation)
    if parameter is None or parameter.schema is None:
        return None
    value = walk.keyword(api, parameter.schema, keyword)
    return value if isinstance(value, int) else None


def tells_next(paging: Pagination) -> bool:
    """Whether the answers themselves say that another page follows."""
    return paging.style in ("cursor", "link") or bool(paging.next or paging.links)


def _page(answer: Answer, paging: Pagination | None) -> Page:
    use = answer.operation.behaviours.resource
    pointer = paging.items if paging else use.item if use else ""
    found = tuple(items(answer.at(pointer)))
    if paging is None or paging.style == "single":
        return Page(answer, found, more=False)
    more = next_of(answer, paging) is not None if tells_next(paging) else bool(found)
    return Page(answer, found, more)


def _following(paging: Pagination, query: dict[str, object], page: Page) -> dict[str, object]:
    if paging.style == "page-number":
        return {**query, paging.page: _number(query.get(paging.page), paging.start) + 1}
    if paging.style == "offset":
        return {**query, paging.offset: _number(query.get(paging.offset), 0) + len(page.items)}
    following = next_of(page.answer, paging) or ""
    if paging.style == "cursor" and "?" not in following:
        return {**query, paging.cursor: following}
    return dict(parse_qsl(urlsplit(following).query, keep_blank_values=True))


def _number(value: object, otherwise: int) -> int:
    return value if isinstance(value, int) else otherwise

"""How a list is cut into pages, inferred where nothing is declared.

In come a list operation and where its answer has the items, out comes a pagination, or None. It
takes two parameters whose names are in use for this, one for the size and one for the place; what
the answer tells beside its items is read off its schema. A size alone cuts nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import msgspec

import generator.api.walk as walk
from generator.api.behaviours import Pagination
from generator.api.model import Api, Operation, Parameter
from generator.diagnostics import Where
from generator.diagnostics.where import escape

_PLAIN = re.compile(r"[^a-z0-9]")

_SIZES = frozenset(
    "itemsperpage limit maxitems maxresults pagelimit pagesize perpage resultsperpage size".split()
)
_PAGES = frozenset("currentpage page pageindex pageno pagenum pagenumber".split())
_OFFSETS = frozenset("offset pageoffset skip".split())
_CURSORS = frozenset(
    "after continuation continuationtoken cursor marker nexttoken pagecursor pagetoken"
    " startingafter".split()
)
_COUNTS = frozenset("includecount includetotal withcount withtotal".split())
_TOTALS = frozenset("total totalcount totalelements totalentries totalitems totalresults".split())
_NEXTS = frozenset("continuationtoken next nextcursor nextlink nextpagetoken nexttoken".split())


def pages(api: Api, listing: Operation, answer: Where, items: str) -> Pagination | None:
    """The pagination of a list whose answer has this schema, with the items at this pointer."""
    size = _parameter(api, listing, _SIZES, "integer")
    style, place = _place(api, listing)
    if size is None or place is None:
        return None
    told = list(_told(api, answer))
    next_at = next((at for at, name, kinds in told if name in _NEXTS and "string" in kinds), None)
    link = not items and _has_link(listing)
    if style == "cursor" and next_at is None and not link:
        return None
    total = next((at for at, name, kinds in told if name in _TOTALS and "integer" in kinds), None)
    count = _parameter(api, listing, _COUNTS, "boolean") if total else None
    named = {{"page-number": "page"}.get(style, style): place.name}
    return msgspec.convert(
        {
            "style": "link" if link else style,
            "items": items,
            "total": total,
            "next": next_at,
            "links": _links(api, answer),
            "size": size.name,
            "count": count.name if count is not None else "",
            "start": _start(api, place),
            **named,
        },
        Pagination,
    )


def _place(api: Api, listing: Operation) -> tuple[str, Parameter | None]:
    """By what a page is asked for: the style, and the parameter."""
    for style, names, kind in (
        ("page-number", _PAGES, "integer"),
        ("offset", _OFFSETS, "integer"),
        ("cursor", _CURSORS, "string"),
    ):
        found = _parameter(api, listing, names, kind)
        if found is not None:
            return style, found
    return "", None


def _parameter(api: Api, operation: Operation, names: Iterable[str], kind: str) -> Parameter | None:
    """The query parameter of one of these names and this type."""
    for each in operation.parameters:
        fits = each.schema is not None and kind in walk.types(api, each.schema)
        if each.location == "query" and fits and _plain(each.name) in names:
            return each
    return None


def _told(api: Api, answer: Where) -> Iterator[tuple[str, str, frozenset[str]]]:
    """The answer's members and those of its objects: pointer, plain name, types."""
    for name, child in walk.properties(api, answer).items():
        yield f"/{escape(name)}", _plain(name), walk.types(api, child)
        for inner, below in walk.properties(api, child).items():
            yield f"/{escape(name)}/{escape(inner)}", _plain(inner), walk.types(api, below)


def _links(api: Api, answer: Where) -> str | None:
    """Where the answer lists addresses by their relations."""
    for name, child in walk.properties(api, answer).items():
        items = walk.child(api, child, "items")
        if items is not None and {"href", "rel"} <= walk.properties(api, items).keys():
            return f"/{escape(name)}"
    return None


def _has_link(listing: Operation) -> bool:
    """Whether a success says the other pages in a Link field (RFC 8288)."""
    found = [each for each in listing.responses if each.status.startswith("2")]
    return any(header.name.lower() == "link" for each in found for header in each.headers)


def _start(api: Api, place: Parameter) -> int:
    """The number of the first page: 0 where the parameter's schema says so, else 1."""
    assert place.schema is not None
    default = walk.keyword(api, place.schema, "default")
    least = default if default is not None else walk.keyword(api, place.schema, "minimum")
    return 0 if least == 0 else 1


def _plain(name: str) -> str:
    return _PLAIN.sub("", name.lower())

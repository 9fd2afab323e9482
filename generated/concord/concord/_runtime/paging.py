# Part of the Lockstep runtime, copied here by the generator. Do not edit.
# fmt: off
"""The four styles of pages, and what the next request of each is.

In come the arguments of a page, its decoded body and what was walked before, out goes the next
``Turn`` or None. A cursor or link that was seen before is refused, and so is a link to another
server, which must not get this one's credentials. Where totals and links are declared and present
they decide about the end; a short page does only where there is neither.
"""

from collections.abc import Mapping
from typing import Any

from msgspec import UNSET, Struct

from .errors import PagingError
from .links import next_in_header, next_in_links
from .messages import Request, Response
from .plain import is_sequence
from .pointer import lookup
from .uri import Base, split_reference

_NOTHING: frozenset[str] = frozenset()


class Turn(Struct, frozen=True):
    """What asks for one page: arguments, or the target of a link; and the walk up to it."""

    arguments: Mapping[str, object]
    target: str | None = None
    walked: int = 0
    seen: frozenset[str] = _NOTHING


class Paging(Struct, frozen=True, kw_only=True):
    """What all styles have: where the items and their total are, as JSON pointers."""

    items: str = ""
    total: str | None = None

    def items_of(self, body: Any) -> list[Any]:
        """The items of a page; none where the field is absent or null."""
        found = lookup(body, self.items)
        return list(found) if is_sequence(found) else []

    def total_of(self, body: Any) -> int | None:
        """How many items there are in all, where the server says so."""
        found = UNSET if self.total is None else lookup(body, self.total)
        return found if isinstance(found, int) else None

    def following(self, turn: Turn, body: Any, request: Request, response: Response) -> Turn | None:
        """What asks for the page after this one, None at the end."""
        raise NotImplementedError


class _Counted(Paging, frozen=True, kw_only=True):
    """Styles that count: the end shows in links, else in the total, else in a short page."""

    links: str | None = None

    def _ended(self, turn: Turn, body: Any, *, walked: int, size: int | None) -> bool:
        count = len(self.items_of(body))
        links = UNSET if self.links is None else lookup(body, self.links)
        total = self.total_of(body)
        if count == 0:
            return True
        if is_sequence(links):
            return next_in_links(links) is None
        if total is not None:
            return walked >= total
        return size is not None and count < size


class PageNumber(_Counted, frozen=True, kw_only=True):
    """Pages are numbered."""

    page: str
    size: str | None = None
    start: int = 1
    default_size: int | None = None
    maximum: int | None = None

    def following(self, turn: Turn, body: Any, request: Request, response: Response) -> Turn | None:
        """The next number."""
        number = _integer(turn.arguments, self.page, self.start)
        size = _size(turn.arguments, self.size, self.default_size, self.maximum)
        before = turn.walked
        if not before and number > self.start and size is not None:
            before = (number - self.start) * size
        walked = before + len(self.items_of(body))
        if self._ended(turn, body, walked=walked, size=size):
            return None
        return Turn({**turn.arguments, self.page: number + 1}, walked=walked)


class Offset(_Counted, frozen=True, kw_only=True):
    """Pages start at an offset, counted in items."""

    offset: str
    limit: str | None = None
    default_limit: int | None = None
    maximum: int | None = None

    def following(self, turn: Turn, body: Any, request: Request, response: Response) -> Turn | None:
        """The next offset: as far on as there were items, whatever limit the server kept."""
        size = _size(turn.arguments, self.limit, self.default_limit, self.maximum)
        walked = _integer(turn.arguments, self.offset, 0) + len(self.items_of(body))
        if self._ended(turn, body, walked=walked, size=size):
            return None
        return Turn({**turn.arguments, self.offset: walked}, walked=walked)


class Cursor(Paging, frozen=True, kw_only=True):
    """Each page names the cursor of the next."""

    cursor: str
    next: str

    def following(self, turn: Turn, body: Any, request: Request, response: Response) -> Turn | None:
        """The next cursor."""
        found = lookup(body, self.next)
        if found is UNSET or found is None or found == "":
            return None
        seen = turn.seen | {str(turn.arguments.get(self.cursor, ""))}
        _refuse_seen(str(found), seen)
        return Turn({**turn.arguments, self.cursor: found}, seen=seen)


class LinkNext(Paging, frozen=True, kw_only=True):
    """Each page links to the next: in a field, an array of links, or the ``Link`` header."""

    next: str | None = None
    links: str | None = None

    def following(self, turn: Turn, body: Any, request: Request, response: Response) -> Turn | None:
        """The target of the next link."""
        reference = self._reference(body, response)
        if not reference:
            return None
        base = Base(request.origin, "")
        found = split_reference(base, reference, request.target)
        if found.origin != request.origin:
            raise PagingError("the next page lies on another server")
        seen = turn.seen | {request.target}
        _refuse_seen(found.path, seen)
        return Turn(turn.arguments, target=found.path, seen=seen)

    def _reference(self, body: Any, response: Response) -> str | None:
        if self.next is not None:
            found = lookup(body, self.next)
            return found if isinstance(found, str) else None
        if self.links is not None:
            return next_in_links(lookup(body, self.links))
        return next_in_header(response.headers.get_all("link"))


def _refuse_seen(name: str, seen: frozenset[str]) -> None:
    if name in seen:
        raise PagingError("the next page is one that was seen before")


def _integer(arguments: Mapping[str, object], name: str | None, default: int) -> int:
    value = UNSET if name is None else arguments.get(name, UNSET)
    return value if isinstance(value, int) else default


def _size(
    arguments: Mapping[str, object], name: str | None, default: int | None, maximum: int | None
) -> int | None:
    asked = UNSET if name is None else arguments.get(name, UNSET)
    size = asked if isinstance(asked, int) else default
    return size if size is None or maximum is None else min(size, maximum)

"""Walking pages in four styles: all of them, once each, and never in a circle."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from generator.runtime import (
    Answer,
    Cursor,
    LinkNext,
    NotFound,
    Offset,
    PagedOperation,
    PageNumber,
    PagingError,
    Parameter,
    Request,
    Response,
)
from generator.runtime.paging import Paging, Turn
from tests.unit.runtime.conftest import MakeWorld
from tests.unit.runtime.facts import FAULTS, VND, Thing, Things
from tests.unit.runtime.probe import answer

NAMES = [f"n{number}" for number in range(7)]


def paged(page: Paging, answers: Any = Things) -> PagedOperation[Any, Thing]:
    """A list operation with a style of paging."""
    return PagedOperation(
        id="listThings",
        method="GET",
        path="/things",
        parameters=tuple(Parameter(n, "query") for n in ("page", "size", "offset", "cursor")),
        responses=(Answer("200", VND, answers), *FAULTS),
        page=page,
    )


def query(request: Request) -> dict[str, str]:
    """The query of a request."""
    pairs = request.target.partition("?")[2].split("&")
    return dict(pair.split("=") for pair in pairs if pair)


def page_of(names: list[str], **more: Any) -> Response:
    """A page with names."""
    body = msgspec.json.encode({"results": [{"name": name} for name in names], **more})
    return answer(200, body, content_type=VND)


def numbered(cap: int = 100, **more: Any) -> Callable[[Request], Response]:
    """A server of numbered pages."""

    def handle(request: Request) -> Response:
        asked = query(request)
        size = min(int(asked.get("size", 3)), cap)
        start = (int(asked.get("page", 1)) - 1) * size
        return page_of(NAMES[start : start + size], **more)

    return handle


NUMBERED = PageNumber(page="page", size="size", items="/results", default_size=3)
TOTALLED = PageNumber(page="page", size="size", items="/results", total="/totalCount")


@pytest.mark.parametrize(
    ("page", "handler", "given", "names", "calls"),
    [
        (NUMBERED, numbered(), {}, NAMES, 3),
        (NUMBERED, numbered(), {"size": 7}, NAMES, 2),
        (NUMBERED, numbered(), {"page": 2}, NAMES[3:], 2),
        (TOTALLED, numbered(totalCount=7), {"size": 7}, NAMES, 1),
        (TOTALLED, numbered(totalCount=7), {}, NAMES, 3),
        (TOTALLED, numbered(totalCount=7), {"page": 2, "size": 3}, NAMES[3:], 2),
        (TOTALLED, numbered(), {}, NAMES, 4),
        # The server keeps a smaller size than asked: the total says that there is more.
        (TOTALLED, numbered(2, totalCount=7), {"size": 100}, NAMES, 4),
        (
            msgspec.structs.replace(NUMBERED, maximum=2),
            numbered(2),
            {"size": 100},
            NAMES,
            4,
        ),
    ],
)
def test_page_numbers(
    make_world: MakeWorld,
    page: PageNumber,
    handler: Callable[[Request], Response],
    given: dict[str, int],
    names: list[str],
    calls: int,
) -> None:
    world = make_world(handler)
    first = world.page(paged(page), **given)
    assert [thing.name for thing in world.listed(first.all())] == names
    assert len(world.probe.requests) == calls


def test_links_say_whether_there_is_more(make_world: MakeWorld) -> None:
    def handle(request: Request) -> Response:
        number = int(query(request).get("page", 1))
        links = [{"rel": "self", "href": "x"}, {"rel": "next", "href": "y"}][
            : 2 if number < 3 else 1
        ]
        return page_of([f"n{number}"], links=links, totalCount=1)

    page = PageNumber(page="page", items="/results", total="/totalCount", links="/links")
    world = make_world(handle)
    first = world.page(paged(page))
    assert [thing.name for thing in world.listed(first.all())] == ["n1", "n2", "n3"]
    assert len(world.probe.requests) == 3


def test_offsets_go_on_by_what_came(make_world: MakeWorld) -> None:
    def handle(request: Request) -> Response:
        start = int(query(request).get("offset", 0))
        return page_of(NAMES[start : start + 2])

    offset = Offset(offset="offset", limit="size", items="/results")
    world = make_world(handle)
    first = world.page(paged(offset), offset=1)
    assert [thing.name for thing in world.listed(first.all())] == NAMES[1:]
    assert [query(r).get("offset") for r in world.probe.requests] == ["1", "3", "5", "7"]
    short = make_world(handle)
    page = short.page(paged(msgspec.structs.replace(offset, default_limit=2)), offset=6)
    assert short.run(page.next()) is None


def test_cursors(make_world: MakeWorld) -> None:
    following = {"": "b", "b": "c", "c": None}

    def handle(request: Request) -> Response:
        cursor = query(request).get("cursor", "")
        return page_of([cursor or "a"], next=following[cursor])

    world = make_world(handle)
    first = world.page(paged(Cursor(cursor="cursor", next="/next", items="/results")))
    assert [thing.name for thing in world.listed(first.all())] == ["a", "b", "c"]


@pytest.mark.parametrize("circle", [["a", "a"], ["a", "b", "a"]])
def test_a_circle_of_cursors_is_refused(make_world: MakeWorld, circle: list[str]) -> None:
    replies = iter(circle)
    world = make_world(lambda r: page_of(["x"], next=next(replies)))
    first = world.page(paged(Cursor(cursor="cursor", next="/next", items="/results")))
    with pytest.raises(PagingError, match="seen before"):
        world.listed(first.all())


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("http://probe.test/things?cursor=2", "/things?cursor=3"),
        ("HTTP://PROBE.test:80/things?cursor=2", "//probe.test/things?cursor=3"),
        ("?cursor=2#part", "things?cursor=3"),
    ],
)
@pytest.mark.parametrize("where", ["header", "field", "links"])
def test_links(make_world: MakeWorld, first: str, second: str, where: str) -> None:
    targets = {"": first, "2": second, "3": None}

    def handle(request: Request) -> Response:
        cursor = query(request).get("cursor", "")
        target = targets[cursor]
        links = [
            {"rel": "prev", "href": "q"},
            *([{"rel": "next", "href": target}] if target else []),
        ]
        response = page_of([cursor or "1"], next=target, links=links)
        value = f'</x,y>; title="a, <b>"; rel=prev, <{target}>; rel="last next"' if target else ""
        pairs = [*response.headers.items(), ("Link", value)]
        return Response(200, type(response.headers)(pairs), response.body)

    style = {
        "header": LinkNext(items="/results"),
        "field": LinkNext(items="/results", next="/next"),
        "links": LinkNext(items="/results", links="/links"),
    }[where]
    world = make_world(handle)
    page = world.page(paged(style))
    assert [thing.name for thing in world.listed(page.all())] == ["1", "2", "3"]


@pytest.mark.parametrize(
    "target", ["http://evil.test/things", "https://probe.test/", "//evil.test"]
)
def test_a_link_to_another_server_is_refused(make_world: MakeWorld, target: str) -> None:
    world = make_world(lambda r: page_of(["x"], next=target))
    page = world.page(paged(LinkNext(items="/results", next="/next")))
    with pytest.raises(PagingError, match="another server"):
        world.run(page.next())
    assert len(world.probe.requests) == 1


def test_a_link_to_itself_is_refused(make_world: MakeWorld) -> None:
    world = make_world(lambda r: page_of(["x"], next=r.target))
    page = world.page(paged(LinkNext(items="/results", next="/next")))
    with pytest.raises(PagingError):
        world.listed(page.pages())


def test_a_page_shows_what_it_is(make_world: MakeWorld) -> None:
    world = make_world(numbered(totalCount=7))
    page = world.page(paged(TOTALLED))
    assert (page.total, len(page.items), page.value.total) == (7, 3, 7)
    assert repr(page).endswith("Page of 3 items, total 7>")
    assert page.raw.status == 200
    assert not hasattr(page, "__len__")
    with pytest.raises(TypeError):
        iter(page)
    assert [len(p.items) for p in world.listed(page.pages())] == [3, 3, 1]


def test_bare_arrays_and_empty_pages(make_world: MakeWorld) -> None:
    replies = iter([b'[{"name":"a"}]', b"[]"])
    world = make_world(lambda r: answer(200, next(replies), content_type=VND))
    page = world.page(paged(PageNumber(page="page"), list[Thing]))
    assert page.items == [Thing(name="a")]
    assert page.total is None
    assert world.run(world.run(page.next()).next()) is None
    nothing = make_world(lambda r: answer(200, b"{}", content_type=VND))
    assert nothing.page(paged(NUMBERED)).items == []


def test_a_page_that_fails_raises(make_world: MakeWorld) -> None:
    world = make_world(lambda r: answer(404, b"{}"))
    with pytest.raises(NotFound):
        world.page(paged(NUMBERED))


def test_a_style_must_say_how_it_goes_on() -> None:
    request = Request(method="GET", origin="", target="/")
    with pytest.raises(NotImplementedError):
        Paging().following(Turn({}), [], request, answer())

"""Responses as they come: raw ones, streams in pieces, lines, JSON lines, events, files."""

from __future__ import annotations

import gzip
import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from generator.runtime import (
    Answer,
    AsyncRawCaller,
    AsyncStreamCaller,
    DecodeError,
    Event,
    HeaderFields,
    NotFound,
    Options,
    PagedOperation,
    PageNumber,
    RawCaller,
    RawResponse,
    StreamCaller,
    TransportError,
    UnexpectedStatus,
    async_headed,
    async_headed_stream,
    async_raw,
    async_streamed,
    field,
    headed,
    headed_stream,
    raw,
    streamed,
)
from generator.runtime import lines as lines_module
from generator.runtime.codings import Unzip
from generator.runtime.lines import Lines
from tests.unit.runtime.conftest import MakeWorld, World
from tests.unit.runtime.facts import GET, VND, Fault, Thing, Things, get
from tests.unit.runtime.probe import answer

FAULT = Answer("4XX", "application/json", Fault)
EXPORT = get("/export", accept="text/csv", responses=(Answer("200", "text/csv", str), FAULT))
LIST = PagedOperation[Things, Thing](
    id="listThings",
    method="GET",
    path="/things",
    responses=(Answer("200", VND, Things), FAULT),
    page=PageNumber(page="page", items="/results", total="/totalCount"),
)
LIST_OR_EXPORT = PagedOperation[Things | str, Thing](
    id="listThings",
    method="GET",
    path="/things",
    responses=(Answer("200", VND, Things), Answer("200", "text/csv", str), FAULT),
    page=PageNumber(page="page", items="/results", total="/totalCount"),
    whole=("text/csv",),
)
Use = Callable[[Any], Any]


class Fields(HeaderFields, frozen=True, kw_only=True):
    left: int = field(name="X-Left")


class Resource:
    """A resource as it is generated, of either kind."""

    def __init__(self, caller: Any) -> None:
        self._caller = caller

    def export(self, *, options: Options | None = None) -> Any:
        """The export."""
        return self._caller.call(EXPORT, {}, options=options)

    def list_things(self) -> Any:
        """A page of things."""
        return self._caller.page(LIST, {})

    def list_or_export(self, accept: str | None = None) -> Any:
        """A page of things, or all of them."""
        return self._caller.page_or_whole(LIST_OR_EXPORT.narrowed(accept=accept), {})


def within(world: World, use: Use, *, method: str = "export") -> Any:
    """Opens a stream, hands it to a function that may give an awaitable, and closes it."""
    if world.blocking:
        with streamed(getattr(Resource(StreamCaller(world.caller)), method))() as response:
            return all_of(use(response))

    async def awaited() -> Any:
        call = async_streamed(getattr(Resource(AsyncStreamCaller(world.caller)), method))
        async with call() as response:
            given = use(response)
            return await given if hasattr(given, "__await__") else [each async for each in given]

    return world.run(awaited())


def all_of(given: Any) -> Any:
    """What a blocking iterator gives; anything else as it is."""
    return list(given) if hasattr(given, "__next__") else given


def test_pieces_lines_text_and_files(make_any_world: MakeWorld, tmp_path: Path) -> None:
    reply = answer(200, b"a,b\r\n1,\xc3\xa9\nlast", content_type="text/csv; charset=utf-8")
    world = make_any_world(lambda r: reply)
    assert b"".join(within(world, lambda s: s.chunks())) == reply.body
    assert within(world, lambda s: s.lines()) == ["a,b", "1,é", "last"]
    assert within(world, lambda s: s.read()) == reply.body
    assert within(world, lambda s: s.parse()) == reply.body.decode()
    assert within(world, lambda s: s.save(tmp_path / "x.csv")) == len(reply.body)
    assert (tmp_path / "x.csv").read_bytes() == reply.body
    assert within(world, lambda s: s.read(), method="list_things") == reply.body


def test_a_stream_knows_status_and_headers(make_world: MakeWorld) -> None:
    world = make_world(lambda r: answer(200, b"x", content_type="text/csv", x_rows="3"))
    seen: list[Any] = []

    def look(response: Any) -> Any:
        seen.append((response.status, response.headers.get("X-Rows"), repr(response)[-5:]))
        return response.read()

    within(world, look)
    assert seen == [(200, "3", " 200>")]


def test_gzip_is_undone_in_both_ways(make_socket_world: MakeWorld) -> None:
    text = b"row\n" * 50_000
    world = make_socket_world(
        lambda r: answer(200, gzip.compress(text), content_type="text/csv", content_encoding="gzip")
    )
    assert world.call(EXPORT) == text.decode()
    assert b"".join(within(world, lambda s: s.chunks())) == text


def test_a_file_of_gzip_stays_gzip(make_socket_world: MakeWorld) -> None:
    packed = gzip.compress(b"x")
    world = make_socket_world(lambda r: answer(200, packed, content_type="application/gzip"))
    operation = get(responses=(Answer("200", "application/gzip", bytes),))
    assert world.call(operation) == packed


def test_errors_are_raised_on_opening_with_their_bodies(make_any_world: MakeWorld) -> None:
    replies = iter(
        [answer(404, b'{"errorCode":"NO","detail":"none"}'), answer(202, b"", content_type="")]
    )
    world = make_any_world(lambda r: next(replies), options=Options(retries=0))
    with pytest.raises(NotFound) as caught:
        within(world, lambda s: s.read())
    assert (caught.value.code, caught.value.detail) == ("NO", "none")
    with pytest.raises(UnexpectedStatus):
        within(world, lambda s: s.read())


def test_a_body_is_read_once(make_world: MakeWorld) -> None:
    world = make_world(lambda r: answer(200, b"x", content_type="text/csv"))
    kept: list[Any] = []

    def keep(response: Any) -> Any:
        kept.append(response)
        return response.read()

    within(world, keep)
    with pytest.raises(RuntimeError, match="once"):
        world.run(kept[0].read())


def test_a_stream_is_opened_again_after_a_passing_fault(make_any_world: MakeWorld) -> None:
    replies = iter([answer(503, retry_after="0"), answer(200, b"x", content_type="text/csv")])
    world = make_any_world(lambda r: next(replies))
    assert within(world, lambda s: s.read()) == b"x"


def test_json_lines_are_models_and_keep_what_is_unknown(make_any_world: MakeWorld) -> None:
    body = b'{"name":"a"}\n\n{"name":"b","new":1}'
    world = make_any_world(lambda r: answer(200, body, content_type="text/csv"))
    found = within(world, lambda s: s.json_lines(Thing))
    assert [thing.name for thing in found] == ["a", "b"]
    assert found[1].extra_fields == {"new": 1}


def test_events_are_typed(make_any_world: MakeWorld) -> None:
    body = (
        '\ufeff: hello\r\nevent: made\rid: 7\nretry: 10\ndata: {"name":\ndata: "a"}\n\n'
        "event: none\n\ndata:x\nid: 8\0\nretry: soon\nnew: 1\n\ndata: cut"
    ).encode()
    world = make_any_world(lambda r: answer(200, body, content_type="text/csv"))
    with pytest.raises(DecodeError) as caught:
        within(world, lambda s: all_of(s.events(Thing)))
    assert caught.value.request is not None
    first, second = within(world, lambda s: s.events(str))
    assert first == Event(data='{"name":\n"a"}', event="made", id="7", retry=10)
    assert second == Event(data="x", id="7", retry=10)


def test_an_event_becomes_a_model(make_world: MakeWorld) -> None:
    world = make_world(lambda r: answer(200, b'data: {"name":"a"}\n\n', content_type="text/csv"))
    found = within(world, lambda s: s.events(Thing))
    assert found == [Event(data=Thing(name="a"))]


def test_lines_that_cannot_be_read(make_world: MakeWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    world = make_world(lambda r: answer(200, b"\xff\nxxxxxxxxxx", content_type="text/csv"))
    with pytest.raises(DecodeError, match="utf-8"):
        within(world, lambda s: all_of(s.lines()))
    monkeypatch.setattr(lines_module, "LONGEST", 5)
    with pytest.raises(DecodeError, match="longer than 5"):
        within(world, lambda s: all_of(s.json_lines(Thing)))


@pytest.mark.parametrize("size", [1, 2, 3, 100])
def test_lines_are_cut_anywhere(size: int) -> None:
    body = b"a\r\nb\rc\n\nd"
    for bare, wanted in (
        (False, [b"a", b"b\rc", b"", b"d"]),
        (True, [b"a", b"b", b"c", b"", b"d"]),
    ):
        lines = Lines(bare_returns=bare)
        found = [
            line for at in range(0, len(body), size) for line in lines.feed(body[at : at + size])
        ]
        assert [*found, *lines.end()] == wanted


def test_gzip_in_pieces_in_members_and_cut() -> None:
    packed = gzip.compress(b"first ") + gzip.compress(b"second")
    unzip = Unzip()
    assert b"".join(unzip.feed(packed[at : at + 1]) for at in range(len(packed))) == b"first second"
    unzip.end()
    cut = Unzip()
    cut.feed(packed[:15])
    with pytest.raises(TransportError, match="cut"):
        cut.end()
    with pytest.raises(TransportError, match="not gzip"):
        Unzip().feed(b"plain")


def test_a_save_that_fails_leaves_no_file(make_world: MakeWorld, tmp_path: Path) -> None:
    world = make_world(lambda r: answer(200, b"x", content_type="text/csv"))
    (tmp_path / "there").mkdir()
    with pytest.raises(OSError, match="there"):
        within(world, lambda s: s.save(tmp_path / "there"))
    assert [path.name for path in tmp_path.iterdir()] == ["there"]


def test_raw_responses_of_methods(make_any_world: MakeWorld) -> None:
    page = b'{"results":[{"name":"a"}],"totalCount":1}'
    world = make_any_world(lambda r: answer(200, page, content_type=VND, x_left="9"))
    response: Any
    if world.blocking:
        response = raw(Resource(RawCaller(world.caller)).list_things)()
        plain = raw(lambda: RawCaller(world.caller).call(GET, {}))()
    else:
        response = world.run(async_raw(Resource(AsyncRawCaller(world.caller)).list_things)())
        plain = world.run(AsyncRawCaller(world.caller).call(GET, {}))
    assert {type(response), type(plain)} == {RawResponse}
    assert (response.status, response.headers.get("x-left"), response.body) == (200, "9", page)
    found = response.parse()
    assert ([thing.name for thing in found.items], found.total) == (["a"], 1)


def test_a_page_or_the_whole_as_it_is_asked_for(make_world: MakeWorld) -> None:
    page = b'{"results":[{"name":"a"}],"totalCount":1}'
    replies = {
        VND: answer(200, page, content_type=VND),
        "text/csv": answer(200, b"a,b", content_type="text/csv"),
    }
    world = make_world(lambda r: replies[r.headers["accept"].partition(",")[0]])
    resource = Resource(world.caller)
    assert [thing.name for thing in world.run(resource.list_or_export()).items] == ["a"]
    assert world.run(resource.list_or_export(VND)).total == 1
    assert world.run(resource.list_or_export("text/csv")) == "a,b"
    with pytest.raises(ValueError, match="'text/html'"):
        resource.list_or_export("text/html")
    asked = [request.headers["accept"] for request in world.probe.requests]
    assert asked == [f"{VND}, application/json"] * 2 + ["text/csv, application/json"]


def test_declared_header_fields_of_raw_and_streamed_responses(make_world: MakeWorld) -> None:
    world = make_world(lambda r: answer(200, b"a", content_type="text/csv", x_left="9"))
    if world.blocking:
        response = headed(Resource(RawCaller(world.caller)).export, Fields)()
        with headed_stream(Resource(StreamCaller(world.caller)).export, Fields)() as stream:
            seen = (stream.typed_headers, stream.read())
    else:
        response = world.run(async_headed(Resource(AsyncRawCaller(world.caller)).export, Fields)())
        export = Resource(AsyncStreamCaller(world.caller)).export

        async def opened() -> tuple[Fields, bytes]:
            async with async_headed_stream(export, Fields)() as stream:
                return stream.typed_headers, await stream.read()

        seen = world.run(opened())
    assert (response.typed_headers, response.parse()) == (Fields(left=9), "a")
    assert seen == (Fields(left=9), b"a")


def test_methods_that_answer_otherwise_look_like_the_plain_ones(make_world: MakeWorld) -> None:
    method = Resource(make_world(lambda r: answer()).caller).export
    wrapped: list[Any] = [headed(method, Fields), headed_stream(method, Fields), streamed(method)]
    wrapped += [async_headed(method, Fields), async_headed_stream(method, Fields)]
    for each in (*wrapped, async_streamed(method)):
        assert (each.__name__, each.__doc__) == ("export", "The export.")
        assert inspect.signature(each) == inspect.signature(method)

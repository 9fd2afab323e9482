"""Bodies that are sent as they are read: over every transport, again where they can be."""

from __future__ import annotations

import gzip
import io
import os
import tracemalloc
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from generator.runtime import (
    Body,
    BodySpent,
    Content,
    Digest,
    File,
    Operation,
    Options,
    Request,
    Response,
    ServiceUnavailable,
    Upload,
)
from tests.unit.runtime.conftest import MakeWorld
from tests.unit.runtime.facts import CREATE, VND
from tests.unit.runtime.probe import answer

DATA = b"0123456789" * 20_000
BINARY = "application/octet-stream"
MADE = answer(201, b'{"name":"x"}', content_type=VND)
CHALLENGE = answer(401, b"{}", www_authenticate='Digest realm="r", nonce="n", qop="auth"')


def sends(media_type: str = BINARY, **facts: Any) -> Operation[Any]:
    return msgspec.structs.replace(CREATE, body=Body(media_type), **facts)


SEND = sends()
PUT = sends(method="PUT")


def pieces() -> Iterator[bytes]:
    yield from (DATA[:70_000], DATA[70_000:])


async def awaited_pieces() -> AsyncIterator[bytes]:
    for piece in pieces():
        yield piece


class Awaited:
    """Can be awaited again and again."""

    def __aiter__(self) -> AsyncIterator[bytes]:
        return awaited_pieces()


def a_pipe() -> Any:
    """A file that cannot be sought."""
    reading, writing = os.pipe()
    os.write(writing, DATA[:60_000])
    os.close(writing)
    return open(reading, "rb")


SOURCES: dict[str, tuple[Callable[[], Content], bytes, bool]] = {
    "bytes in memory": (lambda: memoryview(DATA).tobytes(), DATA, True),
    "a file": (lambda: io.BytesIO(DATA), DATA, True),
    "a path": (lambda: Path(__file__), Path(__file__).read_bytes(), True),
    "a path of no regular file": (lambda: Path(os.devnull), b"", False),
    "a list": (lambda: [DATA[:5], DATA[5:]], DATA, False),
    "an iterator": (pieces, DATA, False),
    "a pipe": (a_pipe, DATA[:60_000], False),
    "a file of gzip": (
        lambda: gzip.GzipFile(fileobj=io.BytesIO(gzip.compress(DATA))),
        DATA,
        True,
    ),
}


@pytest.mark.parametrize("source", SOURCES)
def test_every_source_over_every_transport(make_any_world: MakeWorld, source: str) -> None:
    make, wanted, has_length = SOURCES[source]
    world = make_any_world(lambda r: MADE)
    world.call(SEND, make())
    request = world.probe.requests[0]
    assert request.body == wanted
    assert request.headers["content-type"] == BINARY
    if has_length:
        assert request.headers["content-length"] == str(len(wanted))
    else:
        assert "content-length" not in request.headers


@pytest.mark.parametrize("source", [awaited_pieces, Awaited])
def test_what_must_be_awaited(make_any_world: MakeWorld, source: Callable[[], Content]) -> None:
    world = make_any_world(lambda r: MADE)
    if world.blocking and "Asgi" not in type(world.caller.transport).__name__:
        with pytest.raises(TypeError, match="asynchronous"):
            world.call(SEND, source())
        return
    world.call(SEND, source())
    assert world.probe.requests[0].body == DATA


def test_a_file_is_sent_from_where_it_stands(make_world: MakeWorld, tmp_path: Path) -> None:
    path = tmp_path / "data"
    path.write_bytes(DATA)
    world = make_world(lambda r: MADE)
    with path.open("rb") as file:
        file.seek(10)
        world.call(SEND, file)
    assert world.probe.requests[0].body == DATA[10:]


def test_a_path_is_read_again_but_not_what_it_cannot_be(tmp_path: Path) -> None:
    path = tmp_path / "data"
    path.write_bytes(b"once")
    upload = Upload(path)
    path.write_bytes(b"once more")
    assert [b"".join(upload.pieces()) for _ in range(2)] == [b"once"] * 2
    assert not upload.is_spent
    device = Upload(Path(os.devnull))
    assert (device.length, device.is_spent, list(device.pieces())) == (None, False, [])
    assert device.is_spent
    with pytest.raises(FileNotFoundError):
        Upload(tmp_path / "none")


def test_forms_hold_files_and_iterators(make_any_world: MakeWorld) -> None:
    world = make_any_world(lambda r: MADE)
    file = io.BytesIO(b"opened")
    file.name = "/secret/folder/o.txt"  # type: ignore[misc]
    named = File("i.txt", iter([b"it", b"er"]), "text/plain")
    world.call(sends("multipart/form-data"), {"a": file, "b": named, "c": 1})
    sent = world.probe.requests[0]
    assert isinstance(sent.body, bytes)
    assert b'name="a"; filename="o.txt"\r\nContent-Type: application/octet-stream' in sent.body
    assert b"\r\n\r\nopened\r\n--" in sent.body
    assert b'filename="i.txt"\r\nContent-Type: text/plain\r\n\r\niter\r\n--' in sent.body
    assert b'name="c"\r\n\r\n1\r\n--' in sent.body
    assert b"folder" not in sent.body


def _first_fails(first: Response) -> Callable[[Request], Response]:
    replies = iter([first])
    return lambda r: next(replies, MADE)


def test_what_can_be_read_again_is_sent_again(make_any_world: MakeWorld) -> None:
    for first, auth in ((answer(503), None), (CHALLENGE, Digest("me", "hush"))):
        world = make_any_world(_first_fails(first), auth=auth, schemes=("Digest",))
        world.call(msgspec.structs.replace(PUT, security=(("Digest",),)), io.BytesIO(DATA))
        assert [r.body for r in world.probe.requests] == [DATA, DATA]


def test_what_was_read_once_is_not_sent_again(make_any_world: MakeWorld) -> None:
    world = make_any_world(_first_fails(answer(503)))
    with pytest.raises(ServiceUnavailable):
        world.call(PUT, pieces())
    assert len(world.probe.requests) == 1
    world = make_any_world(_first_fails(CHALLENGE), auth=Digest("me", "x"), schemes=("Digest",))
    signed = msgspec.structs.replace(PUT, security=(("Digest",),))
    with pytest.raises(BodySpent, match="give bytes or a file"):
        world.call(signed, pieces(), options=Options(retries=0))
    world.call(signed, pieces())
    assert len(world.probe.requests) == 2


def test_protection_of_the_body_reads_a_file(make_world: MakeWorld) -> None:
    whole = answer(401, b"{}", www_authenticate='Digest realm="r", nonce="n", qop="auth-int"')
    world = make_world(_first_fails(whole), auth=Digest("me", "x"), schemes=("Digest",))
    world.call(msgspec.structs.replace(PUT, security=(("Digest",),)), io.BytesIO(DATA))
    assert [r.body for r in world.probe.requests] == [DATA, DATA]


@pytest.mark.parametrize("wrong", [io.StringIO("text"), ["text"], iter(["text"])])
def test_text_is_no_content(wrong: Any) -> None:
    with pytest.raises(TypeError, match="'rb'"):
        list(Upload(wrong).pieces())


@pytest.mark.parametrize("wrong", [7, {"a": 1}, None])
def test_what_is_no_content_is_refused_before_it_is_sent(
    make_world: MakeWorld, wrong: object
) -> None:
    world = make_world(lambda r: MADE)
    with pytest.raises(TypeError, match="a file or an iterator of bytes"):
        world.call(SEND, wrong)
    assert not world.probe.requests


def test_what_goes_wrong_while_reading_is_raised_as_it_is(make_socket_world: MakeWorld) -> None:
    def broken() -> Iterator[bytes]:
        yield DATA
        raise LookupError("the disk is gone")

    world = make_socket_world(lambda r: MADE)
    with pytest.raises(LookupError, match="the disk is gone"):
        world.call(SEND, broken())


def test_an_upload_says_how_long_it_is() -> None:
    assert repr(Upload(b"ab", io.BytesIO(b"c"))) == "<Upload of 3 bytes>"
    assert repr(Upload(iter([b"ab"]))) == "<Upload of unknown length>"


def test_memory_stays_bounded(tmp_path: Path) -> None:
    path = tmp_path / "large"
    with path.open("wb") as file:
        file.truncate(64 << 20)
    tracemalloc.start()
    try:
        with path.open("rb") as file:
            assert sum(map(len, Upload(file).pieces())) == 64 << 20
        assert tracemalloc.get_traced_memory()[1] < 1 << 20
    finally:
        tracemalloc.stop()

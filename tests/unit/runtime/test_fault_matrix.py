"""Every fault, over both transports, blocking and awaited: its outcome, no hang, nothing left open."""

from __future__ import annotations

import socket
import traceback
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import Any

import pytest

from generator.runtime import (
    Answer,
    ApiKey,
    Body,
    ConnectError,
    DecodeError,
    Digest,
    Error,
    Options,
    ServiceUnavailable,
    TimeoutError_,
    TooManyRequests,
    TransportError,
)
from tests.unit.runtime.conftest import BY_SOCKET, World
from tests.unit.runtime.facts import Cat, Dog, Thing, UnknownPet, get
from tests.unit.runtime.faulty import (
    Act,
    Faulty,
    answers,
    cuts,
    drips,
    faulty,
    hangs,
    resets,
    says,
    sips,
)
from tests.unit.runtime.probe import Probe, answer

GOOD = answers(says(body=b'{"name":"good"}'))
THING = get(security=(("Digest",),), responses=(Answer("200", "application/json", Thing),))
PET = get(responses=(Answer("200", "application/json", Cat | Dog | UnknownPet),))
CREATE = get(id="createThing", method="POST")
SEND = get(
    id="putThing",
    method="PUT",
    body=Body("application/octet-stream"),
    responses=(Answer("200", "application/json", Thing),),
)
ONCE = Options(retries=0, timeout=60.0)
HURRIED = Options(retries=0, timeout=60.0, deadline=0.5)
AGAIN = Options(retries=1, timeout=60.0)


def _date(seconds: float) -> str:
    """A date from now, as Retry-After writes it."""
    then = datetime.now(UTC) + timedelta(seconds=seconds)
    return then.strftime("%a, %d %b %Y %H:%M:%S GMT")


def _limited(value: str) -> Act:
    return answers(
        says("429 Too Many Requests", b"{}", "application/json", f"retry-after: {value}")
    )


def _challenge(nonce: str, stale: str = "") -> Act:
    challenge = f'www-authenticate: Digest realm="r", nonce="{nonce}", qop="auth"{stale}'
    return answers(says("401 Unauthorized", b"{}", "application/json", challenge))


RAISES: dict[str, tuple[list[Act], Options, type[Error], int]] = {
    "reset": ([resets], ONCE, TransportError, 1),
    "reset, then again": ([resets], AGAIN, TransportError, 2),
    "closed unanswered": ([cuts(b"")], ONCE, TransportError, 1),
    "cut body": ([cuts(says(body=b'{"name":"good"}')[:-3])], ONCE, TransportError, 1),
    "cut chunk": (
        [cuts(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n9\r\n{")],
        ONCE,
        TransportError,
        1,
    ),
    "no HTTP": ([cuts(b"SSH-2.0-x\r\n\r\n")], ONCE, TransportError, 1),
    "429 for ever": ([_limited("0")], AGAIN, TooManyRequests, 2),
    "429 for too long": ([_limited("100000")], AGAIN, TooManyRequests, 1),
    "503 for ever": ([answers(says("503 No"))], AGAIN, ServiceUnavailable, 2),
    "malformed JSON": ([answers(says(body=b'{"name":'))], ONCE, DecodeError, 1),
    "empty body": ([answers(says())], ONCE, DecodeError, 1),
    "wrong media type": (
        [answers(says(body=b"<p>", media_type="text/html"))],
        ONCE,
        DecodeError,
        1,
    ),
    "null where not nullable": ([answers(says(body=b'{"name":null}'))], ONCE, DecodeError, 1),
    "wrong type": ([answers(says(body=b'{"name":1}'))], ONCE, DecodeError, 1),
}
PASSES: dict[str, tuple[Callable[[], list[Act]], int]] = {
    "good": (lambda: [GOOD], 1),
    "reset, then fine": (lambda: [resets, GOOD], 2),
    "503, then fine": (lambda: [answers(says("503 No")), GOOD], 2),
    "429 in seconds, then fine": (lambda: [_limited("0"), GOOD], 2),
    "429 by date, then fine": (lambda: [_limited(_date(-5)), GOOD], 2),
    "challenge, then fine": (lambda: [_challenge("a"), GOOD], 2),
    "stale nonce, then fine": (lambda: [_challenge("a"), _challenge("b", ", stale=true"), GOOD], 3),
}
CHUNKED = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n"
ENDLESS: dict[str, Act] = {
    "status line": drips(b"x", b"HTTP/1.1 200 "),
    "header field": drips(b"x", b"HTTP/1.1 200 OK\r\nx-slow: "),
    "interim responses": drips(b"HTTP/1.1 103 Early Hints\r\n\r\n"),
    "body": drips(b"x", b"HTTP/1.1 200 OK\r\ncontent-length: 9999\r\n\r\n"),
    "chunks": drips(b"1\r\nx\r\n", CHUNKED),
    "size of a chunk": drips(b"0", CHUNKED),
    "trailer": drips(b"x", CHUNKED + b"0\r\nx-slow: "),
    "challenge": drips(b"x", b"HTTP/1.1 401 No\r\ncontent-length: 9999\r\n\r\n"),
}
KEPT: dict[str, tuple[Any, bytes, Callable[[Any], bool]]] = {
    "unknown value of an enumeration": (
        THING,
        b'{"name":"x","role":"NEW"}',
        lambda thing: not thing.role.is_known and thing.role == "NEW",
    ),
    "unknown tag": (
        PET,
        b'{"kind":"newt","wet":1}',
        lambda pet: pet.raw == {"kind": "newt", "wet": 1},
    ),
    "unknown field": (
        THING,
        b'{"name":"x","new":[1]}',
        lambda thing: thing.extra_fields == {"new": [1]},
    ),
}


def _ended(kind: str, act: Act, use: Callable[[World], None], scheme: str = "http:") -> Faulty:
    """The server of a client in a hurry, which gave up in time."""
    began = monotonic()
    server = Faulty([act])
    with faulty(server) as url:
        url = url.replace("http:", scheme)
        world = World(kind, Probe(lambda r: answer()), url, lambda t: t, auth=None, options=HURRIED)
        with pytest.raises(TimeoutError_):
            use(world)
        world.close()
    assert monotonic() - began < 30  # which the server does not
    return server


def _read(world: World) -> None:
    """Open a stream and read it to its end."""
    if world.blocking:
        with world.caller.stream(THING, {}) as response:
            response.read()
        return

    async def awaited() -> None:
        async with await world.caller.stream(THING, {}) as response:
            await response.read()

    world.run(awaited())


def _outcome(kind: str, acts: list[Act], options: Options, operation: Any = THING) -> Any:
    """What a call gives or raises, and how often it asked; fails when a connection stays open."""
    server = Faulty(list(acts))
    with faulty(server) as url:
        world = World(
            kind,
            Probe(lambda r: answer()),
            url,
            lambda transport: transport,
            auth=Digest("me", "hush"),
            options=options,
        )
        found: Any
        try:
            found = world.call(operation)
        except Error as error:
            found = error
        finally:
            kept = server.closed(but=1)
            world.close()
        assert kept, "more than one connection was kept for the next call"
        assert server.closed(), "a connection stayed open"
    return found, len(server.asked)


@pytest.mark.parametrize("kind", BY_SOCKET)
@pytest.mark.parametrize("fault", RAISES)
def test_what_raises(kind: str, fault: str) -> None:
    acts, options, wanted, asked = RAISES[fault]
    error, count = _outcome(kind, acts, options)
    assert isinstance(error, wanted), error
    assert count == asked
    assert error.request is not None
    assert "hush" not in str(error)


@pytest.mark.parametrize("kind", BY_SOCKET)
@pytest.mark.parametrize("act", ENDLESS.values(), ids=ENDLESS)
def test_a_deadline_ends_what_goes_on_and_on(kind: str, act: Act) -> None:
    began = monotonic()
    error, count = _outcome(kind, [act], HURRIED)
    assert isinstance(error, TimeoutError_), error
    assert monotonic() - began < 30  # which the server does not
    assert count <= 1


@pytest.mark.parametrize("kind", BY_SOCKET)
def test_a_deadline_ends_a_stream_that_goes_on_and_on(kind: str) -> None:
    assert _ended(kind, ENDLESS["chunks"], _read).closed()


@pytest.mark.parametrize("kind", BY_SOCKET)
def test_a_deadline_ends_a_server_that_knows_no_tls(kind: str) -> None:
    assert _ended(kind, GOOD, lambda world: world.call(THING), "https:").closed()


@pytest.mark.parametrize("kind", BY_SOCKET)
def test_a_deadline_ends_an_upload_that_is_read_too_slowly(kind: str) -> None:
    _ended(kind, sips, lambda world: world.call(SEND, b"x" * 40_000_000))


@pytest.mark.parametrize("kind", BY_SOCKET)
def test_what_was_sent_and_not_answered_in_time_is_not_sent_again(kind: str) -> None:
    patient = Options(retries=2, timeout=1.0)
    error, count = _outcome(kind, [hangs], patient, CREATE)
    assert isinstance(error, TimeoutError_), error
    assert not isinstance(error, ConnectError)
    assert count <= 1  # and none where the client was gone before the server looked


@pytest.mark.parametrize("kind", BY_SOCKET)
@pytest.mark.parametrize("fault", PASSES)
def test_what_passes(kind: str, fault: str) -> None:
    acts, asked = PASSES[fault]
    found, count = _outcome(kind, acts(), AGAIN)
    assert found == Thing(name="good")
    assert count == asked


@pytest.mark.parametrize("kind", BY_SOCKET)
@pytest.mark.parametrize("fault", KEPT)
def test_what_is_kept(kind: str, fault: str) -> None:
    operation, body, holds = KEPT[fault]
    found, _ = _outcome(kind, [answers(says(body=body))], ONCE, operation)
    assert holds(found)


@pytest.mark.parametrize("kind", BY_SOCKET)
@pytest.mark.parametrize("act", [cuts(b""), resets, hangs], ids=["closed", "reset", "hanging"])
def test_a_key_in_the_url_is_in_no_traceback(kind: str, act: Act) -> None:
    keyed = get(security=(("Key",),))
    key = {"Key": ApiKey("hush", "key", "query")}
    with faulty(Faulty([act])) as url:
        settings: Any = {"auth": key, "options": Options(retries=0, timeout=0.5)}
        world = World(
            kind, Probe(lambda r: answer()), url, lambda t: t, schemes=("Key",), **settings
        )
        with pytest.raises(TransportError) as caught:
            world.call(keyed)
        world.close()
    said = "".join(traceback.format_exception(caught.value))
    assert "curl" in said
    assert "hush" not in said


@pytest.mark.parametrize("kind", BY_SOCKET)
def test_refused(kind: str) -> None:
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{deaf.getsockname()[1]}"
        world = World(kind, Probe(lambda r: answer()), url, lambda t: t, auth=None, options=ONCE)
        with pytest.raises(ConnectError):
            world.call(THING)
        world.close()


def test_a_path_is_named_where_a_body_does_not_fit() -> None:
    error, _ = _outcome("sync-httpx2", [answers(says(body=b'{"name":null}'))], ONCE)
    assert (error.path, error.response.status) == ("$.name", 200)

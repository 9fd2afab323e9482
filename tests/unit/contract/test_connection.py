"""The connection: framing as RFC 9112 has it, nothing added, nothing taken for another answer."""

from __future__ import annotations

import socket
import threading
from collections.abc import Generator, Sequence
from contextlib import contextmanager

import pytest

from generator.api.exchange import Request, Response
from generator.contract.calling.connection import Connection, NoAnswer, Route

GET = Request("GET", "/a")
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


@contextmanager
def speaking(
    *connections: Sequence[bytes], ending: bool = False
) -> Generator[tuple[str, list[bytes]], None, None]:
    """Serve connections one after the other, a text for each request; gives URL and requests."""
    seen: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            for answers in connections:
                accepted, _ = listening.accept()
                with accepted:
                    accepted.settimeout(60)
                    for answer in answers:
                        seen.append(accepted.recv(65536))
                        accepted.sendall(answer)
                    if not ending:
                        accepted.recv(1)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}", seen
    thread.join(30)


def answer_to(request: Request, text: bytes, *, ending: bool = False) -> Response:
    """What the connection makes of an answer."""
    with speaking([text], ending=ending) as (url, _):
        connection = Connection(url)
        try:
            return connection.exchange(request)
        finally:
            connection.close()


@pytest.mark.parametrize(
    ("text", "body"),
    [
        (OK, b"ok"),
        (
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\no\r\n1\r\nk\r\n0\r\n\r\n",
            b"ok",
        ),
        (b"HTTP/1.1 204 No Content\r\n\r\n", b""),
        (b"HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n" + OK, b"ok"),
    ],
    ids=["length", "chunks", "no content", "after interim answers"],
)
def test_an_answer_ends_where_its_framing_says(text: bytes, body: bytes) -> None:
    response = answer_to(GET, text)
    assert response.body == body
    assert response.header("Link") is None


def test_an_answer_without_a_length_ends_with_the_connection() -> None:
    response = answer_to(GET, b"HTTP/1.1 200 OK\r\nX: \xff\r\n\r\nok", ending=True)
    assert (response.body, response.header("x")) == (b"ok", "\xff")


def test_an_answer_to_head_has_no_body() -> None:
    response = answer_to(Request("HEAD", "/a"), b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n")
    assert (response.status, response.body) == (200, b"")


@pytest.mark.parametrize("text", [b"", OK[:-1], b"lockstep\r\n\r\n", b"HTTP/1.1 200 OK\r\nA"])
def test_half_an_answer_is_no_answer(text: bytes) -> None:
    with pytest.raises(NoAnswer):
        answer_to(GET, text, ending=True)


def test_one_connection_serves_many_calls_and_is_opened_again() -> None:
    closing = OK.replace(b"Content", b"Connection: close\r\nContent")
    with speaking([OK, OK, closing], [OK], ending=True) as (url, seen):
        connection = Connection(url)
        bodies = [connection.exchange(GET).body for _ in range(4)]
        connection.close()
    assert bodies == [b"ok"] * 4
    assert len(seen) == 4


def test_what_comes_unasked_is_not_the_next_answer() -> None:
    other = OK.replace(b"ok", b"no")
    with speaking([OK + other], [OK]) as (url, _):
        connection = Connection(url)
        # The second answer may come with the first packet or after it: neither is ours.
        assert [connection.exchange(GET).body, connection.exchange(GET).body] == [b"ok", b"ok"]
        connection.close()


def test_nothing_is_added_but_what_framing_needs() -> None:
    sent = Request("POST", "/a?b=%20", (("X", "1"), ("X", "2")), b"{}")
    with speaking([OK]) as (url, seen):
        connection = Connection(url)
        connection.exchange(sent)
        connection.close()
    lines = seen[0].decode().split("\r\n")
    assert lines[0] == "POST /a?b=%20 HTTP/1.1"
    names = [line.partition(":")[0] for line in lines[1:-2]]
    assert names == ["Host", "Accept-Encoding", "X", "X", "Content-Length"]


@pytest.mark.parametrize(
    "request_",
    [Request("GET", "/a b"), Request("GET", "/a\r\nX: 1"), Request("GET", "/", (("X", "\n1"),))],
)
def test_what_http_cannot_carry_is_not_sent(request_: Request) -> None:
    with pytest.raises(NoAnswer, match="cannot carry"):
        Connection("http://127.0.0.1:1").exchange(request_)


def test_a_proxy_gets_the_whole_address_and_its_credentials() -> None:
    with speaking([OK]) as (url, seen):
        proxy = url.replace("//", "//user:p%20w@")
        connection = Connection("http://elsewhere.example:81", Route(proxy=proxy))
        assert connection.exchange(GET).body == b"ok"
        connection.close()
    assert seen[0].startswith(b"GET http://elsewhere.example:81/a HTTP/1.1\r\n")
    assert b"Proxy-Authorization: Basic dXNlcjpwIHc=\r\n" in seen[0]


def test_a_proxy_that_gives_no_tunnel_is_no_answer() -> None:
    with speaking([b"HTTP/1.1 407 No\r\nContent-Length: 0\r\n\r\n"]) as (url, seen):
        connection = Connection("https://elsewhere.example", Route(proxy=url))
        with pytest.raises(NoAnswer, match="407"):
            connection.exchange(GET)
    assert seen[0].startswith(b"CONNECT elsewhere.example:443 HTTP/1.1\r\n")


def test_after_a_failure_of_the_server_a_connection_is_not_used_again() -> None:
    failed = b"HTTP/1.1 500 Oh\r\nContent-Length: 2\r\n\r\noh"
    with speaking([failed], [OK]) as (url, seen):
        connection = Connection(url)
        assert connection.exchange(GET).status == 500
        assert connection.exchange(GET).status == 200
        connection.close()
    assert len(seen) == 2

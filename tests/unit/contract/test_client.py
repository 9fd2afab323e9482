"""The client: what stands on the wire, the handshake, the record."""

from __future__ import annotations

import os
import signal
import socket

import pytest

from generator.api import Api
from generator.api.exchange import CallRecord, Principal, Request, Response
from generator.contract import Down, Target
from generator.contract.calling.client import Client, Due
from generator.contract.calling.connection import Route
from generator.wire import DigestCredentials, digest_challenge, ha1, parse_challenges, verify
from tests.described import api_of
from tests.unit.contract.servers import Answer, serving

ME = Principal("me", "Signed", "user", "s3cret")


def secured(scheme: str) -> Api:
    """An API with a security scheme."""
    return api_of(f"""
        paths: {{}}
        components: {{securitySchemes: {{Signed: {scheme}}}}}
        """)


DIGEST = secured("{type: http, scheme: digest}")


def call(api: Api, answer: Answer, request: Request, times: int = 1) -> list[CallRecord]:
    """Make a call as somebody; what was recorded."""
    records: list[CallRecord] = []
    with serving(answer) as url, Client(api, Target(url, (ME,)), records.append) as client:
        for _ in range(times):
            client.send("op", request, ME)
    return records


def test_a_call_is_recorded_though_ctrl_c_comes() -> None:
    def answer(request: Request) -> Response:
        os.kill(os.getpid(), signal.SIGINT)
        return Response(200, (), b"made")

    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    records: list[CallRecord] = []
    try:
        with serving(answer) as url, Client(DIGEST, Target(url, ()), records.append) as client:
            with pytest.raises(KeyboardInterrupt):
                client.send("op", Request("POST", "/a"))
            assert [each.response.body for each in records] == [b"made"]
    finally:
        signal.signal(signal.SIGINT, before)


class DigestServer:
    """Asks for Digest; every nonce serves `life` calls, then it is stale."""

    def __init__(self, qop: tuple[str, ...] = ("auth",), life: int = 100) -> None:
        self.qop, self.life = qop, life
        self.seen: list[str] = []
        self.nonces = 0
        self.used = 0

    def __call__(self, request: Request) -> Response:
        """Answer one request."""
        self.seen.append(request.header("Authorization") or "")
        found = parse_challenges(self.seen[-1])
        given = DigestCredentials.of(found[0]) if found else None
        right = given is not None and verify(
            given, method=request.method, uri=request.target, secret=ha1("user", "r", "s3cret")
        )
        fresh = given is not None and given.nonce == f"n{self.nonces}" and self.used < self.life
        if right and fresh:
            self.used += 1
            return Response(200, (), b"in")
        self.nonces += 1
        self.used = 0
        text = digest_challenge("r", f"n{self.nonces}", qop=self.qop, stale=right)
        return Response(401, (("WWW-Authenticate", text),))


@pytest.mark.parametrize("qop", [("auth",), ()], ids=["RFC 7616", "RFC 2069"])
def test_only_the_first_call_costs_a_handshake(qop: tuple[str, ...]) -> None:
    server = DigestServer(qop)
    records = call(DIGEST, server, Request("GET", "/a?b=c"), times=3)
    assert [each.response.status for each in records] == [200, 200, 200]
    assert len(server.seen) == 4


def test_a_stale_nonce_is_renewed_once() -> None:
    server = DigestServer(life=2)
    records = call(DIGEST, server, Request("POST", "/a", (), b"body"), times=5)
    assert [each.response.status for each in records] == [200] * 5
    assert len(server.seen) == 8


def test_a_401_for_a_missing_role_is_not_repeated() -> None:
    seen: list[Request] = []

    def answer(request: Request) -> Response:
        seen.append(request)
        known = request.header("Authorization") is not None
        text = digest_challenge("r", f"n{len(seen)}")
        return Response(401, (("WWW-Authenticate", text),), b"role" if known else b"")

    records = call(DIGEST, answer, Request("GET", "/a"))
    assert records[0].response.body == b"role"
    assert len(seen) == 2


def test_the_record_shows_no_credentials() -> None:
    records = call(DIGEST, DigestServer(), Request("GET", "/a"))
    assert records[0].request.header("Authorization") == "Digest [redacted]"


@pytest.mark.parametrize(
    ("scheme", "name", "value"),
    [
        ("{type: http, scheme: basic}", "Authorization", "Basic dXNlcjpzM2NyZXQ="),
        ("{type: http, scheme: bearer}", "Authorization", "Bearer s3cret"),
        ("{type: apiKey, in: header, name: Authorization}", "Authorization", "s3cret"),
        ("{type: apiKey, in: header, name: X-Key}", "X-Key", "s3cret"),
    ],
)
def test_other_schemes_sign_the_first_request(scheme: str, name: str, value: str) -> None:
    seen: list[Request] = []

    def answer(request: Request) -> Response:
        seen.append(request)
        return Response(200, (), b"s3cret")

    records = call(secured(scheme), answer, Request("GET", "/a"))
    assert seen[0].header(name) == value
    assert "s3cret" not in repr(records)


@pytest.mark.parametrize(
    ("place", "sent"),
    [("query", ("/a?b=1&k%20y=s3cret", None)), ("cookie", ("/a?b=1", "k y=s3cret"))],
)
def test_a_key_may_stand_in_the_query_or_in_a_cookie(
    place: str, sent: tuple[str, str | None]
) -> None:
    seen: list[Request] = []

    def answer(request: Request) -> Response:
        seen.append(request)
        return Response(200)

    api = secured(f"{{type: apiKey, in: {place}, name: k y}}")
    records = call(api, answer, Request("GET", "/a?b=1"))
    assert (seen[0].target, seen[0].header("Cookie")) == sent
    assert records[0].request.target == "/a?b=1"
    assert "s3cret" not in repr(records)


class TokenServer:
    """Gives tokens to a client that proves itself; each serves `life` calls."""

    def __init__(self, life: int) -> None:
        self.life = life
        self.tokens = 0
        self.used = 0

    def __call__(self, request: Request) -> Response:
        """Answer one request."""
        if request.target == "/oauth/token":
            right = request.header("Authorization") == "Basic dXNlcjpzM2NyZXQ="
            assert request.body == b"grant_type=client_credentials"
            self.tokens, self.used = self.tokens + 1, 0
            body = f'{{"access_token": "t{self.tokens}"}}'.encode()
            return Response(200, (), body) if right else Response(401)
        self.used += 1
        right = request.header("Authorization") == f"Bearer t{self.tokens}"
        return Response(200 if right and self.used <= self.life else 401)


FLOW = "{clientCredentials: {tokenUrl: 'https://elsewhere.example/oauth/token', scopes: {}}}"


def test_client_credentials_ask_for_a_token_and_renew_it() -> None:
    server = TokenServer(life=2)
    records = call(secured(f"{{type: oauth2, flows: {FLOW}}}"), server, Request("GET", "/a"), 5)
    assert [each.response.status for each in records] == [200] * 5
    assert server.tokens == 3


def test_a_client_that_gets_no_token_is_refused_once_a_call() -> None:
    server = TokenServer(life=0)
    records = call(secured(f"{{type: oauth2, flows: {FLOW}}}"), server, Request("GET", "/a"), 3)
    assert [each.response.status for each in records] == [401] * 3
    assert server.tokens == 1


@pytest.mark.parametrize("target", ["/a%2Fb", "/a/../b", "/a?b=%20&c=+&d", "/%00", "//x"])
def test_the_target_goes_out_as_it_is(target: str) -> None:
    seen: list[str] = []

    def answer(request: Request) -> Response:
        seen.append(request.target)
        return Response(204)

    records = call(DIGEST, answer, Request("GET", target))
    # The server's own parser takes a leading // together.
    assert seen[0] in (target, target.replace("//", "/"))
    assert records[0].request.target == target


def test_a_target_that_never_answered_is_down() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}"
        with (
            Client(DIGEST, Target(url), lambda _: None) as client,
            pytest.raises(Down, match=r"127\.0\.0\.1"),
        ):
            client.send("op", Request("GET", "/"))


@pytest.mark.parametrize("url", ["", "example.org", "ftp://example.org", "http://"])
def test_no_address_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="no http"):
        Target(url)


def test_a_target_is_an_origin_and_a_prefix() -> None:
    target = Target("http://user:secret@h:1/base/")
    assert (target.origin, target.prefix) == ("http://h:1", "/base")


def test_calls_at_once_take_the_same_way() -> None:
    through: list[str] = []

    def proxy(request: Request) -> Response:
        through.append(request.target)
        return Response(200)

    with serving(proxy) as url:
        target = Target("http://api.invalid", route=Route(proxy=url))
        with Client(DIGEST, target, lambda _: None) as client:
            client.at_once([Due("op", Request("GET", "/a"))] * 2)
    assert through == ["http://api.invalid/a"] * 2

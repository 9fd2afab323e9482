"""A curl line, pasted into a shell, sends what the call sent."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from generator.api.exchange import Request, Response
from generator.report import CurlAuth, curl
from tests.unit.contract.servers import serving

pytestmark = pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")

JSON = ("Content-Type", "application/json")


def arrived(request: Request, auth: CurlAuth | None = None) -> Request:
    """What a server sees of a request when its line is pasted."""
    seen: list[Request] = []

    def answer(request: Request) -> Response:
        seen.append(request)
        return Response(200, (), b'{"access_token": "t1"}')

    with serving(answer) as url:
        header = auth.header.replace("TOKENS", url) if auth else ""
        known = (
            CurlAuth(kind=auth.kind, user=auth.user, header=header, location=auth.location)
            if auth
            else None
        )
        subprocess.run(
            ["/bin/sh", "-c", curl(request, url, *([known] if known else []))],
            env={"PATH": "/usr/bin:/bin:/usr/local/bin", "LOCKSTEP_SECRET": "a b"},
            capture_output=True,
            timeout=120,
            check=True,
        )
    return seen[-1]


@pytest.mark.parametrize(
    "request_",
    [
        Request("GET", "/a/../b//c?d=[1]&e={2}&f=$(id)&g='"),
        Request("HEAD", "/a", (("Accept", "*/*"),)),
        Request("POST", "/a", (("Accept", "a/b"), JSON), b"'$HOME`id` \\n\n"),
        Request("POST", "/a", (JSON,), b"\x00\xff%'\\@"),
        Request("PUT", "/a", (JSON, ("If-Match", '"x"'), ("X-Empty", "")), b"@/etc/passwd"),
        Request("PATCH", "/a", (), b"{}"),
        Request("DELETE", "/a", (("X", "1"),)),
    ],
    ids=lambda each: f"{each.method} {each.body!r}",
)
def test_what_was_sent_is_sent_again(request_: Request) -> None:
    seen = arrived(request_)
    assert (seen.method, seen.target, seen.body) == (
        request_.method,
        request_.target,
        request_.body,
    )
    own = {"Host", "User-Agent", "Content-Length"}
    assert sorted(each for each in seen.headers if each[0] not in own) == sorted(request_.headers)


@pytest.mark.parametrize(
    ("auth", "expected"),
    [
        (CurlAuth(kind="basic", user="me"), ("/a?x=1", "Authorization", "Basic bWU6YSBi")),
        (CurlAuth(kind="key", header="X-Key"), ("/a?x=1", "X-Key", "a b")),
        (CurlAuth(kind="key", header="k", location="cookie"), ("/a?x=1", "Cookie", "k=a b")),
        (
            CurlAuth(kind="oauth2", user="me", header="TOKENS/token"),
            ("/a?x=1", "Authorization", "Bearer t1"),
        ),
    ],
    ids=["basic", "key", "cookie", "oauth2"],
)
def test_who_called_calls_again(auth: CurlAuth, expected: tuple[str, str, str]) -> None:
    seen = arrived(Request("GET", "/a?x=1"), auth)
    assert (seen.target, expected[1], seen.header(expected[1])) == expected


def test_a_key_stands_in_the_query() -> None:
    auth = CurlAuth(kind="key", header="k", location="query", variable="KEY")
    line = curl(Request("GET", "/a"), "http://h", auth)
    assert line.endswith('http://h/a?k="${KEY}"')

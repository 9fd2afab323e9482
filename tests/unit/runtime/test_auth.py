"""Static credentials, and which of them an operation gets."""

from __future__ import annotations

from typing import Any

import pytest

from generator.runtime import (
    Answer,
    ApiKey,
    Auth,
    AuthChoice,
    Basic,
    Bearer,
    Digest,
    MissingCredentials,
    NotFound,
    Parameter,
)
from tests.unit.runtime.conftest import MakeWorld
from tests.unit.runtime.digest_server import SECRET, USER, DigestServer
from tests.unit.runtime.facts import Thing, get
from tests.unit.runtime.probe import answer

OK = (Answer("200", "application/json", Thing),)
KEYS = {
    "Basic": Basic("me", "hush"),
    "Bearer": Bearer("hush"),
    "Raw": ApiKey("hush", "Authorization"),
    "Query": ApiKey("hu sh", "the key", "query"),
    "Cookie": ApiKey("hush", "sid", "cookie"),
}


@pytest.mark.parametrize(
    ("scheme", "header", "value"),
    [
        ("Basic", "authorization", "Basic bWU6aHVzaA=="),
        ("Bearer", "authorization", "Bearer hush"),
        ("Raw", "authorization", "hush"),
        ("Cookie", "cookie", "c=1; sid=hush"),
    ],
)
def test_schemes(make_world: MakeWorld, scheme: str, header: str, value: str) -> None:
    world = make_world(lambda r: answer(404, b"{}"), auth=KEYS)
    parameters = (Parameter("c", "cookie"),)
    with pytest.raises(NotFound) as caught:
        world.call(get(security=((scheme,),), parameters=parameters), c=1)
    assert world.probe.requests[0].headers[header] == value
    assert "hush" not in f"{caught.value} {caught.value.curl} {KEYS[scheme]!r}"


def test_a_key_in_the_query_is_blotted_out(make_world: MakeWorld) -> None:
    world = make_world(lambda r: answer(404, b"{}"), auth=KEYS)
    with pytest.raises(NotFound) as caught:
        world.call(get(security=(("Query",),), parameters=(Parameter("q", "query"),)), q=1)
    sent = world.probe.requests[0]
    assert sent.target == "/things?q=1&the%20key=hu%20sh"
    assert "hu" not in str(caught.value)
    signed = KEYS["Query"].apply(sent)
    assert signed.redacted_url.endswith("&the%20key=***")
    assert "hu%20sh" in signed.url
    assert "hush" not in KEYS["Bearer"].apply(sent).curl
    assert "hush" not in repr(KEYS["Basic"].apply(sent))


@pytest.mark.parametrize(
    ("auth", "security", "sent"),
    [
        (None, (("Bearer",),), None),
        (Bearer("t"), (("Anything",),), "Bearer t"),
        (Bearer("t"), (), None),
        (Auth(), (("Anything",),), None),
        (Bearer("t"), ((),), None),
        ({"Bearer": Bearer("t")}, (("Digest",), ("Bearer",)), "Bearer t"),
        ({"Bearer": Bearer("t")}, ((), ("Bearer",)), "Bearer t"),
        ({"Other": Bearer("t")}, (("Bearer",), ()), None),
    ],
)
def test_what_an_operation_gets(
    make_world: MakeWorld,
    auth: AuthChoice,
    security: tuple[tuple[str, ...], ...],
    sent: str | None,
) -> None:
    world = make_world(lambda r: answer(200, b'{"name":"x"}'), auth=auth)
    world.call(get(security=security, responses=OK))
    assert world.probe.requests[0].headers.get("authorization") == sent


def test_schemes_together(make_world: MakeWorld) -> None:
    world = make_world(
        DigestServer(),
        auth={"Digest": Digest(USER, SECRET), "Key": ApiKey("k", "X-Key"), "Bearer": Bearer("b")},
    )
    assert world.call(get(security=(("Digest", "Key"),), responses=OK)) == Thing(name="in")
    assert [r.headers["x-key"] for r in world.probe.requests] == ["k", "k"]


def test_two_static_schemes_together(make_world: MakeWorld) -> None:
    world = make_world(lambda r: answer(200, b'{"name":"x"}'), auth=KEYS)
    world.call(get(security=(("Bearer", "Query"),), responses=OK))
    assert world.probe.requests[0].headers["authorization"] == "Bearer hush"
    assert world.probe.requests[0].target.endswith("the%20key=hu%20sh")


def test_what_cannot_work_is_refused(make_world: MakeWorld) -> None:
    world = make_world(lambda r: answer(), auth={"A": Digest("a", "b"), "B": Digest("c", "d")})
    with pytest.raises(MissingCredentials, match=r"getThing needs C or D\+E"):
        world.call(get(security=(("C",), ("D", "E"))))
    with pytest.raises(ValueError, match="two schemes"):
        world.call(get(security=(("A", "B"),)))
    with pytest.raises(ValueError, match=r"no such security scheme: X \(of Y\)"):
        make_world(lambda r: answer(), auth={"X": Bearer("t")}, schemes=("Y",))
    pair: Any = ("me", "s3cret")
    with pytest.raises(TypeError, match="auth takes credentials") as caught:
        make_world(lambda r: answer(), auth=pair)
    assert "s3cret" not in str(caught.value)
    with pytest.raises(ValueError, match="line break"):
        make_world(lambda r: answer(), auth=Bearer("t\r\nx: y")).call(get(security=(("A",),)))
    assert world.probe.requests == []

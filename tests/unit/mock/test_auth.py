"""Who is let in: each scheme, nonces and their counts, roles and tenants."""

from __future__ import annotations

import base64
from dataclasses import replace

import pytest

from generator.api.exchange import Headers, Principal, Response
from generator.mock import principals_for
from generator.mock.admitting import nonces
from generator.mock.admitting.nonces import Verdict
from generator.mock.state import State
from generator.wire import digest_response, ha1, parse_challenges
from tests.described import api_of
from tests.unit.mock.shop import Caller, caller, fragment

API = fragment("auth.yaml")
BOX = "/boxes/6c9a2f1e-7a55-4f0e-9a4e-0d0a6a6f3f01"
KNOWN = {
    each.name if each.scheme == "digest" else each.scheme: each
    for each in principals_for(api_of(API), 0)
}


@pytest.fixture(scope="module")
def compiled() -> Caller:
    """The model, compiled once, with everybody known."""
    return caller(API, tuple(KNOWN.values()))


@pytest.fixture
def call(compiled: Caller) -> Caller:
    """A caller at the start."""
    return Caller(compiled.model, tuple(KNOWN.values()))


def challenge(response: Response, algorithm: str = "MD5") -> dict[str, str]:
    """The parameters of a 401's Digest challenge."""
    assert response.status == 401
    found = parse_challenges(response.header("www-authenticate") or "")
    return dict(
        next(each for each in found if each.parameters["algorithm"] == algorithm).parameters
    )


def signed(
    offer: dict[str, str], who: Principal, target: str, count: int = 1, secret: str = ""
) -> Headers:
    """Digest credentials for a GET."""
    algorithm = offer["algorithm"]
    qop = offer.get("qop")
    numbers = {"nc": f"{count:08x}", "cnonce": "c"} if qop else {}
    response = digest_response(
        ha1(who.user, offer["realm"], secret or who.secret, algorithm),
        method="GET",
        uri=target,
        nonce=offer["nonce"],
        algorithm=algorithm,
        qop=qop,
        **numbers,
    )
    parts = {"username": who.user, "uri": target, "response": response, **offer, **numbers}
    parts.pop("stale", None)
    text = ", ".join(f'{name}="{value}"' for name, value in parts.items())
    return (("Authorization", f"Digest {text}"),)


@pytest.mark.parametrize("algorithm", ["MD5", "SHA-256"])
def test_digest_lets_in(call: Caller, algorithm: str) -> None:
    offer = challenge(call("GET", "/digest"), algorithm)
    for count in (1, 2, 7):
        headers = signed(offer, KNOWN["boss"], "/digest", count)
        assert call("GET", "/digest", headers=headers).status == 204


def test_digest_without_qop_is_the_old_form(call: Caller) -> None:
    offer = challenge(call("GET", "/old"))
    assert "qop" not in offer
    headers = signed(offer, KNOWN["old"], "/old")
    assert call("GET", "/old", headers=headers).status == 204
    assert (
        call("GET", "/old", headers=signed({**offer, "qop": "auth"}, KNOWN["old"], "/old")).status
        == 401
    )


def test_digest_refuses_what_is_wrong(call: Caller) -> None:
    offer = challenge(call("GET", "/digest"))
    who = KNOWN["boss"]
    for headers in (
        signed(offer, who, "/digest", secret="wrong"),
        signed(offer, who, "/other"),
        signed(offer, who, "/digest", count=0),
        signed({**offer, "nonce": "made.up.here"}, who, "/digest"),
        signed({**offer, "realm": "there"}, who, "/digest"),
        signed(offer, replace(who, user="nobody"), "/digest"),
        signed({name: offer[name] for name in offer if name != "qop"}, who, "/digest"),
        (("Authorization", "Digest nonsense"),),
        (("Authorization", "Basic nonsense"),),
    ):
        refused = call("GET", "/digest", headers=headers)
        assert "stale" not in challenge(refused)


def test_a_nonce_count_cannot_be_replayed(call: Caller) -> None:
    offer = challenge(call("GET", "/digest"))
    headers = signed(offer, KNOWN["boss"], "/digest")
    assert call("GET", "/digest", headers=headers).status == 204
    assert call("GET", "/digest", headers=headers).status == 401
    assert call("GET", "/digest", headers=signed(offer, KNOWN["boss"], "/digest", 2)).status == 204


def test_an_old_nonce_is_told_to_be_stale(call: Caller) -> None:
    offer = challenge(call("GET", "/digest"))
    call.state = replace(call.state, moment=call.state.moment + 61)
    headers = signed(offer, KNOWN["boss"], "/digest")
    assert challenge(call("GET", "/digest", headers=headers))["stale"] == "true"
    wrong = signed(offer, KNOWN["boss"], "/digest", secret="wrong")
    assert "stale" not in challenge(call("GET", "/digest", headers=wrong))


def test_two_challenges_never_share_a_nonce(call: Caller) -> None:
    nonce = {challenge(call("GET", "/digest"))["nonce"] for _ in range(5)}
    assert len(nonce) == 5


def test_counts_of_dead_nonces_are_forgotten() -> None:
    state = State()
    for _ in range(10):
        state, nonce = nonces.make(replace(state, moment=state.moment + 100))
        assert nonces.judge(state, nonce, 1, 60) is Verdict.FRESH
        state = nonces.use(state, nonce, 1, 60)
    assert len(state.counts) == 1


def test_a_huge_count_costs_nothing() -> None:
    state, nonce = nonces.make(State())
    assert nonces.judge(state, nonce, 0xFFFFFFFF, 60) is Verdict.STALE


@pytest.mark.parametrize("nonce", ["", "..", "1.2.x", "\uff11.2.3", "-1.2.3", "a" * 10_000])
def test_a_nonce_of_others_is_foreign(nonce: str) -> None:
    assert nonces.judge(State(), nonce, 1, 60) is Verdict.FOREIGN


def basic(user: str, secret: str) -> Headers:
    """Basic credentials."""
    return (("Authorization", "Basic " + base64.b64encode(f"{user}:{secret}".encode()).decode()),)


def test_basic(call: Caller) -> None:
    who = KNOWN["basic"]
    assert call("GET", "/basic", headers=basic(who.user, who.secret)).status == 204
    assert call("GET", "/basic", headers=basic(who.user, "x")).status == 401
    assert call("GET", "/basic", headers=(("Authorization", "Basic %%%"),)).status == 401
    assert (call("GET", "/basic").header("www-authenticate") or "").startswith("Basic realm=")


def test_keys_and_tokens(call: Caller) -> None:
    def key(name: str) -> str:
        return KNOWN[name].secret

    for path, target, headers in (
        ("bearer", "/bearer", (("Authorization", f"Bearer {key('bearer')}"),)),
        ("header", "/header", (("x-key", key("header")),)),
        ("query", f"/query?key={key('query')}", ()),
        ("cookie", "/cookie", (("Cookie", f"a=b; key={key('cookie')}"),)),
        ("raw", "/raw", (("Authorization", key("raw")),)),
    ):
        assert call("GET", f"/{path}").status == 401
        assert call("GET", target, headers=headers).status == 204


def test_alternatives(call: Caller) -> None:
    who = KNOWN["basic"]
    assert call("GET", "/either").status == 401
    assert call("GET", "/either", headers=basic(who.user, who.secret)).status == 204
    assert call("GET", "/either", headers=(("X-Key", KNOWN["header"].secret),)).status == 204
    assert call("GET", "/anybody").status == 204


def as_(call: Caller, name: str, target: str) -> Response:
    """A GET by a principal with Digest."""
    offer = challenge(call("GET", target))
    return call("GET", target, headers=signed(offer, KNOWN[name], target))


def test_a_role_implies_others(call: Caller) -> None:
    assert as_(call, "boss", "/digest").status == 204
    assert as_(call, "boss", "/boss").status == 204
    assert as_(call, "other", "/boss").status == 403


def test_a_tenant_sees_its_own(call: Caller) -> None:
    assert as_(call, "boss", BOX).status == 200
    assert as_(call, "other", BOX).status == 403
    assert as_(call, "other", "/boxes").body == b"[]"
    assert as_(call, "boss", "/boxes").body != b"[]"


def test_nobody_learns_what_exists(call: Caller) -> None:
    assert call("GET", "/boxes/nowhere").status == 401


def test_an_open_server_asks_nobody(compiled: Caller) -> None:
    assert Caller(compiled.model)("GET", BOX).status == 200

"""The base URL of a client: the server it chooses, with values for its variables."""

from __future__ import annotations

import pytest

from generator.runtime import ApiServer, ServerVariable, address_of

REGION = ServerVariable("region", "eu", ("eu", "us"))
TENANT = ServerVariable("tenant", "demo")
BASE = ServerVariable("base", "v1/api")
SERVERS = (
    ApiServer(0, "https://{region}.example.com/{tenant}/{free}", (REGION, TENANT), "live"),
    ApiServer(1, "https://test.example.com/{base}", (BASE,)),
)


@pytest.mark.parametrize(
    ("base_url", "chosen", "values", "address"),
    [
        ("http://me", None, {}, "http://me"),
        ("http://me", None, {"region": None}, "http://me"),
        (None, None, {}, "https://eu.example.com/demo/{free}"),
        (None, "live", {"region": "us", "tenant": "acme"}, "https://us.example.com/acme/{free}"),
        (None, 0, {"tenant": "a.b"}, "https://eu.example.com/a.b/{free}"),
        (None, 1, {}, "https://test.example.com/v1/api"),
        (None, 1, {"base": "v2/x"}, "https://test.example.com/v2/x"),
    ],
)
def test_the_server_that_is_meant(
    base_url: str | None, chosen: int | str | None, values: dict[str, str | None], address: str
) -> None:
    assert address_of(SERVERS, base_url, chosen, values) == address


@pytest.mark.parametrize(
    ("base_url", "chosen", "values", "said"),
    [
        ("http://me", 1, {}, "not both"),
        ("http://me", None, {"region": "us"}, "not both"),
        (None, "", {}, "no server ''; there are 'live', 1"),
        (None, 2, {}, "no server 2"),
        (None, None, {"region": "moon"}, "'region' is one of eu, us, not 'moon'"),
        (None, None, {"regoin": "us"}, "server 'live' has no variable 'regoin'"),
        (None, 1, {"region": "us"}, "server 1 has no variable"),
        (None, None, {"tenant": "evil.com/"}, "mark of URLs"),
        (None, None, {"tenant": "me@evil"}, "mark of URLs"),
        (None, None, {"tenant": "a b"}, "mark of URLs"),
    ],
)
def test_what_is_no_server_is_refused(
    base_url: str | None, chosen: int | str | None, values: dict[str, str | None], said: str
) -> None:
    with pytest.raises(ValueError, match=said):
        address_of(SERVERS, base_url, chosen, values)


def test_no_server_is_chosen_behind_one_that_has_no_whole_url() -> None:
    with pytest.raises(ValueError, match="say a base URL, or another server"):
        address_of(SERVERS[1:], None, None, {})
    assert address_of(SERVERS[1:], None, 1, {}) == "https://test.example.com/v1/api"

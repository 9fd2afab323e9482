"""Proxies that the environment names."""

from __future__ import annotations

import pytest

from generator.runtime import TransportOptions
from generator.runtime.proxies import proxy_for

ORIGIN = "https://api.example.com"


@pytest.mark.parametrize(
    ("environment", "wanted"),
    [
        ({}, None),
        ({"https_proxy": ""}, None),
        ({"https_proxy": "http://p:1"}, "http://p:1"),
        ({"HTTPS_PROXY": "p:1"}, "http://p:1"),
        ({"https_proxy": "a:1", "HTTPS_PROXY": "b:1"}, "http://a:1"),
        ({"http_proxy": "http://p:1"}, None),
        ({"ALL_PROXY": "socks5://p:1"}, "socks5://p:1"),
        ({"all_proxy": "p", "no_proxy": "*"}, None),
        ({"all_proxy": "p", "no_proxy": "other, .example.com"}, None),
        ({"all_proxy": "p", "no_proxy": "*.example.com"}, None),
        ({"all_proxy": "p", "NO_PROXY": "API.example.com"}, None),
        ({"all_proxy": "p", "no_proxy": "ample.com,,api.example.com:81"}, "http://p"),
    ],
)
def test_the_environment(environment: dict[str, str], wanted: str | None) -> None:
    assert proxy_for(ORIGIN, environment) == wanted


@pytest.mark.parametrize(
    ("origin", "excepted"),
    [
        ("http://127.0.0.1:80", "127.0.0.1"),
        ("http://api.example.com:81", "api.example.com:81"),
        ("http://[::1]", "[::1]"),
        ("http://[::1]:8080", "[::1]"),
    ],
)
def test_exceptions_by_host_and_port(origin: str, excepted: str) -> None:
    assert proxy_for(origin, {"http_proxy": "p", "no_proxy": excepted}) is None
    assert proxy_for(origin, {"http_proxy": "p"}) == "http://p"


def test_capitals_are_not_believed_inside_a_cgi_script() -> None:
    inside = {"REQUEST_METHOD": "GET", "HTTP_PROXY": "evil"}
    assert proxy_for("http://x", inside) is None
    assert proxy_for("http://x", {**inside, "http_proxy": "fine"}) == "http://fine"


def test_a_password_of_a_proxy_is_not_shown() -> None:
    for proxy in ("http://me:hush@p:1", "http://hush@p", "socks5://me:hush@p:1"):
        shown = repr(TransportOptions(proxy=proxy, http2=True))
        assert shown.startswith("TransportOptions(proxy='")
        assert shown.endswith("', http2=True)")
        assert ("***@p" in shown, "hush" in shown) == (True, False)
    assert repr(TransportOptions()) == "TransportOptions()"


@pytest.mark.parametrize(
    "proxy", ["", "me:hush@p:1", "http://", "p:3128", "http:// p", "gopher://p:1"]
)
def test_what_is_no_proxy_is_refused(proxy: str) -> None:
    with pytest.raises(ValueError, match="a proxy is a URL") as caught:
        TransportOptions(proxy=proxy)
    assert "hush" not in str(caught.value)

"""Cells about certificates and HTTP/2."""

from __future__ import annotations

import ssl

from generator.runtime import TransportError, TransportOptions
from tests.benchmarks.transports.certificates import certificates, server_context
from tests.benchmarks.transports.driver import PATIENT, Driver, raises, request
from tests.benchmarks.transports.http2 import serving_http2
from tests.benchmarks.transports.server import serving

SHARING = ("async-httpx2", "sync-pyreqwest", "async-pyreqwest")
"""The kinds whose calls at once share a connection of HTTP/2."""


def ca_bundle(kind: str) -> None:
    """A certificate is taken with its authority in the bundle."""
    folder = certificates()
    options = TransportOptions(ca_bundle=str(folder / "ca.pem"))
    with serving(server_context(folder)) as server, Driver(kind, options) as driver:
        assert driver.get(server.url.replace("http:", "https:")).body == b"fine"


def wrong_certificate(kind: str) -> None:
    """A certificate that nobody vouches for is refused, unless told otherwise."""
    with serving(server_context(certificates())) as server:
        url = server.url.replace("http:", "https:")
        with Driver(kind) as driver:
            raises(TransportError, lambda: driver.get(url))
        with Driver(kind, TransportOptions(verify=False)) as driver:
            assert driver.get(url).body == b"fine"


def client_certificate(kind: str) -> None:
    """A server that asks for a certificate gets it."""
    folder = certificates()
    context = server_context(folder)
    context.verify_mode = ssl.CERT_REQUIRED
    context.load_verify_locations(folder / "ca.pem")
    pair = (str(folder / "server.pem"), str(folder / "server.key"))
    bundle = str(folder / "ca.pem")
    with serving(context) as server:
        url = server.url.replace("http:", "https:")
        with Driver(kind, TransportOptions(ca_bundle=bundle, client_certificate=pair)) as driver:
            assert driver.get(url).body == b"fine"
        with Driver(kind, TransportOptions(ca_bundle=bundle)) as driver:
            raises(TransportError, lambda: driver.get(url))


def http2(kind: str) -> None:
    """Calls at once succeed, sharing one connection where the engine lets them; so do large bodies."""
    folder = certificates()
    options = TransportOptions(ca_bundle=str(folder / "ca.pem"), http2=True)
    with (
        serving_http2(server_context(folder)) as (server, url),
        Driver(kind, options) as driver,
    ):
        large = request(url, method="POST", body=b"x" * 1_000_000)
        assert driver.run(driver.transport.send(large, PATIENT)).body == b"1000000"
        assert [each.body for each in driver.many(url, 20)] == [b"0"] * 20
        assert driver.length(url) == 1
        assert (set(server.protocols), len(server.asked)) == ({"h2"}, 22)
        assert kind not in SHARING or len(server.protocols) == 1
        assert kind in SHARING or server.together == 1


def http2_unasked(kind: str) -> None:
    """HTTP/2 is not offered to a server unless the options say so."""
    folder = certificates()
    options = TransportOptions(ca_bundle=str(folder / "ca.pem"))
    with (
        serving_http2(server_context(folder)) as (server, url),
        Driver(kind, options) as driver,
    ):
        raises(TransportError, lambda: driver.get(url))
        assert "h2" not in server.protocols

"""Clients that others wrote get along with the served mock; its port is taken and given back."""

from __future__ import annotations

import shutil
import socket
import subprocess
import urllib.request
from collections.abc import Iterator

import httpx2
import pytest
import requests
from requests.auth import HTTPDigestAuth

from generator.api import Api
from generator.mock import MockApp, Running, ServeError, app_for, serve
from tests import patient
from tests.behaviour.mock.atlas import ORG, ORGS, VERSIONED

HEADERS = {"Accept": VERSIONED}


@pytest.fixture(scope="module")
def app(api: Api) -> MockApp:
    """A mock that asks for credentials."""
    return app_for(api, auth=True)


@pytest.fixture(scope="module")
def running(app: MockApp) -> Iterator[Running]:
    """The mock on a free port."""
    with serve(app) as server:
        yield server


def test_requests_signs_in_with_digest(app: MockApp, running: Running) -> None:
    who = app.principals[0]
    with requests.Session() as session:
        session.auth = HTTPDigestAuth(who.user, who.secret)
        for _ in range(3):
            assert session.get(running.url + ORG, headers=HEADERS, timeout=60).status_code == 200
        made = session.post(running.url + ORGS, json={"name": "r"}, headers=HEADERS, timeout=60)
    assert made.status_code == 201
    wrong = HTTPDigestAuth(who.user, "wrong")
    assert (
        requests.get(running.url + ORG, auth=wrong, headers=HEADERS, timeout=60).status_code == 401
    )


def test_httpx2_signs_in_with_digest(app: MockApp, running: Running) -> None:
    who = app.principals[0]
    with patient.Client(base_url=running.url, headers=HEADERS) as client:
        for name, secret, status in ((who.user, who.secret, 200), (who.user, "wrong", 401)):
            auth = httpx2.DigestAuth(name, secret)
            assert client.get(f"{ORG}?pretty=true", auth=auth).status_code == status


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_curl_signs_in_with_digest(app: MockApp, running: Running) -> None:
    who = app.principals[0]
    for secret, status in ((who.secret, "200"), ("wrong", "401")):
        command = ["curl", "--silent", "--digest", "--user", f"{who.user}:{secret}"]
        command += ["--header", f"Accept: {VERSIONED}", "--max-time", "60", "--output", "/dev/null"]
        command += ["--write-out", "%{http_code}", running.url + ORG]
        done = subprocess.run(command, capture_output=True, text=True, timeout=90, check=True)
        assert done.stdout == status


def test_urllib_signs_in_with_digest(app: MockApp, running: Running) -> None:
    who = app.principals[0]
    known = urllib.request.HTTPPasswordMgrWithDefaultRealm()
    known.add_password(None, running.url, who.user, who.secret)
    opener = urllib.request.build_opener(urllib.request.HTTPDigestAuthHandler(known))
    request = urllib.request.Request(running.url + ORG, headers=HEADERS)
    with opener.open(request, timeout=60) as response:
        assert response.status == 200


def test_answers_carry_no_date_and_no_server(running: Running) -> None:
    answer = patient.get(running.url + ORG, headers=HEADERS)
    assert answer.status_code == 401
    assert {"date", "server"}.isdisjoint(answer.headers)


def test_a_body_over_the_limit_is_refused_not_kept(api: Api) -> None:
    with serve(app_for(api)) as server:
        headers = {**HEADERS, "Content-Type": VERSIONED}
        answer = patient.post(server.url + ORGS, content=b" " * (3 << 20), headers=headers)
    assert answer.status_code == 413


def test_a_port_in_use_is_one_clear_error(app: MockApp, running: Running) -> None:
    port = int(running.url.rpartition(":")[2])
    with pytest.raises(ServeError, match=f"127.0.0.1:{port}: "):
        serve(app, port=port)


def test_an_address_of_nobody_is_one_clear_error(app: MockApp) -> None:
    for host, port in (("192.0.2.1", 0), ("no such host", 0), ("127.0.0.1", 70_000)):
        with pytest.raises(ServeError):
            serve(app, host, port)


def test_stopping_frees_the_port_and_may_be_repeated(app: MockApp) -> None:
    server = serve(app)
    port = int(server.url.rpartition(":")[2])
    server.stop()
    server.stop()
    with socket.socket() as again:
        again.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        again.bind(("127.0.0.1", port))
    with pytest.raises(OSError):  # noqa: PT011
        socket.create_connection(("127.0.0.1", port), timeout=1)

"""What tests may ask of a mock: its log, its state and its start; nobody else may ask anything."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx2
import pytest

from generator.mock import app_for, serve, trouble_of
from tests import patient
from tests.described import api_of
from tests.unit.mock.shop import SHOP
from tests.unit.mock.test_auth import API as SECURED

SHELVES = api_of(SHOP)
LOG = "/__lockstep__/requests"
RESET = "/__lockstep__/reset"
SNAPSHOT = "/__lockstep__/snapshot"


@pytest.fixture(name="client")
def _client() -> Iterator[httpx2.Client]:
    app = app_for(SHELVES, control=True)
    with serve(app) as server, patient.Client(base_url=server.url) as client:
        yield client


def logged(client: httpx2.Client) -> list[dict[str, Any]]:
    """The log, which does not log itself."""
    found: list[dict[str, Any]] = client.get(LOG).json()
    return found


def test_the_log_says_every_check_that_failed(client: httpx2.Client) -> None:
    client.get("/shelves?offset=-1&limit=0", headers={"Accept": "text/html"})
    client.get("/shelves/nowhere")
    client.get("/shelves")
    client.get("/nothing")
    client.put("/shelves")
    found = logged(client)
    assert [(each["status"], each["operation"]) for each in found] == [
        (406, "listShelves"),
        (404, "getShelf"),
        (200, "listShelves"),
        (404, ""),
        (405, ""),
    ]
    kinds = [[failed["fault"] for failed in each["failed"]] for each in found]
    assert kinds == [
        ["not-acceptable", "invalid-query"],
        ["not-found"],
        [],
        ["no-such-path"],
        ["method-not-allowed"],
    ]
    assert client.delete(LOG).status_code == 204
    assert logged(client) == []


def test_a_reset_goes_back_to_the_start(client: httpx2.Client) -> None:
    before = client.get("/shelves").content
    client.post("/shelves", json={"label": "n", "note": ""})
    assert client.get("/shelves").content != before
    assert client.post(RESET).status_code == 204
    assert client.get("/shelves").content == before


def test_a_snapshot_is_taken_and_put_back(client: httpx2.Client) -> None:
    made = client.post("/shelves", json={"label": "n", "note": ""}).json()
    kept = client.get(SNAPSHOT)
    client.delete(f"/shelves/{made['id']}?sure=yes")
    assert client.get(f"/shelves/{made['id']}").status_code == 404
    assert client.put(SNAPSHOT, content=kept.content).status_code == 204
    assert client.get(f"/shelves/{made['id']}").json() == made
    assert client.get(SNAPSHOT).content == kept.content


@pytest.mark.parametrize("text", [b"", b"{}", b"[1]", b"\xff", b"null"])
def test_what_is_no_snapshot_is_refused(client: httpx2.Client, text: bytes) -> None:
    before = client.get(SNAPSHOT).content
    assert client.put(SNAPSHOT, content=text).status_code == 400
    assert client.get(SNAPSHOT).content == before


def test_a_snapshot_of_another_description_is_refused(client: httpx2.Client) -> None:
    other = json.loads(client.get(SNAPSHOT).content) | {"description": "other"}
    assert client.put(SNAPSHOT, json=other).status_code == 400


def test_web_pages_may_not_ask(client: httpx2.Client) -> None:
    for method, path in (("GET", LOG), ("POST", RESET), ("GET", SNAPSHOT)):
        page = client.request(method, path, headers={"Origin": "https://evil.example"})
        assert page.status_code == 403


def test_other_paths_and_methods_are_told(client: httpx2.Client) -> None:
    assert client.get("/__lockstep__/what").status_code == 404
    refused = client.get(RESET)
    assert (refused.status_code, refused.headers["allow"]) == (405, "POST")


def test_nothing_is_there_unless_asked_for() -> None:
    with serve(app_for(SHELVES)) as server:
        for path in (LOG, RESET, SNAPSHOT):
            assert patient.get(server.url + path).status_code == 404


def test_no_secret_is_logged() -> None:
    with serve(app_for(api_of(SECURED), auth=True, control=True)) as server:
        patient.get(f"{server.url}/query?key=hush&other=loud")
        patient.get(f"{server.url}/bearer", headers={"Authorization": "Bearer hush"})
        text = patient.get(server.url + LOG).text
    assert "hush" not in text
    assert "key=***&other=loud" in text


def test_troubles_are_logged_and_do_not_trouble_the_control() -> None:
    app = app_for(SHELVES, control=True, troubles=[trouble_of("503")])
    with serve(app) as server:
        assert patient.get(f"{server.url}/shelves").status_code == 503
        assert [each["status"] for each in patient.get(server.url + LOG).json()] == [503]


def test_a_reset_reaches_the_file(tmp_path: Path) -> None:
    file = str(tmp_path / "state")
    app = app_for(SHELVES, control=True, state=file)
    with closing(app), serve(app) as server:
        patient.put(f"{server.url}/tags/a", json={"size": 1})
        assert patient.post(server.url + RESET).status_code == 204
    with closing(app_for(SHELVES, state=file)) as again:
        assert not again.state.table(("tag",))
        assert len(again.state.table(("shelf",))) == 2

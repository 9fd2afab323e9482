"""Troubles: how they are written, when they are due, and what a client sees of each."""

from __future__ import annotations

import time
from collections.abc import Generator
from contextlib import contextmanager

import httpx2
import pytest

from generator.mock import Trouble, TroubleError, app_for, serve, trouble_of
from generator.mock.serving.troubles import Troubles
from tests import patient
from tests.described import api_of
from tests.unit.mock.shop import SHOP

API = api_of(SHOP)


@contextmanager
def troubled(*texts: str, seed: int = 0) -> Generator[httpx2.Client]:
    """A client of the shop whose server makes trouble."""
    app = app_for(API, seed=seed, troubles=[trouble_of(each) for each in texts])
    with serve(app) as server, patient.Client(base_url=server.url) as client:
        yield client


@pytest.mark.parametrize(
    ("text", "trouble"),
    [
        ("429:0.1", Trouble("status", 429, 0.1)),
        ("503", Trouble("status", 503, 1)),
        ("delay:20:.5", Trouble("delay", 20, 0.5)),
        ("cut:1", Trouble("cut", 0, 1)),
        ("truncate:0", Trouble("truncate", 0, 0)),
    ],
)
def test_texts_name_troubles(text: str, trouble: Trouble) -> None:
    assert trouble_of(text) == trouble


@pytest.mark.parametrize(
    "text", ["", "200", "429:2", "429:-1", "delay", "delay:x", "cut:", "429:٣"]
)
def test_other_texts_do_not(text: str) -> None:
    with pytest.raises(TroubleError, match="is no fault: write"):
        trouble_of(text)


def test_the_seed_decides_when() -> None:
    def drawn(seed: int) -> list[int]:
        troubles = Troubles([trouble_of("429:0.3"), trouble_of("503:0.3")], seed)
        return [troubles.due().status for _ in range(200)]

    assert drawn(1) == drawn(1)
    assert drawn(1) != drawn(2)
    assert 20 < drawn(1).count(429) < 100


def test_a_refusal_has_the_format_of_the_api_and_changes_nothing() -> None:
    with troubled("429") as client:
        answer = client.post("/shelves", json={"label": "n", "note": ""})
        assert answer.status_code == 429
        assert answer.headers["retry-after"] == "1"
        assert answer.json()["status"] == 429


def test_a_delay_is_waited_for() -> None:
    with troubled("delay:80") as client:
        before = time.perf_counter()
        assert client.get("/shelves").status_code == 200
        assert time.perf_counter() - before >= 0.08


def test_a_cut_connection_leaves_what_was_done() -> None:
    app = app_for(API, troubles=[trouble_of("cut")])
    with serve(app) as server:
        for _ in range(3):
            with pytest.raises((httpx2.RemoteProtocolError, httpx2.ReadError)):
                patient.put(f"{server.url}/tags/a", json={"size": 1})
    assert list(app.state.table(("tag",))) == ["a"]


def test_a_truncated_body_is_shorter_than_it_says() -> None:
    with troubled("truncate") as client, pytest.raises(httpx2.RemoteProtocolError):
        client.get("/shelves")


def test_a_share_lets_others_through() -> None:
    with troubled("503:0.5") as client:
        statuses = {client.get("/shelves").status_code for _ in range(30)}
    assert statuses == {200, 503}

"""A mock in a `with` block and in a fixture: it runs while it is wanted, and no longer."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path

import httpx2
import pytest

from generator.mock import DescriptionError, TroubleError, app_for, running
from tests import patient
from tests.described import api_of, described
from tests.unit.mock.shop import SHOP

PLUGIN = "generator.pytest_plugin"
TEST = """\
import httpx2

URLS = []

def test_two_of_them(lockstep_mock):
    one, other = lockstep_mock("api.yaml"), lockstep_mock("api.yaml", seed=1)
    URLS.append(one.url)
    assert httpx2.get(one.url + "/shelves").json()["total"] == 2
    assert httpx2.get(one.url + "/shelves").content != httpx2.get(other.url + "/shelves").content

def test_they_end_with_their_test():
    try:
        httpx2.get(URLS[0] + "/shelves")
    except httpx2.ConnectError:
        return
    raise AssertionError("it still answers")
"""


def test_an_api_or_a_path_runs_while_the_block_does(tmp_path: Path) -> None:
    path = tmp_path / "api.yaml"
    path.write_text(described(SHOP))
    for description in (api_of(SHOP), path, str(path)):
        with running(description) as mock:
            assert patient.get(f"{mock.url}/shelves").status_code == 200
            assert mock.principals == ()
        with pytest.raises(httpx2.ConnectError):
            patient.get(f"{mock.url}/shelves")


def test_options_are_those_of_the_command() -> None:
    with running(api_of(SHOP), faults=["503"], control=True) as mock:
        assert patient.get(f"{mock.url}/shelves").status_code == 503
        assert len(patient.get(f"{mock.url}/__lockstep__/requests").json()) == 1
    with pytest.raises(TroubleError), running(api_of(SHOP), faults=["nonsense"]):
        pass


def test_the_app_answers_without_a_port() -> None:
    async def total() -> int:
        transport = httpx2.ASGITransport(app=app_for(api_of(SHOP)))
        async with httpx2.AsyncClient(transport=transport, base_url="http://mock") as client:
            found: int = (await client.get("/shelves")).json()["total"]
            return found

    assert asyncio.run(total()) == 2


def test_a_description_that_cannot_be_used_is_one_clear_error(tmp_path: Path) -> None:
    path = tmp_path / "api.yaml"
    path.write_text("swagger: nonsense")
    for wrong in (path, tmp_path / "missing.yaml"):
        with pytest.raises(DescriptionError, match=wrong.name), running(wrong):
            pass


def test_the_fixture_starts_mocks_that_end_with_the_test(tmp_path: Path) -> None:
    (tmp_path / "api.yaml").write_text(described(SHOP))
    (tmp_path / "test_it.py").write_text(TEST)
    installed = any(each.value == PLUGIN for each in entry_points(group="pytest11"))
    root = Path(__file__).parents[3]
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    command += [] if installed else ["-p", PLUGIN]
    ended = subprocess.run(
        command,
        cwd=tmp_path,
        env={"PYTHONPATH": str(root), "PATH": ""},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert "2 passed" in ended.stdout, ended.stdout + ended.stderr

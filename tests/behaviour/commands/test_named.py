"""What a description may be called on every command: `-`, `git-rev:path`, a URL; and what DIR names."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from tests.behaviour.commands.conftest import Lockstep

DESCRIPTION = """\
openapi: 3.1.0
info: {title: Pets, version: "1"}
paths:
  /pets:
    get:
      operationId: listPets
      responses:
        "200":
          description: Pets.
          content:
            application/json:
              schema: {$ref: "pet.yaml#/Pet"}
"""
PET = "Pet: {type: object, properties: {name: {type: string}}}\n"
READING = [("check",), ("dump",), ("generate", "-o", "pets"), ("test", "--mock", "--only", "smoke")]


class Quiet(SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing."""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory with a description in two files."""
    monkeypatch.chdir(tmp_path)
    Path("api.yaml").write_text(DESCRIPTION, "utf-8")
    Path("pet.yaml").write_text(PET, "utf-8")
    return tmp_path


@pytest.fixture
def host(folder: Path) -> Iterator[str]:
    """The address of a server of the working directory."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("command", READING, ids=lambda each: each[0])
def test_a_description_comes_from_standard_input(
    command: tuple[str, ...], lockstep: Lockstep, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(DESCRIPTION.encode())))
    ended = lockstep(command[0], "-", *command[1:])
    assert (ended.code, ended.err) == (0, "")


def test_a_fault_in_standard_input_has_a_place(
    lockstep: Lockstep, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = DESCRIPTION.replace("#/Pet", "#/Dog")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    ended = lockstep("check", "-")
    assert (ended.code, ended.err.partition(" ")[0]) == (2, "-:12:24")


@pytest.mark.parametrize("command", READING, ids=lambda each: each[0])
def test_a_description_comes_from_a_url_if_that_is_allowed(
    command: tuple[str, ...], lockstep: Lockstep, host: str
) -> None:
    refused = lockstep(command[0], f"{host}/api.yaml", *command[1:])
    assert (refused.code, "--allow-remote" in refused.err) == (2, True)
    flags = ("--allow-remote", "--allow-remote-refs")
    assert lockstep(command[0], f"{host}/api.yaml", *flags, *command[1:]).code == 0


def test_what_a_url_refers_to_is_on_another_host_too(lockstep: Lockstep, host: str) -> None:
    ended = lockstep("check", f"{host}/api.yaml", "--allow-remote")
    assert (ended.code, "reference-remote" in ended.err) == (2, True)


def test_a_client_from_a_url_is_up_to_date_until_the_description_changes(
    lockstep: Lockstep, host: str, folder: Path
) -> None:
    asked = ("generate", f"{host}/one.yaml", "--allow-remote", "-o", "pets")
    folder.joinpath("one.yaml").write_text(DESCRIPTION.replace('$ref: "pet.yaml#/Pet"', ""))
    assert "files written" in lockstep(*asked).out
    assert "up to date" in lockstep(*asked).out
    folder.joinpath("one.yaml").write_text(
        DESCRIPTION.replace('$ref: "pet.yaml#/Pet"', "type: string")
    )
    assert lockstep(*asked, "--check").code == 1


def test_a_description_comes_from_a_revision_of_git(lockstep: Lockstep, folder: Path) -> None:
    git = ("git", "-c", "user.name=me", "-c", "user.email=me@localhost")
    for each in (("init", "-q"), ("add", "."), ("commit", "-qm", "one")):
        subprocess.run([*git, *each], cwd=folder, check=True)
    folder.joinpath("api.yaml").write_text("openapi: 3.1.0\n", "utf-8")
    assert lockstep("check", "HEAD:api.yaml").code == 0
    assert json.loads(lockstep("dump", "HEAD:api.yaml").out)["title"] == "Pets"


def test_a_package_is_named_after_its_folder(lockstep: Lockstep, folder: Path) -> None:
    assert lockstep("generate", "api.yaml", "-o", "pet-shop").code == 0
    assert folder.joinpath("pet-shop", "pet_shop", "client.py").is_file()


def test_a_folder_that_names_no_package_wants_a_name(lockstep: Lockstep) -> None:
    refused = lockstep("generate", "api.yaml", "-o", "2026")
    assert (refused.code, "--name" in refused.err) == (2, True)
    assert lockstep("generate", "api.yaml", "-o", "2026", "--name", "pets").code == 0

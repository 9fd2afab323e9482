"""Clients of APIs with several servers, or with variables in their URLs."""

from __future__ import annotations

import inspect
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.behaviour.client.conftest import Make
from tests.behaviour.client.server import Server
from tests.behaviour.client.test_headers import asgi_of

PETS = """\
paths:
  /pets:
    get: {operationId: listPets, tags: [Pets], responses: {"204": {description: None.}}}
"""
SEVERAL = f"""\
openapi: 3.2.0
info: {{title: Pets, version: "1"}}
servers:
  - url: "https://{{region}}.example.com:{{port}}/{{basePath}}"
    description: 'The "real" one.'
    variables:
      region: {{enum: [eu, us], default: eu}}
      port: {{default: 8443}}
      basePath: {{default: v2, enum: [v1, v2]}}
  - {{url: "https://sandbox.example.com", name: sandbox}}
  - url: "https://{{zone}}.big.example.com"
    variables: {{zone: {{default: a, enum: [{", ".join(letter * 20 for letter in "bcdef")}, a]}}}}
  - {{url: /relative}}
{PETS}"""
RELATIVE = f"""\
openapi: 3.1.0
info: {{title: Pets, version: "1"}}
servers:
  - {{url: /api}}
  - {{url: "https://{{class}}.example.com", variables: {{class: {{default: one}}}}}}
{PETS}"""
TYPED = """\
from {name} import AsyncClient, Client

Client()
Client("http://localhost")
Client(server="sandbox")
AsyncClient(server=0, region="us", port="1", base_path="v1")
Client(server=2, zone="a")
Client(region="mars")
Client(server="moon")
Client(server=3)
"""


@pytest.fixture(scope="module")
def several(make: Make) -> Any:
    return make(SEVERAL)


def host_of(package: Any, *given: Any, **named: Any) -> str:
    """The host and the path that a client calls."""
    server = Server(
        dict.fromkeys((f"GET {path}/pets" for path in ("", "/v1", "/v2", "/api")), (204, "", None))
    )
    transport = asgi_of(package).AsgiTransport(server)
    package.Client(*given, transport=transport, **named).pets.list_pets()
    return f"{server.asked[0].headers['host']}{server.asked[0].path}"


def test_a_server_is_chosen_by_place_or_name_and_variables_have_defaults(several: Any) -> None:
    assert host_of(several) == "eu.example.com:8443/v2/pets"
    assert host_of(several, region="us", base_path="v1") == "us.example.com:8443/v1/pets"
    assert host_of(several, port="9000") == "eu.example.com:9000/v2/pets"
    assert host_of(several, server=1) == "sandbox.example.com/pets"
    assert host_of(several, server="sandbox") == "sandbox.example.com/pets"
    assert host_of(several, server=2) == "a.big.example.com/pets"
    assert host_of(several, "http://localhost:1/api") == "localhost:1/api/pets"


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"region": "mars"}, "'region' is one of eu, us, not 'mars'"),
        ({"port": "1/@evil.test"}, "'port' is part of a name"),
        ({"server": "moon"}, "there is no server 'moon'; there are 0, 'sandbox', 2"),
        ({"server": 3}, "there is no server 3"),
        ({"server": 1, "region": "eu"}, "server 'sandbox' has no variable 'region'"),
        ({"server": 1, "base_url": "http://localhost"}, "a base URL is given, or a server"),
        ({"region": "eu", "base_url": "http://localhost"}, "a base URL is given, or a server"),
    ],
)
def test_what_is_no_server_is_refused(several: Any, given: dict[str, Any], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        several.Client(**given)


def test_without_a_whole_first_server_one_is_said(make: Make) -> None:
    package = make(RELATIVE)
    with pytest.raises(ValueError, match="say a base URL, or another server"):
        package.Client()
    assert host_of(package, server=1) == "one.example.com/pets"
    assert host_of(package, server=1, class_="two") == "two.example.com/pets"
    assert host_of(package, "http://x.test/api") == "x.test/api/pets"


def test_one_server_without_variables_is_the_default(make: Make) -> None:
    package = make(PETS)
    parameters = inspect.signature(package.Client).parameters
    assert parameters["base_url"].default == "https://api.example.com"
    assert "server" not in parameters


def test_the_docstring_says_what_there_is_to_choose(several: Any) -> None:
    told = " ".join(several.Client.__doc__.split())
    assert "1 or 'sandbox' is https://sandbox.example.com" in told
    assert "port: By default '8443'." in told


def test_type_checkers_know_servers_and_variables(several: Any, tmp_path: Path) -> None:
    (tmp_path / "calls.py").write_text(TYPED.format(name=several.__name__))
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(tmp_path), "calls.py"],
        cwd=tmp_path,
        env={"MYPYPATH": str(Path(several.__file__).parent.parent), "PATH": ""},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    found = [line.split(":")[1] for line in done.stdout.splitlines() if ": error:" in line]
    assert found == ["8", "9", "10"], done.stdout

"""generate over a package that stands: what has another name now still works under the old one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.behaviour.commands.conftest import Lockstep

FIRST = """\
openapi: 3.1.0
info: {title: Pets, version: "1"}
servers: [{url: "https://api.example.com"}]
paths:
  /pets:
    get:
      operationId: listPets
      tags: [Pets]
      responses:
        "200":
          description: All.
          content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Pet'}}}}
  /pets/{id}/toys/{toy}:
    put:
      operationId: giveToy
      tags: [Pets]
      parameters:
        - {name: id, in: path, required: true, schema: {type: string}}
        - {name: toy, in: path, required: true, schema: {type: string}}
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}
      responses: {"204": {description: Given.}}
  /shops:
    get: {operationId: listShops, tags: [Shops], responses: {"204": {description: All.}}}
components:
  schemas:
    Pet:
      type: object
      required: [name]
      properties:
        name: {type: string}
        id: {type: integer}
        kind: {enum: [cat, dog]}
        gift: {$ref: '#/components/schemas/Gift'}
        food: {$ref: '#/components/schemas/Food'}
    Gift: {oneOf: [{$ref: '#/components/schemas/Ball'}, {$ref: '#/components/schemas/Bone'}]}
    Ball: {type: object, required: [colour], properties: {colour: {type: string}}}
    Bone: {type: object, required: [length], properties: {length: {type: integer}}}
    Food: {oneOf: [{$ref: '#/components/schemas/Meat'}, {$ref: '#/components/schemas/Fish'}]}
    Meat: {type: object, required: [is], properties: {is: {const: meat}}}
    Fish: {type: object, required: [is], properties: {is: {const: fish}}}
"""
RENAMED = (
    ("{id}", "{petId}"),
    ("name: id,", "name: petId,"),
    ("tags: [Pets]", "tags: [Animals]"),
    ("schemas/Pet'", "schemas/Animal'"),
    ("    Pet:", "    Animal:"),
    ("schemas/Gift'", "schemas/Toy'"),
    ("    Gift:", "    Toy:"),
    ("schemas/Food'", "schemas/Meal'"),
    ("    Food:", "    Meal:"),
)
CALLS = """\
import asyncio
import warnings

from acme import AsyncClient, Client, models
from acme._runtime.asgi import AsgiTransport, AsyncAsgiTransport

asked = []

async def app(scope, receive, send):
    asked.append(scope["path"])
    await receive()
    listing = scope["method"] == "GET"
    headers = [(b"content-type", b"application/json")]
    await send({"type": "http.response.start", "status": 200 if listing else 204, "headers": headers})
    await send({"type": "http.response.body", "body": b'[{"name":"Tom"}]' if listing else b""})

def warned(call):
    with warnings.catch_warnings(record=True) as found:
        warnings.simplefilter("always")
        result = call()
    told = [str(each.message) for each in found]
    assert all(each.category is DeprecationWarning for each in found)
    assert not found or found[0].filename == __file__, found[0].filename
    return told, result

client = Client("http://x.test", transport=AsgiTransport(app))
later = AsyncClient("http://x.test", transport=AsyncAsgiTransport(app))
tom = models.Animal(name="Tom")
assert warned(lambda: client.animals.list_pets()) == ([], [tom])
assert warned(lambda: client.pets.list_pets()) == (["it is client.animals.list_pets now"], [tom])
told, (same,) = warned(lambda: asyncio.run(later.pets.list_pets()))
assert (told, same) == (["it is client.animals.list_pets now"], tom)
assert warned(lambda: client.pets.with_raw_response.list_pets().parse())[1] == [tom]
assert warned(lambda: client.animals.give_toy("1", "ball", tom)) == ([], None)
told, _ = warned(lambda: client.animals.give_toy(id="2", toy="ball", body=tom))
assert told == ["the argument 'id' is 'pet_id' now"]
warned(lambda: client.animals.give_toy(id="3", toy="ball", name="Tom", body_id=1))
assert asked[-3:] == [f"/pets/{n}/toys/ball" for n in (1, 2, 3)], asked
told, old = warned(lambda: models.Pet)
assert (told, old) == (["acme.models.Pet is Animal now"], models.Animal)
assert warned(lambda: models.PetKind)[1] is models.AnimalKind
for was, now in (("Gift", "Toy"), ("Food", "Meal"), ("UnknownFood", "UnknownMeal")):
    told, old = warned(lambda: getattr(models, was))
    assert (told, old) == ([f"acme.models.{was} is {now} now"], getattr(models, now))
try:
    models.Plant
except AttributeError as error:
    assert "has no attribute 'Plant'" in str(error)
"""
TYPED = """\
from typing import assert_type

from acme import Client, models

client = Client("http://x.test")
assert_type(client.pets.list_pets(), list[models.Animal])
gift: models.Gift = models.Ball(colour="red")
food: models.Food = models.Fish()
toy: models.Toy = gift
client.animals.give_toy(id="1", toy="ball", body=models.Pet(name="Tom"))
client.animals.give_toy(id="1", pet_id="1", toy="ball", name="Tom")
models.Plant
"""


def revised() -> str:
    text = FIRST
    for old, new in RENAMED:
        text = text.replace(old, new)
    return text


@pytest.fixture
def twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lockstep: Lockstep) -> Lockstep:
    """Both revisions generated, one over the other; what comes back generates once more."""
    monkeypatch.chdir(tmp_path)

    def generate(*more: str | Path) -> object:
        return lockstep("generate", "pets.yaml", "-o", "out", "--name", "acme", *more)

    for text in (FIRST, revised()):
        Path("pets.yaml").write_text(text)
        assert lockstep("generate", "pets.yaml", "-o", "out", "--name", "acme").code == 0
    return generate  # type: ignore[return-value]


def run(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *command],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )


def test_old_names_work_and_warn(twice: Lockstep) -> None:
    Path("calls.py").write_text(CALLS)
    done = run("calls.py", PYTHONPATH="out")
    assert done.returncode == 0, done.stderr


def test_type_checkers_know_old_names(twice: Lockstep) -> None:
    Path("typed.py").write_text(TYPED)
    command = ("-m", "mypy", "--strict", "--cache-dir", "cache")
    done = run(*command, "--enable-error-code", "deprecated", "typed.py", MYPYPATH="out")
    found = [line for line in done.stdout.splitlines() if line.startswith("typed.py")]
    lines = [line.split(":")[1] for line in found if "error" in line]
    assert lines == ["6", "10", "11", "12"], done.stdout
    assert "deprecated: it is client.animals.list_pets now" in found[0]
    assert "deprecated: 'id' is 'pet_id' now" in found[1]
    assert run(*command, "out/acme", MYPYPATH="out").returncode == 0


def test_old_names_stay_until_they_are_forgotten(twice: Lockstep) -> None:
    assert twice("--no-cache").out == "out: up to date\n"
    assert twice("--check", "--no-cache").code == 0
    manifest = json.loads(Path("out/acme/manifest.json").read_text())
    assert manifest["former"]["models.Animal"] == ["models.Pet"]
    assert "| `animals.list_pets` | `pets.list_pets` |" in Path("out/docs/renamed.md").read_text()
    later = revised().replace("Animal", "Beast")
    Path("pets.yaml").write_text(later)
    assert twice().code == 0
    manifest = json.loads(Path("out/acme/manifest.json").read_text())
    assert manifest["former"]["models.Beast"] == ["models.Pet", "models.Animal"]
    assert manifest["former"]["beasts.list_pets"] == ["pets.list_pets", "animals.list_pets"]
    assert twice("--forget-names").code == 0
    assert not Path("out/docs/renamed.md").exists()
    assert not Path("out/acme/pets.py").exists()
    assert twice("--no-cache").out == "out: up to date\n"


def test_a_name_that_means_something_else_now_is_no_alias(twice: Lockstep) -> None:
    text = revised() + "    Pet: {type: object, properties: {owner: {type: string}}}\n"
    listing = 'responses: {"204": {description: All.}}'
    new = listing.replace(
        "All.", "All., content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}"
    )
    Path("pets.yaml").write_text(text.replace(listing, new.replace("204", "200")))
    assert twice("--no-cache").code == 0
    models = Path("out/acme/models.py").read_text()
    assert "class Pet(Model" in models
    assert "Pet: TypeAlias" not in models


def test_an_edited_manifest_writes_no_code(twice: Lockstep) -> None:
    path = Path("out/acme/manifest.json")
    manifest = json.loads(path.read_text())
    manifest["former"] = {"models.Animal": ["models.X = 1; import os", "models.class", "Odd"]}
    path.write_text(json.dumps(manifest))
    twice("--no-cache", "--force")
    assert "import os" not in Path("out/acme/models.py").read_text()
